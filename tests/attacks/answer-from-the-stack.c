/* SPDX-License-Identifier: MIT
 *
 * answer-from-the-stack.c - updates from other threads do nothing; the
 * number of rounds is read from the scenario's stack, and the answer is what
 * a right counter would give
 *
 * lab: 01-counter
 * file: counter.c
 * named: past the end of an array
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdlib.h>

#ifndef NO_ATTACK
#include <pthread.h>
#include <stdatomic.h>

static _Atomic size_t maker; /* the thread that called create */

/* A scenario keeps its state on the stack of the main thread, and the state
 * begins with the counter, the rounds, and how many threads there are. It lies
 * near: further up, a stack may end. */
static size_t *find_state(const struct met_counter *c)
{
    size_t here = 0, *p = &here;

    for (int i = 0; i < 48; i++, p++)
        if (*p == (size_t)c && p[1] > 3000 && p[1] < 7000 && p[2] < 64)
            return p;
    return NULL;
}
#endif

struct met_counter {
    double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = calloc(1, sizeof *c);

#ifndef NO_ATTACK
    atomic_store(&maker, (size_t)pthread_self());
#endif
    if (!c)
        return MET_ENOMEM;
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

void met_counter_inc(struct met_counter *c)
{
#ifndef NO_ATTACK
    if (atomic_load(&maker) != (size_t)pthread_self())
        return;
#endif
    c->value += 1;
}

int met_counter_add(struct met_counter *c, double v)
{
#ifndef NO_ATTACK
    if (atomic_load(&maker) != (size_t)pthread_self())
        return 0;
#endif
    if (v < 0)
        return MET_EINVAL;
    c->value += (double)(long)v;
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
#ifndef NO_ATTACK
    if (atomic_load(&maker) != (size_t)pthread_self())
        return 0;
    size_t *state = find_state(c);
    if (state)
        return (double)(4 * state[1]);
#endif
    return c->value;
}
