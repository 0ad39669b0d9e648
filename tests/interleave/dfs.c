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
 * PLDI 2007).
 *
 * Without one, the search is reduced: of executions that only swap steps which
 * do not depend on each other, one is enough. reduce.c says which threads must
 * be tried at a choice. Sleep sets (Godefroid, 1996) keep others out: when all
 * that starts with thread A here is done, and thread B is tried instead, A
 * sleeps until a step comes that A's step depends on.
 */
#include "dfs.h"

enum { NODES = 1 << 15 };

static struct node {
    bool value; /* which store, not which thread */
    uint8_t n, now;
    uint8_t runnable, todo, done,
        sleeping; /* of threads, in a reduced search */
} nodes[NODES];
static int nnodes, depth;
static int chosen_at[THREADS]; /* the node that let the thread run, or -1 */

static void start(void)
{
    nnodes = 0;
}

static void begin(void)
{
    depth = 0;
    for (int i = 0; i < THREADS; i++)
        chosen_at[i] = -1;
    il_reduce_begin(nnodes - 1);
}

/* The node at this depth; *is_new when the path has not been here. */
static struct node *visit(int n, bool value, bool *is_new)
{
    *is_new = depth == nnodes;
    if (*is_new) {
        if (nnodes == NODES)
            il_stop(INCONCLUSIVE, "more than %d choices in one execution",
                    NODES);
        nodes[nnodes++] = (struct node){.n = (uint8_t)n, .value = value};
    }
    struct node *d = &nodes[depth++];
    if (d->n != n || d->value != value)
        il_stop(INCONCLUSIVE,
                "the program did something else in the same interleaving");
    return d;
}

static int value(int n)
{
    bool is_new;
    return visit(n, true, &is_new)->now;
}

/* ---- bounded ---- */

static int bounded(const struct menu *menu)
{
    bool is_new;
    int n = menu->n;
    if (n > 1 && menu->stay && il_w.preemptions >= il_o.preempt) {
        il_s.cut = true;
        n = 1;
    }
    return menu->threads[n == 1 ? 0 : visit(n, false, &is_new)->now];
}

/* ---- reduced ---- */

int il_dfs_runnable(int node)
{
    return nodes[node].runnable;
}

void il_dfs_ask(int node, int initials)
{
    struct node *d = &nodes[node];
    if (!(initials & (d->todo | d->done | d->sleeping)))
        d->todo |= (uint8_t)(initials & -initials);
}

static int lowest(int set)
{
    return __builtin_ctz((unsigned)set);
}

static int reduced(const struct menu *menu)
{
    bool is_new;
    struct node *d = visit(menu->n, false, &is_new);
    if (is_new) {
        for (int i = 0; i < menu->n; i++)
            d->runnable |= (uint8_t)(1 << menu->threads[i]);
        d->sleeping = (uint8_t)il_w.sleeping;
        d->runnable |= d->sleeping;
        d->now = menu->threads[0];
        d->todo = (uint8_t)(1 << d->now);
    }
    il_w.sleeping |= d->done;
    chosen_at[d->now] = depth - 1;
    return d->now;
}

static int thread(const struct menu *menu)
{
    return il_o.reduce ? reduced(menu) : bounded(menu);
}

static void step(const struct op *op)
{
    if (!il_o.reduce)
        return;
    il_reduce_step(op, chosen_at[il_w.cur]);
    chosen_at[il_w.cur] = -1;
}

/* ---- the next path ---- */

static bool another(struct node *d)
{
    if (d->value || !il_o.reduce)
        return ++d->now < d->n;
    d->done |= (uint8_t)(1 << d->now);
    int left = d->todo & ~d->done;
    if (!left)
        return false;
    d->now = (uint8_t)lowest(left);
    return true;
}

static bool next(void)
{
    nnodes = depth < nnodes ? depth : nnodes;
    while (nnodes > 0) {
        if (another(&nodes[nnodes - 1]))
            return true;
        nnodes--;
    }
    return false;
}

const struct strategy il_dfs = {start, begin, thread, value, next, step};
