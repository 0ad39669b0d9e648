/* SPDX-License-Identifier: MIT
 *
 * swap-bits.c - compare-and-swap on the bits of the double, all in seq_cst
 *
 * file: gauge.c
 */
#include "met/gauge.h"

#include "met/error.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct met_gauge {
    _Atomic uint64_t bits;
};

static uint64_t bits_of(double v)
{
    uint64_t bits;

    memcpy(&bits, &v, sizeof bits);
    return bits;
}

static double double_of(uint64_t bits)
{
    double v;

    memcpy(&v, &bits, sizeof v);
    return v;
}

int met_gauge_create(struct met_gauge **out)
{
    struct met_gauge *g = malloc(sizeof *g);

    if (!g)
        return MET_ENOMEM;
    atomic_init(&g->bits, bits_of(0.0));
    *out = g;
    return 0;
}

void met_gauge_destroy(struct met_gauge *g)
{
    free(g);
}

void met_gauge_set(struct met_gauge *g, double v)
{
    atomic_store(&g->bits, bits_of(v));
}

void met_gauge_inc(struct met_gauge *g)
{
    met_gauge_add(g, 1.0);
}

void met_gauge_dec(struct met_gauge *g)
{
    met_gauge_add(g, -1.0);
}

void met_gauge_add(struct met_gauge *g, double v)
{
    uint64_t seen = atomic_load(&g->bits);

    while (!atomic_compare_exchange_weak(&g->bits, &seen,
                                         bits_of(double_of(seen) + v)))
        ;
}

void met_gauge_sub(struct met_gauge *g, double v)
{
    met_gauge_add(g, -v);
}

void met_gauge_set_to_current_time(struct met_gauge *g)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    met_gauge_set(g, (double)now.tv_sec + (double)now.tv_nsec / 1e9);
}

double met_gauge_value(const struct met_gauge *g)
{
    return double_of(atomic_load(&g->bits));
}

void met_in_progress_begin(struct met_in_progress *p, struct met_gauge *g)
{
    met_gauge_inc(g);
    p->gauge = g;
}

void met_in_progress_end(struct met_in_progress *p)
{
    if (p->gauge)
        met_gauge_dec(p->gauge);
    p->gauge = NULL;
}
