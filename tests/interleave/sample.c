/* SPDX-License-Identifier: MIT
 *
 * sample.c - too many executions to try all: pick some by lot
 *
 * random takes each choice with equal chance. pct gives the threads random
 * priorities, always runs the highest, and lowers the running one at a few
 * random steps: with d such steps, counting the start as one, a bug that d
 * orderings of steps suffice for is hit with chance at least 1/(n k^(d-1)) for
 * n threads and k steps (Burckhardt and others, ASPLOS 2010). The seed decides
 * all.
 */
#include "state.h"

enum { CHANGES = 16 };

static uint64_t state;
static long executions;
static int longest, low, changes[CHANGES];

/* splitmix64: Steele, Lea, Flood, OOPSLA 2014. */
static uint64_t draw(void)
{
    uint64_t x = (state += UINT64_C(0x9E3779B97F4A7C15));
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

static void start(void)
{
    executions = 0;
    longest = 20;
}

static void begin(void)
{
    state = il_o.seed + (uint64_t)executions * UINT64_C(0x51ED270B0A1F39C1);
    executions++;
    if (il_w.steps > longest)
        longest = il_w.steps;
    low = 0;
    for (int i = 0; i < CHANGES; i++)
        changes[i] = (int)(draw() % (uint64_t)longest);
    for (int i = 0; i < THREADS; i++)
        il_w.threads[i].priority = (int)(draw() % 1000000) + 1;
}

static int value(int n)
{
    /* half of the time the newest: old values are rare in practice */
    return draw() % 2 ? 0 : (int)(draw() % (uint64_t)n);
}

static int random_thread(const struct menu *menu)
{
    return menu->threads[draw() % (uint64_t)menu->n];
}

static int pct_thread(const struct menu *menu)
{
    for (int i = 0; i + 1 < il_o.depth && i < CHANGES; i++)
        if (changes[i] == il_w.steps)
            ME->priority = --low;
    int best = menu->threads[0];
    for (int i = 1; i < menu->n; i++)
        if (il_w.threads[menu->threads[i]].priority >
            il_w.threads[best].priority)
            best = menu->threads[i];
    return best;
}

static bool next(void)
{
    return true;
}

static void step(const struct op *op)
{
    (void)op;
}

const struct strategy il_random = {start, begin, random_thread,
                                   value, next,  step};
const struct strategy il_pct = {start, begin, pct_thread, value, next, step};
