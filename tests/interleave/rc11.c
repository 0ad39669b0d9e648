/* SPDX-License-Identifier: MIT
 *
 * rc11.c - may seq_cst accesses and fences stand in one order?
 *
 * RC11 asks that the relation psc has no circle:
 *
 *     scb      = sb | sb!=loc ; hb ; sb!=loc | hb at one address | mo | rb
 *     psc_base = ([SC] | [F] ; hb?) ; scb ; ([SC] | hb? ; [F])
 *     psc_F    = [F] ; (hb | hb ; eco ; hb) ; [F]
 *     psc      = psc_base | psc_F
 *
 * where sb is the order in a thread, mo the modification order, rb leads from
 * a read to the stores that came after what it read, eco is all of rf, mo and
 * rb together, [SC] are the seq_cst accesses and [F] the seq_cst fences.
 *
 * It is asked only for a step that passes over a newer store: a step that
 * takes the newest has no edge out of it and closes no circle.
 */
#include "state.h"

enum { MOST = 256, WORDS = MOST / 64 };

struct set {
    uint64_t word[WORDS];
};

static const struct event *node[MOST];
static struct set scb[MOST], eco[MOST], before[MOST], after[MOST];
static struct set psc[MOST];
static int count;

static void add(struct set *s, int i)
{
    s->word[i / 64] |= UINT64_C(1) << (i % 64);
}

static bool has(const struct set *s, int i)
{
    return s->word[i / 64] >> (i % 64) & 1;
}

static void unite(struct set *a, const struct set *b)
{
    for (int i = 0; i < WORDS; i++)
        a->word[i] |= b->word[i];
}

static bool meet(const struct set *a, const struct set *b)
{
    for (int i = 0; i < WORDS; i++)
        if (a->word[i] & b->word[i])
            return true;
    return false;
}

static int rank_of(const struct event *e)
{
    return e->wrote ? e->rank : il_w.events[e->rf].rank;
}

/* mo, rb, rf and what follows from them, by rank: a store has its own, a read
 * has that of the store it took. */
static bool is_eco(const struct event *a, const struct event *b)
{
    if (a->loc < 0 || a->loc != b->loc || a == b)
        return false;
    int ra = rank_of(a), rb = rank_of(b);
    return ra < rb || (ra == rb && a->wrote && !b->wrote);
}

static bool is_scb(const struct event *a, const struct event *b)
{
    if (a == b)
        return false;
    bool hb = il_hb(a, b);
    if (a->thread == b->thread)
        return hb;
    if (a->loc >= 0 && a->loc == b->loc)
        return hb || (b->wrote && rank_of(a) < rank_of(b));
    return false;
}

/* sb!=loc ; hb ; sb!=loc : by the clocks of the neighbours at other
 * addresses. */
static bool is_far(const struct event *a, const struct event *b)
{
    return a != b && a->leave && b->away.at[a->thread] >= a->leave;
}

static bool is_node(const struct event *e)
{
    return e->kind == OP_FENCE || e->loc >= 0;
}

static bool sc_fence(const struct event *e)
{
    return e->kind == OP_FENCE && e->order == SEQ_CST;
}

/* The first steps: everything before the threads start is before everything
 * else and closes no circle. */
static void collect(const struct event *last)
{
    count = 0;
    for (const struct event *e = il_w.events; e <= last; e++) {
        if (!is_node(e) || e->epoch == 0)
            continue;
        if (count == MOST)
            il_stop(INCONCLUSIVE,
                    "more than %d atomic steps beside seq_cst ones", MOST);
        node[count++] = e;
    }
}

static void relate(void)
{
    for (int i = 0; i < count; i++) {
        scb[i] = eco[i] = before[i] = after[i] = (struct set){{0}};
        for (int j = 0; j < count; j++) {
            if (is_scb(node[i], node[j]) || is_far(node[i], node[j]))
                add(&scb[i], j);
            if (is_eco(node[i], node[j]))
                add(&eco[i], j);
            if (il_hb(node[j], node[i]))
                add(&before[i], j);
            if (il_hb(node[i], node[j]))
                add(&after[i], j);
        }
    }
}

static struct set image(const struct set *from, const struct set *relation)
{
    struct set out = {{0}};
    for (int i = 0; i < count; i++)
        if (has(from, i))
            unite(&out, &relation[i]);
    return out;
}

static void edges_from(int a)
{
    struct set self = {{0}};
    bool fence = sc_fence(node[a]);
    add(&self, a);
    struct set base = image(fence ? &after[a] : &self, scb);
    struct set far = fence ? image(&after[a], eco) : self;
    psc[a] = (struct set){{0}};
    for (int b = 0; b < count; b++) {
        if (node[b]->order != SEQ_CST || a == b)
            continue;
        bool edge = sc_fence(node[b]) ? meet(&base, &before[b]) : has(&base, b);
        if (fence && sc_fence(node[b]))
            edge |= has(&after[a], b) || meet(&far, &before[b]);
        if (edge)
            add(&psc[a], b);
    }
}

static bool loops(int a)
{
    if (node[a]->order != SEQ_CST)
        return false;
    struct set seen = psc[a];
    for (bool grew = true; grew;) {
        struct set old = seen;
        struct set more = image(&seen, psc);
        unite(&seen, &more);
        grew = false;
        for (int i = 0; i < WORDS; i++)
            grew |= old.word[i] != seen.word[i];
    }
    return has(&seen, a);
}

bool il_rc11_allows(const struct event *candidate)
{
    if (il_w.seq_cst < 2)
        return true;
    collect(candidate);
    relate();
    for (int i = 0; i < count; i++)
        if (node[i]->order == SEQ_CST)
            edges_from(i);
        else
            psc[i] = (struct set){{0}};
    for (int i = 0; i < count; i++)
        if (loops(i))
            return false;
    return true;
}
