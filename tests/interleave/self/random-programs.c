/* SPDX-License-Identifier: MIT
 *
 * random-programs.c - does the explorer see exactly what the axioms allow?
 *
 *   random-programs COUNT [SEED]
 *
 * Makes COUNT random programs of two or three threads with four to seven atomic
 * operations and fences of all orders, and compares the outcomes that the
 * explorer finds with those that axioms.c finds: the complete search with
 * reduction, and the search without it. One difference is a failure; the
 * program is printed.
 */
#include "../state.h"
#include "axioms.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct il_scenario il_scenarios[] = {{.name = NULL}};

static struct program program;
static _Atomic int variables[MAX_VARS];
static int seen[MAX_OPS];
static struct outcomes *found;

/* ---- the program, run by the explorer ---- */

static void run_step(int i)
{
    const struct step *s = &program.step[i];
    uintptr_t a = (uintptr_t)&variables[s->var],
              pc = 0x1000 + 16u * (unsigned)i;
    uint64_t expected = (uint64_t)s->expected;
    switch (s->what) {
    case LOAD: seen[i] = (int)il_load(a, 4, s->order, pc); break;
    case STORE: il_store(a, 4, (uint64_t)s->value, s->order, pc); break;
    case ADD:
        seen[i] = (int)il_rmw(a, 4, '+', (uint64_t)s->value, s->order, pc);
        break;
    case CAS:
        il_cas(a, 4, &expected, (uint64_t)s->value, s->order, s->fail_order,
               pc);
        seen[i] = (int)expected;
        break;
    case FENCE: il_fence(s->order, pc); break;
    }
}

static void run_thread(int thread)
{
    for (int i = 0; i < program.n; i++)
        if (program.step[i].thread == thread)
            run_step(i);
}

static void thread_0(void)
{
    run_thread(0);
}

static void thread_1(void)
{
    run_thread(1);
}

static void thread_2(void)
{
    run_thread(2);
}

static void setup(void)
{
    memset((void *)variables, 0, sizeof variables);
    memset(seen, 0, sizeof seen);
}

static void check(void)
{
    int final[MAX_VARS];
    char text[OUTCOME];
    for (int v = 0; v < program.vars; v++)
        final[v] = (int)il_load((uintptr_t)&variables[v], 4, __ATOMIC_RELAXED,
                                0x2000 + 16u * (unsigned)v);
    outcome_text(text, &program, seen, final);
    outcome_add(found, text);
}

static void explore(bool reduce, struct outcomes *out)
{
    struct il_scenario s = {.name = "random",
                            .setup = setup,
                            .threads = {thread_0, thread_1},
                            .check = check};
    struct options o = {.strategy = DFS,
                        .weak = true,
                        .reduce = reduce,
                        .preempt = NO_BOUND,
                        .stale_reads = NO_BOUND,
                        .max = 1000000,
                        .json = -1};
    struct result r;
    if (program.threads > 2)
        s.threads[2] = thread_2;
    found = out;
    il_shared_reset();
    il_search(&s, &o, &r);
    if (r.verdict != PASSED || !r.finished || r.cut) {
        printf("# explorer: %s (%s)\n", il_verdict_names[r.verdict],
               r.sentence);
        out->n = 0;
    }
}

/* ---- random programs ---- */

static uint64_t state;

static int draw(int below)
{
    uint64_t x = (state += UINT64_C(0x9E3779B97F4A7C15));
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (int)((x ^ (x >> 31)) % (uint64_t)below);
}

static int one_of(const int *list, int n)
{
    return list[draw(n)];
}

