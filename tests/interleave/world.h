/* SPDX-License-Identifier: MIT
 *
 * world.h - one execution: its threads, variables and locks, and how it ended
 *
 * Empty at its start. Nothing of it lies in the sections of the program under
 * test, which are put back to their first contents before each execution.
 */
#ifndef IL_WORLD_H
#define IL_WORLD_H

#include "event.h"
#include "interleave.h"

enum {
    EVENTS = 16384,   /* steps of one execution that are remembered */
    STEPS = 8000,     /* steps of one execution that are allowed */
    LOCATIONS = 1024, /* atomic variables of one execution */
    LOCKS = 128,
    SITES = 32, /* loads that a thread may be spinning on */
    KEYS = 16,
    TEXT = 240,
};

/* ---- the parts of a world ---- */

struct location {
    uintptr_t addr;
    uint8_t size;
    bool refresh; /* a plain store came: its value is in memory */
    int first, newest, last;
    struct clock writes, accesses; /* for the order of dependent steps */
};

struct lock {
    uintptr_t addr;
    int owner, depth, readers;
    int turn;          /* goes up whenever it is taken or given back */
    bool tried;        /* somebody asked without waiting */
    bool done;         /* of a pthread_once_t: the function has run */
    struct clock hb;   /* what the last holder had done */
    struct clock read; /* what the readers had done */
    struct clock deps;
};

/* A load that may be turning in a loop: it stood here before and nothing has
 * changed since. */
struct site {
    uintptr_t pc, addr;
    uint64_t stack;
    int loc, store;
};

struct thread {
    void *sp;
    char *stack, *tls;
    void *(*run)(void *);
    void *arg, *result;
    bool started, ended, joined;
    struct op next;
    struct clock hb; /* happens-before */
    struct clock
        unread; /* learnt by relaxed loads; an acquire fence takes it */
    struct clock fenced; /* hb at the last release fence */
    struct clock deps;   /* the steps that cannot be moved after this thread */
    int parent;          /* who waits for the first step, or -1 */
    int waiting_on;      /* index of a condition variable, or -1 */
    bool woken, timed, timed_out;
    bool yielded;
    int idle;       /* turns of a loop that changed nothing */
    uint64_t calls; /* a hash of the call stack */
    uint64_t frames[256];
    int depth;
    struct site sites[SITES];
    int nsites;
    bool held; /* turning in a loop: runs only when something changes */
    int last_loc, run_first;
    struct clock last_hb, away_hb;
    int last_event;
    int pending; /* a plain store whose value is not known yet, or -1 */
    void *keys[KEYS];
    int priority;
};

/* ---- verdicts ---- */

enum verdict {
    PASSED,
    RACE,
    ASSERTION,
    DEADLOCK,
    LIVELOCK,
    LOST_WAKEUP,
    USE_AFTER_FREE,
    DOUBLE_FREE,
    CRASH,
    NOT_LINEARIZABLE,
    INCONCLUSIVE,
    VERDICTS
};

extern const char *const il_verdict_names[VERDICTS];

struct call {
    struct il_call call;
    int thread;
    bool ended;
    struct clock begin;
    uint32_t end;
};

struct world {
    bool running; /* the program under test is executing */
    bool aborted; /* given up: an equal execution is explored elsewhere */
    bool skipped; /* the scenario did not want it: il_skip() */
    void *home;   /* the explorer's own stack */
    int cur, nthreads;
    int live; /* threads that have started and not ended */
    struct thread threads[THREADS];
    struct event events[EVENTS];
    int nevents;
    struct location locs[LOCATIONS];
    int nlocs;
    struct lock locks[LOCKS];
    int nlocks;
    int steps;   /* operations so far; replay tokens count them */
    int shown;   /* of these, on shared variables */
    int seq_cst; /* seq_cst accesses and fences so far */
    int preemptions, stale, forced;
    int sleeping; /* bit i: running thread i next leads nowhere new */
    uint32_t stamp;
    enum verdict verdict;
    char sentence[TEXT], expected[TEXT], got[TEXT];
    int culprit[2]; /* events to be marked in the timeline */
    long plain;     /* plain accesses since the last step */
    struct call calls[IL_MAX_CALLS];
    int ncalls;
    struct {
        bool used;
        void (*destroy)(void *);
    } keys[KEYS];
    const struct il_scenario *scenario;
};

extern struct world il_w;

#define ME (&il_w.threads[il_w.cur])
#define CALLER ((uintptr_t)__builtin_return_address(0) - 1)

#endif
