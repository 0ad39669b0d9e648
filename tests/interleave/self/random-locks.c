/* SPDX-License-Identifier: MIT
 *
 * random-locks.c - does the reduced search lose anything when threads block?
 *
 *   random-locks COUNT [SEED]
 *
 * The axioms know no locks. So random programs of two or three threads with
 * locks, attempts at locks and updates of shared variables are searched twice,
 * reduced and in full, and must have the same outcomes. Of a program that can
 * deadlock both must say so, and no more: a search ends at a deadlock, so its
 * other outcomes do not matter.
 */
#include "../redirect.h"
#include "axioms.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct il_scenario il_scenarios[] = {{.name = NULL}};

enum { ACTIONS = 4, MUTEXES = 2 };

enum action { BOTH, ADD_X, ADD_Y, READ_X, LOCKED_ADD, NESTED, TRY };

static struct {
    enum action action;
    int mutex, order;
} plan[3][ACTIONS];
static int threads, length[3];

static _Atomic int x, y;
static pthread_mutex_t mutex[MUTEXES];
static int seen[3];
static struct outcomes *found;

/* ---- the program ---- */

static uintptr_t mutex_at(int i)
{
    return (uintptr_t)&mutex[i];
}

static void add(_Atomic int *v, int order, int n, uintptr_t pc)
{
    il_rmw((uintptr_t)v, 4, '+', (uint64_t)n, order, pc);
}

static void look(int thread, int order, uintptr_t pc)
{
    seen[thread] =
        10 * seen[thread] + (int)il_load((uintptr_t)&x, 4, order, pc) % 10;
}

static void act(int t, int i)
{
    uintptr_t pc = 0x1000 + 0x100u * (unsigned)t + 0x10u * (unsigned)i;
    int m = plan[t][i].mutex, order = plan[t][i].order;
    switch (plan[t][i].action) {
    case BOTH:
        add(&x, order, 1, pc);
        add(&y, order, 1, pc + 1);
        break;
    case ADD_X: add(&x, order, 1 + t, pc); break;
    case ADD_Y: add(&y, order, 1 + t, pc); break;
    case READ_X: look(t, order, pc); break;
    case LOCKED_ADD:
        il_mutex_lock(mutex_at(m), false, pc);
        look(t, order, pc + 1);
        add(&x, order, 1, pc + 2);
        il_mutex_unlock(mutex_at(m), pc + 3);
        break;
    case NESTED:
        il_mutex_lock(mutex_at(m), false, pc);
        il_mutex_lock(mutex_at(!m), false, pc + 1);
        look(t, order, pc + 2);
        il_mutex_unlock(mutex_at(!m), pc + 3);
        il_mutex_unlock(mutex_at(m), pc + 4);
        break;
    case TRY:
        if (il_mutex_trylock(mutex_at(m), false, pc) == 0) {
            add(&y, order, 1, pc + 1);
            il_mutex_unlock(mutex_at(m), pc + 2);
        } else {
            seen[t] = 10 * seen[t] + 9;
        }
        break;
    }
}

static void run(int t)
{
    for (int i = 0; i < length[t]; i++)
        act(t, i);
}

static void thread_0(void)
{
    run(0);
}

static void thread_1(void)
{
    run(1);
}

static void thread_2(void)
{
    run(2);
}

static void setup(void)
{
    memset((void *)&x, 0, sizeof x);
    memset((void *)&y, 0, sizeof y);
    memset(seen, 0, sizeof seen);
}

static void check(void)
{
    char text[OUTCOME];
    snprintf(text, sizeof text, "%d %d %d | %d %d", seen[0], seen[1], seen[2],
             (int)il_load((uintptr_t)&x, 4, 0, 0x2000),
             (int)il_load((uintptr_t)&y, 4, 0, 0x2010));
    outcome_add(found, text);
}

/* ---- searching ---- */

static enum verdict explore(bool reduce, struct outcomes *out)
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
                        .keep_going = true,
                        .max = 400000,
                        .json = -1};
    struct result r;
    if (threads > 2)
        s.threads[2] = thread_2;
    found = out;
    out->n = 0;
    il_shared_reset();
    il_search(&s, &o, &r);
    return r.finished ? r.verdict : INCONCLUSIVE;
}

static uint64_t state;

static int draw(int below)
{
    uint64_t v = (state += UINT64_C(0x9E3779B97F4A7C15));
    v = (v ^ (v >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    v = (v ^ (v >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (int)((v ^ (v >> 31)) % (uint64_t)below);
}

static void draw_program(void)
{
    threads = 2 + draw(2);
    for (int t = 0; t < threads; t++) {
        length[t] = 1 + draw(threads == 2 ? 3 : 2);
        for (int i = 0; i < length[t]; i++) {
            plan[t][i].action = (enum action)draw(7);
            plan[t][i].mutex = draw(MUTEXES);
            plan[t][i].order = draw(2) ? __ATOMIC_RELAXED : __ATOMIC_ACQUIRE;
        }
    }
}

static bool covers(const struct outcomes *a, const struct outcomes *b)
{
    for (int i = 0; i < b->n; i++) {
        bool there = false;
        for (int k = 0; k < a->n && !there; k++)
            there = !strcmp(a->text[k], b->text[i]);
        if (!there) {
            printf("# only one search has: %s\n", b->text[i]);
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    static struct outcomes reduced, full;
    int count = argc > 1 ? atoi(argv[1]) : 200, bad = 0, too_big = 0;
    unsigned long long seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    int deadlocks = 0;
    il_heap_init();
    il_fibres_init();
    il_signals_init();
    for (int i = 0; i < count && bad < 5; i++) {
        state = (seed << 32) + (unsigned)i;
        draw_program();
        enum verdict f = explore(false, &full);
        enum verdict r = explore(true, &reduced);
        if (f == INCONCLUSIVE) {
            too_big++;
            continue;
        }
        deadlocks += f == DEADLOCK;
        bool same = f == DEADLOCK ||
                    (covers(&full, &reduced) && covers(&reduced, &full));
        if (f != r || !same) {
            printf("# program %d of seed %llu: full %s, reduced %s\n", i, seed,
                   il_verdict_names[f], il_verdict_names[r]);
            bad++;
        }
    }
    printf("# %d programs, %d can deadlock, %d too big, %d differ\n", count,
           deadlocks, too_big, bad);
    return bad ? 1 : 0;
}
