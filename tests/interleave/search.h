/* SPDX-License-Identifier: MIT
 *
 * search.h - all executions of one scenario, by which strategy, how far
 */
#ifndef IL_SEARCH_H
#define IL_SEARCH_H

#include "world.h"

/* ---- options and search ---- */

enum strategy_name { DFS, RANDOM, PCT, REPLAY, AUTO };
enum { NO_BOUND = 1 << 20 };

struct options {
    enum strategy_name strategy;
    bool weak;   /* RC11; else sequential consistency */
    bool reduce; /* leave out executions that are equal to another */
    bool plain;  /* plain accesses are steps too, and races no verdict */
    bool spoken; /* a timeline is a sentence a step, without columns */
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
    long skipped;    /* of these, that the scenario did not want */
    bool cut;        /* a bound left something out */
    bool finished;   /* the search ended by itself */
    bool strayed;    /* a replay could not follow its token */
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

#endif
