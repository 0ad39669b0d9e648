/* SPDX-License-Identifier: MIT
 *
 * dfs.c - every choice in turn: depth first, bounded or reduced
 *
 * An execution is a path in a tree of choices: which thread goes on, which
 * store a step meets. The path is kept; the next execution follows it up to
 * the last choice that has something left and takes the next there.
 *
 * With a bound, a thread that could go on is stopped at most so many times:
 * two find most bugs (Musuvathi and Qadeer, "Iterative context bounding",
 * PLDI 2007). Without one, sleep sets (Godefroid, 1996) leave out what would
 * only swap two steps that do not depend on each other: when all executions
 * that start with thread A here are done, and thread B is tried instead, A is
 * put to sleep until a step comes that A's step depends on.
 */
#include "state.h"

enum { NODES = 1 << 15 };

static struct node {
    uint8_t n, now;
} nodes[NODES];
static int nnodes, depth;

static void start(void)
{
    nnodes = 0;
}

static void begin(void)
{
    depth = 0;
}

static struct node *visit(int n)
{
    if (depth < nnodes) {
        if (nodes[depth].n != n)
            il_stop(INCONCLUSIVE,
                    "the program did something else in the same interleaving");
        return &nodes[depth++];
    }
    if (nnodes == NODES)
        il_stop(INCONCLUSIVE, "more than %d choices in one execution", NODES);
    nodes[nnodes] = (struct node){.n = (uint8_t)n};
    nnodes++;
    return &nodes[depth++];
}

static int value(int n)
{
    return visit(n)->now;
}

static int thread(const struct menu *menu)
{
    int n = menu->n;
    if (n > 1 && menu->stay && il_w.preemptions >= il_o.preempt) {
        il_s.cut = true;
        n = 1;
    }
    if (n == 1)
        return menu->threads[0];
    int now = visit(n)->now;
    if (il_o.reduce)
        for (int i = 0; i < now; i++)
            il_w.sleeping |= 1 << menu->threads[i];
    return menu->threads[now];
}

static bool next(void)
{
    nnodes = depth < nnodes ? depth : nnodes;
    while (nnodes > 0) {
        struct node *d = &nodes[nnodes - 1];
        if (++d->now < d->n)
            return true;
        nnodes--;
    }
    return false;
}

const struct strategy il_dfs = {start, begin, thread, value, next};