#define ONE_OF(...)                    \
    one_of((const int[]){__VA_ARGS__}, \
           sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

static int draw_order(enum what w)
{
    switch (w) {
    case LOAD:
        return ONE_OF(__ATOMIC_RELAXED, __ATOMIC_ACQUIRE, __ATOMIC_SEQ_CST);
    case STORE:
        return ONE_OF(__ATOMIC_RELAXED, __ATOMIC_RELEASE, __ATOMIC_SEQ_CST);
    case FENCE:
        return ONE_OF(__ATOMIC_ACQUIRE, __ATOMIC_RELEASE, __ATOMIC_ACQ_REL,
                      __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    default:
        return ONE_OF(__ATOMIC_RELAXED, __ATOMIC_ACQUIRE, __ATOMIC_RELEASE,
                      __ATOMIC_ACQ_REL, __ATOMIC_SEQ_CST);
    }
}

/* Threads that each use two variables, perhaps with a fence between: the shape
 * of most litmus tests, which pure chance seldom makes. Style: 0 any order, 1
 * mostly seq_cst, 2 relaxed with fences, 3 release and acquire. */
static int styled_order(int style, enum what w)
{
    if (style == 1 && draw(5))
        return __ATOMIC_SEQ_CST;
    if (style == 2)
        return __ATOMIC_RELAXED;
    if (style == 3 && draw(4))
        return w == LOAD    ? __ATOMIC_ACQUIRE
               : w == STORE ? __ATOMIC_RELEASE
                            : __ATOMIC_RELAXED;
    return draw_order(w);
}

static void put_step(int thread, enum what what, int var, int order)
{
    if (program.n == MAX_OPS - 1)
        return;
    program.step[program.n++] = (struct step){.what = what,
                                              .thread = thread,
                                              .var = var,
                                              .order = order,
                                              .fail_order = draw_order(LOAD),
                                              .value = 1 + draw(3),
                                              .expected = draw(3)};
}

static void draw_shape(void)
{
    int style = draw(4);
    program.threads = 2 + draw(2);
    program.vars = 2;
    program.n = 0;
    for (int t = 0; t < program.threads; t++) {
        int first = draw(2), steps = program.threads == 3 && t == 0 ? 1 : 2;
        for (int i = 0; i < steps; i++) {
            enum what w =
                (enum what)ONE_OF(LOAD, LOAD, LOAD, STORE, STORE, STORE, ADD);
            if (i > 0 && style == 2 && draw(4))
                put_step(t, FENCE, 0, draw_order(FENCE));
            put_step(t, w, first ^ i, styled_order(style, w));
        }
        if (program.threads == 2 && style == 3 && draw(2))
            put_step(t, ADD, draw(2), __ATOMIC_RELAXED);
    }
}

/* One thread writes x, then y, and perhaps y again; another reads y, then x.
 * What carries x along is drawn: orders, fences, release sequences. */
static void draw_message(void)
{
    program.threads = 2;
    program.vars = 2;
    program.n = 0;
    if (!draw(3))
        put_step(0, FENCE, 0, draw_order(FENCE));
    put_step(0, STORE, 0, __ATOMIC_RELAXED);
    if (!draw(3))
        put_step(0, FENCE, 0, draw_order(FENCE));
    put_step(0, STORE, 1, draw_order(STORE));
    if (draw(2))
        put_step(0, draw(3) ? ADD : STORE, 1, __ATOMIC_RELAXED);
    put_step(1, draw(4) ? LOAD : ADD, 1,
             ONE_OF(__ATOMIC_RELAXED, __ATOMIC_ACQUIRE));
    if (!draw(3))
        put_step(1, FENCE, 0, draw_order(FENCE));
    put_step(1, LOAD, 0, __ATOMIC_RELAXED);
}

/* Two accesses of a thread with a seq_cst fence between, or both seq_cst. */
static void put_pair(int thread, enum what first, int var)
{
    int order = draw(2) ? __ATOMIC_SEQ_CST : __ATOMIC_RELAXED;
    put_step(thread, first, var, order);
    if (order == __ATOMIC_RELAXED)
        put_step(thread, FENCE, 0, __ATOMIC_SEQ_CST);
    put_step(thread, LOAD, !var, draw(4) ? order : draw_order(LOAD));
}

/* Store buffering, or a store, a reader of it and a third thread. */
static void draw_seq_cst(void)
{
    program.vars = 2;
    program.n = 0;
    program.threads = 2 + draw(2);
    if (program.threads == 3)
        put_step(2, STORE, 0, draw_order(STORE));
    put_pair(0, program.threads == 3 ? LOAD : STORE, 0);
    put_pair(1, STORE, 1);
}

static void draw_any(void)
{
    program.threads = 2 + draw(2);
    program.n = 4 + draw(3);
    program.vars = 1 + draw(3);
    for (int i = 0; i < program.n; i++) {
        struct step *s = &program.step[i];
        s->what = (enum what)ONE_OF(LOAD, LOAD, LOAD, STORE, STORE, STORE, ADD,
                                    CAS, FENCE);
        s->thread = i < program.threads ? i : draw(program.threads);
        s->var = draw(program.vars);
        s->order = draw_order(s->what);
        s->fail_order = draw_order(LOAD);
        s->value = 1 + draw(3);
        s->expected = draw(3);
    }
}

/* Into program order: thread by thread. */
static void sort_steps(void)
{
    for (int i = 1; i < program.n; i++)
        for (int j = i;
             j > 0 && program.step[j].thread < program.step[j - 1].thread;
             j--) {
            struct step t = program.step[j];
            program.step[j] = program.step[j - 1];
            program.step[j - 1] = t;
        }
}

static void draw_program(void)
{
    switch (draw(4)) {
    case 0: draw_shape(); break;
    case 1: draw_message(); break;
    case 2: draw_seq_cst(); break;
    default: draw_any(); break;
    }
    sort_steps();
}

/* ---- comparing ---- */

static bool contains(const struct outcomes *o, const char *text)
{
    for (int i = 0; i < o->n; i++)
        if (!strcmp(o->text[i], text))
            return true;
    return false;
}

static bool covers(const struct outcomes *a, const struct outcomes *b,
                   const char *complaint)
{
    bool all = true;
    for (int i = 0; i < b->n; i++)
        if (!contains(a, b->text[i])) {
            printf("# %s: %s\n", complaint, b->text[i]);
            all = false;
        }
    return all;
}

static void print_program(void)
{
    static const char *const what[] = {"load", "store", "add", "cas", "fence"};
    static const char *const order[] = {"relaxed", "consume", "acquire",
                                        "release", "acq_rel", "seq_cst"};
    for (int i = 0; i < program.n; i++) {
        const struct step *s = &program.step[i];
        printf("#   thread %d: %s %c value %d expected %d, %s (%s)\n",
               s->thread, what[s->what], "xyz"[s->var], s -> value,
               s -> expected, order[s->order], order[s->fail_order]);
    }
}

static bool same(const struct outcomes *right)
{
    static struct outcomes reduced, full;
    reduced.n = full.n = 0;
    explore(true, &reduced);
    explore(false, &full);
    bool ok = covers(&reduced, right, "missed with reduction");
    ok &= covers(right, &reduced, "not allowed, with reduction");
    ok &= covers(&full, right, "missed");
    ok &= covers(right, &full, "not allowed");
    return ok;
}

int main(int argc, char **argv)
{
    static struct outcomes right;
    int count = argc > 1 ? atoi(argv[1]) : 500, bad = 0;
    long outcomes = 0;
    unsigned long long seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    il_heap_init();
    il_fibres_init();
    il_signals_init();
    for (int i = 0; i < count; i++) {
        state = (seed << 32) + (unsigned)i;
        draw_program();
        right.n = 0;
        axioms_run(&program, &right);
        outcomes += right.n;
        if (!same(&right)) {
            printf("# program %d of seed %llu:\n", i, seed);
            print_program();
            if (++bad == 5)
                break;
        }
    }
    printf("# %d programs, %ld outcomes, %d programs differ\n", count, outcomes,
           bad);
    return bad ? 1 : 0;
}
