/* SPDX-License-Identifier: MIT
 *
 * crowd.h - visitors of the service that the judge and the driver both know
 *
 * The driver lets them come; the judge computes what the metrics must say. A
 * seed that no submission can foresee makes them. Time goes in slots of
 * 30 s; how many come in one is nearly the same each time, so that a scrape
 * that is missed changes little.
 */
#ifndef SUITE_CROWD_H
#define SUITE_CROWD_H

#include <stdbool.h>
#include <stdint.h>

enum { CROWD_SLOT_SECONDS = 30 };

struct visitor {
    double seconds; /* latency */
    bool failed;
};

static inline uint64_t crowd_bits(uint64_t seed, uint64_t slot, uint64_t i)
{
    uint64_t z = seed * 0x9e3779b97f4a7c15 + (slot << 20 | i);

    z = (z ^ (z >> 33)) * 0xff51afd7ed558ccd;
    z = (z ^ (z >> 33)) * 0xc4ceb9fe1a85ec53;
    return z ^ (z >> 33);
}

static inline int crowd_size(uint64_t seed, uint64_t slot)
{
    int usual = 60 + (int)(seed % 60);

    return usual + (int)(crowd_bits(seed, slot, 1 << 19) % 11) - 5;
}

/* Most are fast, some take up to 2 s; about one of seven fails, after more than
 * 2 s: so who forgets the failed ones is seen in every quantile. */
static inline struct visitor crowd_visitor(uint64_t seed, uint64_t slot, int i)
{
    uint64_t bits = crowd_bits(seed, slot, (uint64_t)i);
    double fraction = (double)(bits >> 40) / (double)(1 << 24);
    bool slow = bits % 5 == 0;

    bool failed = (bits >> 8) % 7 == 0;

    return (struct visitor){.seconds = failed ? 2 + fraction * 0.4
                                              : fraction * (slow ? 2.0 : 0.4),
                            .failed = failed};
}

static inline double crowd_memory(uint64_t seed, uint64_t slot)
{
    return (double)(200 + crowd_bits(seed, slot, 1 << 18) % 300) * 1048576;
}

#endif
