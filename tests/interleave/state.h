/* SPDX-License-Identifier: MIT
 *
 * state.h - what the files of the explorer share
 *
 * Three kinds of state, by how long they live:
 *   il_w   the world: one execution; empty at its start
 *   il_s   the search: all executions of one scenario
 *   il_o   the options: the whole run
 * None of it lies in the sections of the program under test, which are put
 * back to their first contents before each execution.
 */
#ifndef IL_STATE_H
#define IL_STATE_H

#include "interleave.h"
#include <stdbool.h>
#include <stdint.h>

enum {
    THREADS = 8,      /* main and seven more */
    EVENTS = 16384,   /* steps of one execution that are remembered */
    STEPS = 8000,     /* steps of one execution that are allowed */
    LOCATIONS = 1024, /* atomic variables of one execution */
    LOCKS = 128,
    SITES = 32, /* loads that a thread may be spinning on */
    KEYS = 16,
    TEXT = 240,
};

/* ---- time ---- */

/* A vector clock: how much of each thread lies before. */
struct clock {
    uint32_t at[THREADS];
};

void il_join(struct clock *a, const struct clock *b);

/* ---- operations and events ---- */

enum kind {
    OP_NONE,
    OP_START,
    OP_LOAD,
    OP_STORE,
    OP_RMW,
    OP_CAS,
    OP_FENCE,
    OP_LOCK,
    OP_TRYLOCK,
    OP_RDLOCK,
    OP_UNLOCK,
    OP_WAIT,
    OP_SIGNAL,
    OP_BROADCAST,
    OP_CREATE,
    OP_JOIN,
    OP_EXIT,
    OP_READ,
    OP_WRITE,
    OP_FREE,
};

/* The orders as the compilers pass them: __ATOMIC_RELAXED and so on. */
enum order { RELAXED, CONSUME, ACQUIRE, RELEASE, ACQ_REL, SEQ_CST };

static inline bool il_acquires(int order)
{
    return order != RELAXED && order != RELEASE;
}

static inline bool il_releases(int order)
{
    return order == RELEASE || order == ACQ_REL || order == SEQ_CST;
}

/* What a thread is about to do. */
struct op {
    uint8_t kind, order, size;
    uintptr_t addr, pc;
    int other; /* the thread that JOIN waits for */
};

/* What a thread has done. Accesses of one atomic variable are chained in the
 * order of execution (`earlier`), its stores also in modification order
 * (`rank`, `mo_next`). */
struct event {
    uint8_t thread, kind, order, size;
    bool wrote;       /* a store, or a read-modify-write that succeeded */
    bool shown;       /* on a variable that several threads use */
    uint16_t skipped; /* how many newer stores a read passed over */
    uint32_t epoch;   /* this event is number `epoch` of its thread */
    uint32_t leave;   /* epoch of the next event at another address */
    uintptr_t addr, pc;
    uint64_t value, before;
    int loc, rf, earlier, mo_next, rank;
    int latest;        /* the newest store when a read passed it over */
    struct clock hb;   /* what happens before this event, itself included */
    struct clock msg;  /* what a reader that acquires it learns */
    struct clock away; /* hb of the last event before at another address */
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

/* ---- options and search ---- */

enum strategy_name { DFS, RANDOM, PCT, REPLAY, AUTO };
enum { NO_BOUND = 1 << 20 };

struct options {
    enum strategy_name strategy;
    bool weak;   /* RC11; else sequential consistency */
    bool reduce; /* leave out executions that are equal to another */
    bool plain;  /* plain accesses are steps too, and races no verdict */
    int preempt, stale_reads;
    long max;  /* executions */
    int depth; /* of PCT: priority changes, plus one */
    unsigned long long seed;
    const char *token;
    const char *note;  /* a sentence for the list of what is not modelled */
    int json;          /* a file descriptor, or -1 */
    const char *again; /* a command, or NULL */
    bool quiet, keep_going;
};

extern struct options il_o;

/* What an exploration found. */
struct result {
    enum verdict verdict;
    char sentence[TEXT], expected[TEXT], got[TEXT];
    long executions; /* all that were run, blocked ones included */
    long blocked;    /* of these, given up because they were not new */
    bool cut;        /* a bound left something out */
    bool finished;   /* the search ended by itself */
    int preemptions, stale, steps, preempt_bound, stale_bound;
    enum strategy_name strategy;
    bool reduced;
    char token[4096];
};

struct search {
    bool learned; /* a variable turned out to be shared: start again */
    bool cut;
    long steps;       /* of all its executions */
    unsigned foreign; /* bits of il_foreign_names: met, but not modelled */
    struct result result;
};

extern struct search il_s;

/* Things that a program did which the model does not follow in full. */
enum foreign { FOREIGN_SPIN, FOREIGN_TIMEOUT, FOREIGN_SPURIOUS, FOREIGN_COUNT };

/* ---- schedule.c: the scheduling point ---- */

void il_point(const struct op *op, bool visible);
void il_block(void);
bool il_enabled(int thread);
bool il_dependent(const struct op *a, const struct op *b);
void il_done(const struct op *op);

/* ---- world.c: one execution, and how it ends ---- */

void il_execute(const struct il_scenario *s);
void il_stop(enum verdict v, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));
void il_abandon(void) __attribute__((noreturn));
void il_culprit(int first, int second);
void il_expected(const char *format, ...) __attribute__((format(printf, 1, 2)));
void il_got(const char *format, ...) __attribute__((format(printf, 1, 2)));
struct event *il_log(const struct op *op);
void il_sections_init(void);
void il_signals_init(void);

