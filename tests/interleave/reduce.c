/* SPDX-License-Identifier: MIT
 *
 * reduce.c - which other orders of this execution are worth a try?
 *
 * Dynamic partial-order reduction with source sets (Abdulla, Aronsson, Jonsson,
 * Sagonas, POPL 2014). When a thread makes a step, the steps before it are
 * searched for one that it depends on and that nothing else puts before it:
 * the two could have come the other way round. Then, at the choice before the
 * earlier one, a thread must be tried that begins such an order, unless one
 * is tried there anyway. All other orders only swap steps that do not depend
 * on each other.
 */
#include "dfs.h"

static struct step {
    struct op op;
    int thread, node;
    uint32_t epoch;
    struct clock deps; /* what it cannot be moved before; see deps_of() */
} steps[STEPS + 1];
static int nsteps, first_new;
static int latest[THREADS]; /* the last step of each thread, or -1 */

void il_reduce_begin(int from)
{
    nsteps = 0;
    first_new = from;
    for (int i = 0; i < THREADS; i++)
        latest[i] = -1;
}

/* Of a thread's last step, the thread itself knows; the rest is written down
 * when the thread goes on. */
static const struct clock *deps_of(const struct step *s)
{
    if (latest[s->thread] == (int)(s - steps))
        return &il_w.threads[s->thread].deps;
    return &s->deps;
}

static bool before(const struct step *a, const struct step *b)
{
    return deps_of(b)->at[a->thread] >= a->epoch;
}

/* Could the step and this earlier one have come the other way round? Waiting
 * for a lock ends with the unlock, never before it. */
static bool clash(const struct step *s, const struct op *op)
{
    bool waited = (op->kind == OP_LOCK || op->kind == OP_RDLOCK) &&
                  s->op.kind == OP_UNLOCK;
    return s->thread != il_w.cur && s->node >= 0 && !waited &&
           il_dependent(&s->op, op) && ME->deps.at[s->thread] < s->epoch;
}

/* The threads whose first step after `s`, among those that need not come
 * after it, needs nothing else to come before: bits. The running thread with
 * its new step counts last. */
static int initials(int s, const struct op *op)
{
    int seen = 0, result = 0;
    bool first = true; /* is the new step free of all of them? */
    for (int i = s + 1; i < nsteps; i++) {
        const struct step *x = &steps[i];
        if (before(&steps[s], x))
            continue;
        bool free = true;
        for (int k = s + 1; k < i && free; k++)
            free = before(&steps[s], &steps[k]) || !before(&steps[k], x);
        if (free && !(seen >> x->thread & 1))
            result |= 1 << x->thread;
        seen |= 1 << x->thread;
        if (x->thread == il_w.cur || il_dependent(&x->op, op) ||
            ME->deps.at[x->thread] >= x->epoch)
            first = false;
    }
    return result | (first ? 1 << il_w.cur : 0);
}

static void reverse(const struct op *op)
{
    for (int i = nsteps - 1; i >= 0; i--) {
        if (!clash(&steps[i], op))
            continue;
        bool direct = true;
        for (int k = i + 1; k < nsteps && direct; k++)
            direct = !(clash(&steps[k], op) && before(&steps[i], &steps[k]));
        if (!direct)
            continue;
        int wanted = initials(i, op) & il_dfs_runnable(steps[i].node);
        if (wanted)
            il_dfs_ask(steps[i].node, wanted);
    }
}

void il_reduce_step(const struct op *op, int node)
{
    int last = latest[il_w.cur];
    if (last >= 0)
        steps[last].deps = ME->deps;
    if (op->addr && node >= first_new)
        reverse(op);
    steps[nsteps] = (struct step){.op = *op,
                                  .thread = il_w.cur,
                                  .node = node,
                                  .epoch = ME->hb.at[il_w.cur] + 1};
    latest[il_w.cur] = nsteps++;
}
