/* SPDX-License-Identifier: MIT
 *
 * counter.c - a number that only goes up, with a slot in each thread
 *
/// SOLUTION
 * inc() is a load, an addition of whole numbers and a store, all in a slot
 * that no other thread writes. The accesses are relaxed and have no pair: a
 * counter tells nobody that something else is ready. The slot is atomic
 * because readers look at it meanwhile.
 *
 * value() sums under the lock of the slots. The lock orders readers: the later
 * one sees at least what the earlier one saw. And it orders a reader behind
 * the updates of its own thread. The order of the sum never changes but at its
 * head, where a new block adds 0 at first: so rounding cannot make it fall.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "met/counter.h"

#include "met/error.h"
#include "slots.h"

/// SOLUTION
#include <stdlib.h>

/// END
struct met_counter {
    struct met_place place;
    /// SOLUTION
    _Atomic double spare; /* of threads that have no slot */
    /// STARTER
    /// /* Step 5: where does a thread count that has no slot? */
    /// END
};

int met_counter_create(struct met_counter **out)
{
    /// SOLUTION
    struct met_counter *c = malloc(sizeof *c);

    if (!c || met_place_take(&c->place) < 0) {
        free(c);
        return MET_ENOMEM;
    }
    atomic_init(&c->spare, 0.0);
    *out = c;
    return 0;
    /// STARTER
    /// (void)out;
    /// return MET_ENOMEM; /* Step 2 */
    /// END
}

void met_counter_destroy(struct met_counter *c)
{
    /// SOLUTION
    if (!c)
        return;
    met_place_give_back(c->place);
    free(c);
    /// STARTER
    /// (void)c; /* Step 2 */
    /// END
}

/// SOLUTION
/* As in lab 01: shared, with all that it costs. */
static void add_spare(struct met_counter *c, double v)
{
    double seen = atomic_load_explicit(&c->spare, memory_order_relaxed);

    while (!atomic_compare_exchange_weak_explicit(
        &c->spare, &seen, seen + v, memory_order_relaxed, memory_order_relaxed))
        ;
}

/* For the one thread that writes there. */
static void add_to(_Atomic double *sum, double v)
{
    atomic_store_explicit(sum,
                          atomic_load_explicit(sum, memory_order_relaxed) + v,
                          memory_order_relaxed);
}

/* A thread's first update, and all of a thread that gets no slot. It is kept out
 * of the functions below: they are short without it, and with -flto the compiler
 * can put inc() where it is called. */
__attribute__((noinline, cold)) static void add_slowly(struct met_counter *c,
                                                       double v)
{
    union met_slot *slot = met_slot_mine(c->place);

    if (slot)
        add_to(&slot->counter.sum, v);
    else
        add_spare(c, v);
}

/* With -flto, put it where it is called: without this the compiler finds it too
 * long. */
extern inline void met_counter_inc(struct met_counter *c);

/// END
void met_counter_inc(struct met_counter *c)
{
    /// SOLUTION
    union met_slot *slot = met_slot_ready(c->place);

    if (!slot) {
        add_slowly(c, 1.0);
        return;
    }
    _Atomic uint64_t *n = &slot->counter.count;
    atomic_store_explicit(n, atomic_load_explicit(n, memory_order_relaxed) + 1,
                          memory_order_relaxed);
    /// STARTER
    /// (void)c; /* Step 3 */
    /// END
}

int met_counter_add(struct met_counter *c, double v)
{
    /// SOLUTION
    if (!(v >= 0.0)) /* false for NaN, too */
        return MET_EINVAL;
    union met_slot *slot = met_slot_ready(c->place);
    if (slot)
        add_to(&slot->counter.sum, v);
    else
        add_slowly(c, v);
    return 0;
    /// STARTER
    /// (void)c;
    /// (void)v;
    /// return 0; /* Step 3 */
    /// END
}

double met_counter_value(const struct met_counter *c)
{
    /// SOLUTION
    met_slots_lock();
    double sum = atomic_load_explicit(&c->spare, memory_order_relaxed);
    for (struct met_block *b = met_blocks(); b; b = b->next) {
        union met_slot *s = met_slot_in(b, c->place);
        if (!s)
            continue;
        sum += (double)atomic_load_explicit(&s->counter.count,
                                            memory_order_relaxed);
        sum += atomic_load_explicit(&s->counter.sum, memory_order_relaxed);
    }
    met_slots_unlock();
    return sum;
    /// STARTER
    /// (void)c;
    /// return 0.0; /* Step 3 */
    /// END
}
