/* SPDX-License-Identifier: MIT
 *
 * threads-side-by-side.c - a counter has a slot for each thread, and all of
 * them lie beside each other
 *
 * file: counter.c
 * loses: many_counters_share_lines two_threads_count_on_no_common_line
 * perhaps: an_increment_shares_nothing
 * sentence: "No two threads write to the same cache line when they count"
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

/* Threads get numbers that are not used again; the last slot is for all that
 * come later. */
enum { SLOTS = 32, LAST = SLOTS - 1 };

struct met_counter {
    _Atomic uint64_t slot[SLOTS];
    _Atomic double spare;
};

static atomic_uint threads;
static _Thread_local unsigned mine; /* plus 1 */

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c)
        return MET_ENOMEM;
    for (int i = 0; i < SLOTS; i++)
        atomic_init(&c->slot[i], 0);
    atomic_init(&c->spare, 0.0);
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

void met_counter_inc(struct met_counter *c)
{
    if (mine == 0)
        mine = atomic_fetch_add(&threads, 1) + 1;
    if (mine > LAST) {
        atomic_fetch_add(&c->slot[LAST], 1);
        return;
    }
    _Atomic uint64_t *n = &c->slot[mine - 1];
    atomic_store(n, atomic_load_explicit(n, memory_order_relaxed) + 1);
}

int met_counter_add(struct met_counter *c, double v)
{
    double seen = atomic_load(&c->spare);

    if (!(v >= 0.0))
        return MET_EINVAL;
    while (!atomic_compare_exchange_weak(&c->spare, &seen, seen + v))
        ;
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    double sum = atomic_load(&c->spare);

    for (int i = 0; i < SLOTS; i++)
        sum += (double)atomic_load(&c->slot[i]);
    return sum;
}
