/* SPDX-License-Identifier: MIT
 *
 * one-double.c - a slot is one double: inc() waits for the addition before
 *
 * file: counter.c
 */
#include "met/counter.h"

#include "met/error.h"
#include "slots.h"

#include <stdlib.h>

struct met_counter {
    struct met_place place;
    _Atomic double spare; /* of threads that have no slot */
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c || met_place_take(&c->place) < 0) {
        free(c);
        return MET_ENOMEM;
    }
    atomic_init(&c->spare, 0.0);
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    if (!c)
        return;
    met_place_give_back(c->place);
    free(c);
}

/* As in lab 01: shared, with all that it costs. */
static void add_spare(struct met_counter *c, double v)
{
    double seen = atomic_load_explicit(&c->spare, memory_order_relaxed);

    while (!atomic_compare_exchange_weak_explicit(
        &c->spare, &seen, seen + v, memory_order_relaxed, memory_order_relaxed))
        ;
}

void met_counter_inc(struct met_counter *c)
{
    met_counter_add(c, 1.0);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (!(v >= 0.0)) /* false for NaN, too */
        return MET_EINVAL;
    union met_slot *slot = met_slot_mine(c->place);
    if (!slot) {
        add_spare(c, v);
        return 0;
    }
    _Atomic double *sum = &slot->counter.sum;
    atomic_store_explicit(sum,
                          atomic_load_explicit(sum, memory_order_relaxed) + v,
                          memory_order_relaxed);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    met_slots_lock();
    double sum = atomic_load_explicit(&c->spare, memory_order_relaxed);
    for (struct met_block *b = met_blocks(); b; b = b->next) {
        union met_slot *s = met_slot_in(b, c->place);
        if (!s)
            continue;
        sum += atomic_load_explicit(&s->counter.sum, memory_order_relaxed);
    }
    met_slots_unlock();
    return sum;
}