/* ---- fibre.c: stacks and thread-local storage ---- */

void il_fibres_init(void);
void il_fibre_make(struct thread *t, void (*entry)(void));
void il_fibre_enter(int thread);                     /* from the explorer */
void il_fibre_switch(int thread);                    /* between threads */
void il_fibre_leave(void) __attribute__((noreturn)); /* to the explorer */

/* ---- threads.c ---- */

int il_thread_create(void *(*run)(void *), void *arg, uintptr_t pc);
void il_thread_join(int id, void **result, uintptr_t pc);
void il_thread_end(void) __attribute__((noreturn));
void il_thread_main(void);

/* ---- locks.c ---- */

struct lock *il_lock_at(uintptr_t addr);
bool il_lock_free(const struct op *op);

/* ---- memory.c: atomics ---- */

uint64_t il_load(uintptr_t a, int size, int order, uintptr_t pc);
void il_store(uintptr_t a, int size, uint64_t v, int order, uintptr_t pc);
uint64_t il_rmw(uintptr_t a, int size, int how, uint64_t v, int order,
                uintptr_t pc);
bool il_cas(uintptr_t a, int size, uint64_t *expected, uint64_t v, int order,
            int fail_order, uintptr_t pc);
void il_fence(int order, uintptr_t pc);
void il_plain_store_seen(uintptr_t a, int size);
void il_note_move(uint32_t epoch);
void il_tick(struct event *e);
bool il_hb(const struct event *a, const struct event *b);

/* ---- spin.c: loops that wait ---- */

int il_spin_find(uintptr_t pc, uintptr_t addr);
void il_spin_read(uintptr_t pc, uintptr_t addr, int loc, int store);
bool il_spin_stuck(const struct thread *t);
void il_spin_clear(void);

/* ---- rc11.c ---- */

bool il_rc11_allows(const struct event *candidate);

/* ---- races.c: plain accesses ---- */

void il_plain(uintptr_t a, size_t size, bool write, uintptr_t pc);
enum access { PLAIN_READ, PLAIN_WRITE, ATOMIC_READ, ATOMIC_WRITE, FREEING };
void il_race_check(uintptr_t a, size_t size, enum access how, int event);
void il_share(uintptr_t a);
bool il_shared(uintptr_t a);
bool il_touch(uintptr_t a, bool write);
void il_shared_reset(void);

/* ---- heap.c ---- */

void il_heap_init(void);
void il_heap_reset(void);
void il_heap_check(const struct op *op, size_t size, int event);
int il_heap_block(uintptr_t a, size_t *offset);

/* ---- linear.c ---- */

void il_linear_check(void);

/* ---- strategies ---- */

/* Which threads may go on; the first is the one that just ran, if it can. */
struct menu {
    uint8_t threads[THREADS];
    int n;
    bool stay; /* the first is the running thread: leaving it preempts */
};

struct strategy {
    void (*start)(void);                    /* of a search */
    void (*begin)(void);                    /* of an execution */
    int (*thread)(const struct menu *menu); /* who runs */
    int (*value)(int n);                    /* which of n stores; 0: newest */
    bool (*next)(void);                     /* is there another execution? */
    void (*step)(const struct op *op);      /* a step is made */
};

extern const struct strategy il_dfs, il_random, il_pct, il_replay;
extern const struct strategy *il_strategy;

/* ---- explore.c, shrink.c ---- */

void il_explore(const struct il_scenario *s, struct result *r);
void il_search(const struct il_scenario *s, const struct options *o,
               struct result *r);
void il_shrink(const struct il_scenario *s, struct result *r);

/* ---- report ---- */

void il_report(const struct il_scenario *s, const struct result *r);
void il_json(const struct il_scenario *s, const struct result *r);
void il_token_step(void);
void il_token_choice(int choice);
void il_token_write(char *out, size_t size);
bool il_source(uintptr_t pc, const char **file, int *line);
const char *il_symbol(uintptr_t addr, size_t *offset);
const char *il_place(uintptr_t addr);
void il_sentence_make(void);
int il_timeline(char lines[][200], int max);
void il_outcomes(void (*each)(const char *text, long count));
void il_outcomes_reset(void);
void il_names_reset(void);
const char *il_named(uintptr_t addr, size_t *offset);
void il_not_modelled(void (*each)(const char *text));

#endif
