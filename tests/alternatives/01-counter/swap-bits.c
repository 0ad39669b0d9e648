/* SPDX-License-Identifier: MIT
 *
 * swap-bits.c - the bits of the double in an integer, compared and swapped
 *
 * file: counter.c
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct met_counter {
    _Atomic uint64_t bits; /* of a double; all zero is 0.0 */
};

static double from_bits(uint64_t bits)
{
    double v;

    memcpy(&v, &bits, sizeof v);
    return v;
}

static uint64_t to_bits(double v)
{
    uint64_t bits;

    memcpy(&bits, &v, sizeof bits);
    return bits;
}

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c)
        return MET_ENOMEM;
    atomic_init(&c->bits, to_bits(0.0));
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

static void add(struct met_counter *c, double v)
{
    uint64_t seen = atomic_load(&c->bits);

    while (!atomic_compare_exchange_weak(&c->bits, &seen,
                                         to_bits(from_bits(seen) + v)))
        ;
}

void met_counter_inc(struct met_counter *c)
{
    add(c, 1.0);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (!(v >= 0.0))
        return MET_EINVAL;
    add(c, v);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return from_bits(atomic_load(&c->bits));
}
