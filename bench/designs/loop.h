/* SPDX-License-Identifier: MIT
 *
 * loop.h - the loop that every design shares
 *
 * Included by a design after its own parts, which are
 *
 *     struct state            what the threads share
 *     update(state, thread)   adds 1; static inline
 *     sum(state, threads)     what was counted
 *
 * and followed by BENCH_DESIGN(...) with its name. The compiler inlines
 * update() into the two loops below, so that designs differ in the update and
 * in nothing else. What the loop itself costs is the row of the empty design.
 */
#ifndef BENCH_LOOP_H
#define BENCH_LOOP_H

#include "clock.h"
#include "design.h"

/* Between two updates the compiler may keep nothing in registers, or it would
 * add up a thousand increments and store once. No instruction is made. */
#define BENCH_BARRIER() __asm__ volatile("" ::: "memory")

static void design_run(void *state, int thread, uint64_t n)
{
    struct state *s = state;

    for (uint64_t i = 0; i < n; i++) {
        update(s, thread);
        BENCH_BARRIER();
    }
}

/* A design may time more of its updates in a latency trial. */
#ifndef BENCH_EVERY
#define BENCH_EVERY BENCH_SAMPLE_EVERY
#endif

static void design_sample(void *state, int thread, uint64_t n, uint64_t *ns)
{
    struct state *s = state;

    for (uint64_t i = 0; i < n / BENCH_EVERY; i++) {
        uint64_t begin;

        design_run(s, thread, BENCH_EVERY - 1);
        begin = bench_now_ns();
        update(s, thread);
        BENCH_BARRIER();
        ns[i] = bench_now_ns() - begin;
    }
}

static uint64_t design_sum(void *state, int threads)
{
    return sum(state, threads);
}

/* What designs with this loop have in common. */
#define BENCH_LOOP                                                 \
    .run = design_run, .sample = design_sample, .sum = design_sum, \
    .state_bytes = sizeof(struct state), .sample_every = BENCH_EVERY

#define BENCH_DESIGN(...) \
    const struct bench_design bench_design = {BENCH_LOOP, __VA_ARGS__}

#endif
