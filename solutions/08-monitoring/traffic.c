/* SPDX-License-Identifier: MIT
 *
 * traffic.c - simulated visitors of a web service
 *
 * Given: nothing in this file is to be changed.
 */
#include "traffic.h"

#include <math.h>

enum { PHASE_SECONDS = 60, SLOW_FROM_SECONDS = 45, MIB = 1024 * 1024 };

/* SplitMix64 (Steele, Lea, Flood 2014): a step and a mix of its bits. */
static uint64_t next_bits(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

/* 0 <= x < 1, all 53 bits of a double. */
static double next_fraction(struct traffic *t)
{
    return (double)(next_bits(&t->state) >> 11) * 0x1p-53;
}

bool traffic_is_slow(double seconds)
{
    return fmod(seconds, PHASE_SECONDS) >= SLOW_FROM_SECONDS;
}

void traffic_start(struct traffic *t, uint64_t seed, double per_second)
{
    *t = (struct traffic){.state = seed, .per_second = per_second};
}

void traffic_next(struct traffic *t, struct visit *v)
{
    /* Visitors who know nothing of each other: gaps are exponential. */
    v->gap_seconds = -log1p(-next_fraction(t)) / t->per_second;
    t->now_seconds += v->gap_seconds;
    bool slow = traffic_is_slow(t->now_seconds);
    v->latency_seconds = next_fraction(t) * (slow ? 2.0 : 0.5);
    v->failed = next_fraction(t) < (slow ? 0.2 : 0.01);
    v->memory_bytes = floor(200 + 300 * next_fraction(t)) * MIB;
}
