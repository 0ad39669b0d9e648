/* SPDX-License-Identifier: MIT
 *
 * steps.h - a counter design, as the accesses of one update
 */
#ifndef BENCH_MODEL_STEPS_H
#define BENCH_MODEL_STEPS_H

#include <stdbool.h>
#include <stddef.h>

/* What one step does. LOAD, SPIN and CHECK read the line; PAUSE and CALL touch
 * none; all others write it. */
enum model_op {
    MODEL_LOAD,  /* reads the number */
    MODEL_STORE, /* writes what was read, and 1 more */
    MODEL_ADD,   /* fetch_add */
    MODEL_CAS,   /* fails if anybody wrote since this core read */
    MODEL_TAS,   /* takes a spinlock; fails if it is held */
    MODEL_SPIN,  /* reads a spinlock until it is free */
    MODEL_CLEAR, /* gives it back */
    MODEL_TRY,   /* a mutex: from free to taken; fails if it is not free */
    MODEL_SWAP,  /* a mutex: to taken-with-sleepers; fails if it was not free */
    MODEL_CHECK, /* a mutex, in the kernel: sleeps if there are sleepers */
    MODEL_UNLOCK, /* a mutex: to free, and wakes a sleeper if there was one */
    MODEL_PAUSE,
    MODEL_CALL
};

enum { MODEL_DONE = -1 };

/* The next step after success, and after failure. */
struct model_step {
    enum model_op op;
    int ok, fail;
};

/* On which lines the number lies: one for all, eight numbers on each, or one
 * for each thread. */
enum model_place { MODEL_SHARED, MODEL_PACKED, MODEL_OWN };

struct model_design {
    const char *name;
    enum model_place place;
    bool lossy; /* may lose updates */
    struct model_step step[8];
};

extern const struct model_design model_designs[];
extern const size_t model_n_designs;

/* NULL when there is none of that name. */
const struct model_design *model_find(const char *name);

#endif
