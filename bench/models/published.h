/* SPDX-License-Identifier: MIT
 *
 * published.h - what somebody else measured on many cores
 *
 * Source: P. E. McKenney, "Is Parallel Programming Hard, And, If So, What Can
 * You Do About It?", github.com/paulmckrcu/perfbook,
 * CodeSamples/count/data/amd-milan.2024.09.22a: nanoseconds for one update of
 * one thread, median, least and most of 30 runs. fetch-add is its count_atomic,
 * racy its count_nonatomic, thread-local its count_end.
 *
 * The machine says of itself (cpuinfo, there) that it is a virtual one with 83
 * cores of 2 threads each, "AMD EPYC-Milan". It does not say which cores share a
 * cache. It also lists AVX-512, which no Milan has: the processor below may be a
 * later one. The threads that update are not pinned.
 */
#ifndef BENCH_MODEL_PUBLISHED_H
#define BENCH_MODEL_PUBLISHED_H

#include <stddef.h>

/* What a point is for: the model is given it, fitted to it, or checked by it. */
enum model_role { MODEL_TAKEN, MODEL_FITTED, MODEL_CHECKED };

struct model_point {
    const char *design;
    int cores;
    double ns, least, most;
    enum model_role role;
};

extern const struct model_point model_points[];
extern const size_t model_n_points;

const char *model_role_text(enum model_role role);

#endif
