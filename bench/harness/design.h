/* SPDX-License-Identifier: MIT
 *
 * design.h - what the harness must know of a design
 *
 * A design is one way to do one small piece of work, such as counting, in a
 * file of its own. Each file is built to a shared object that exports one
 * symbol, bench_design; the harness loads it and calls run() for thousands of
 * updates at a time. The loop itself is in the design's own object, with the
 * update inlined (designs/loop.h): a call through a pointer for each update
 * would cost more than the fastest design does.
 */
#ifndef BENCH_DESIGN_H
#define BENCH_DESIGN_H

#include <stddef.h>
#include <stdint.h>

/* Two cache lines: adjacent lines are fetched in pairs on many machines, so
 * data of two threads is kept that far apart. */
#define BENCH_LINE 128

/* One update in so many is timed in a latency trial, if the design does not say
 * otherwise; a batch is a multiple. */
#define BENCH_SAMPLE_EVERY 1024

enum bench_sum {
    BENCH_EXACT,  /* the sum must be the number of updates, or no number */
    BENCH_LOSSY,  /* updates may be lost; the row reports how many */
    BENCH_NO_SUM, /* counts nothing: the empty loop */
};

/* What a design holds: so many series, in so many bytes that it asked for, on
 * so many lines of 64 bytes. */
struct bench_memory {
    uint64_t series, bytes, lines;
};

struct bench_design {
    const char *name;    /* of the row: letters, digits, hyphens */
    const char *what;    /* a few words for a reader of the table */
    int rank;            /* rows stand in the order of their ranks */
    const char *against; /* the row that it is compared with; NULL: the
                          * suite's baseline; "": none */
    enum bench_sum sum_kind;

    /* The harness makes the state, zeroed and aligned to BENCH_LINE. */
    size_t state_bytes;      /* once */
    size_t bytes_per_thread; /* and this for each thread, behind it */

    /* NULL where there is nothing to do. init returns 0, or negative when it
     * failed. enter runs in each thread before its first update. */
    int (*init)(void *state);
    void (*fini)(void *state);
    void (*enter)(void *state, int thread);

    /* For updates that take long: how many are a batch; 0 for as many as the
     * harness finds right for updates of nanoseconds. */
    uint64_t batch;

    /* n updates, each of them by 1, by the thread of that number (0, 1, ...).
     * sample times every sample_every-th one and stores how long it took; n is
     * a multiple of it, and ns has room for the quotient. */
    uint64_t sample_every;
    void (*run)(void *state, int thread, uint64_t n);
    void (*sample)(void *state, int thread, uint64_t n, uint64_t *ns);

    /* What was counted; called when all updates are over. */
    uint64_t (*sum)(void *state, int threads);

    /* What it holds at the end of a trial; NULL where nobody asks. */
    struct bench_memory (*memory)(void *state);

    /* A program that does the trials, where the work is in another language
     * (peer.h): what sh shall run, and the word for what is to be done. Then
     * nothing from init to memory is there. */
    const char *command, *operation;

    int most_threads; /* no trials with more than that; 0: with any number */

    /* A further design in the same object, which has a row of its own. */
    const struct bench_design *next;
};

/* The one symbol of a shared object. */
extern const struct bench_design bench_design;

#endif
