/* SPDX-License-Identifier: MIT
 *
 * memory.c - atomic operations and fences, step by step
 *
 * Every store to an atomic variable is kept. A step finds its variable
 * (location.c), meets one of its stores (choose.c), and leaves what other
 * threads may learn from it.
 */
#include "memory.h"

bool il_hb(const struct event *a, const struct event *b)
{
    return b->hb.at[a->thread] >= a->epoch;
}

void il_join(struct clock *a, const struct clock *b)
{
    for (int i = 0; i < THREADS; i++)
        if (b->at[i] > a->at[i])
            a->at[i] = b->at[i];
}

static uint64_t cut(uint64_t v, int size)
{
    return size >= 8 ? v : v & ((UINT64_C(1) << (8 * size)) - 1);
}

/* ---- events ---- */

/* rc11.c asks which events lie between two at another address. */
void il_note_move(uint32_t epoch)
{
    struct thread *t = ME;
    if (t->last_loc < 0)
        return;
    for (int i = t->last_event; i >= t->run_first; i--)
        if (EVENT(i)->thread == il_w.cur && !EVENT(i)->leave &&
            EVENT(i)->loc == t->last_loc)
            EVENT(i)->leave = epoch;
    t->last_loc = -1;
    t->last_hb = t->hb;
}

/* Gives the event its place in its thread. */
void il_tick(struct event *e)
{
    struct thread *t = ME;
    int index = (int)(e - il_w.events);
    e->epoch = ++t->hb.at[il_w.cur];
    if (e->loc < 0 || e->loc != t->last_loc) {
        il_note_move(e->epoch);
        t->away_hb = t->last_hb;
        t->run_first = index;
        t->last_loc = e->loc;
    }
    if (e->loc < 0)
        e->leave = e->epoch + 1;
    e->away = t->away_hb;
    t->last_event = index;
}

static struct event *begin(const struct op *op, struct location *l)
{
    struct event *e = il_log(op);
    e->loc = (int)(l - il_w.locs);
    e->earlier = l->last;
    e->shown = il_shared(op->addr);
    il_heap_check(op, op->size, (int)(e - il_w.events));
    il_tick(e);
    if (op->order == SEQ_CST)
        il_w.seq_cst++;
    return e;
}

static void finish(struct event *e, struct location *l)
{
    struct thread *t = ME;
    /* a compare-and-swap counts as a store even when it fails: before it
     * runs nobody knows */
    bool writes = e->wrote || e->kind == OP_CAS;
    l->last = (int)(e - il_w.events);
    il_join(&t->deps, writes ? &l->accesses : &l->writes);
    t->deps.at[il_w.cur] = e->epoch;
    il_join(&l->accesses, &t->deps);
    if (writes)
        il_join(&l->writes, &t->deps);
    t->last_hb = t->hb;
    il_race_check(e->addr, e->size, e->wrote ? ATOMIC_WRITE : ATOMIC_READ,
                  l->last);
}

/* ---- effects ---- */

static void take(struct event *e, int store)
{
    struct thread *t = ME;
    if (il_acquires(e->order))
        il_join(&t->hb, &EVENT(store)->msg);
    else
        il_join(&t->unread, &EVENT(store)->msg);
    e->before = EVENT(store)->value;
    e->hb = t->hb;
}

static void renumber(const struct location *l)
{
    int rank = 0;
    for (int i = l->first; i >= 0; i = EVENT(i)->mo_next, rank += 2)
        EVENT(i)->rank = rank;
}

static void put(struct event *e, struct location *l, int after, uint64_t v)
{
    int index = (int)(e - il_w.events);
    e->value = cut(v, e->size);
    e->msg = il_releases(e->order) ? ME->hb : ME->fenced;
    if (e->rf >= 0)
        il_join(&e->msg, &EVENT(e->rf)->msg);
    e->mo_next = EVENT(after)->mo_next;
    EVENT(after)->mo_next = index;
    if (after == l->newest) {
        e->rank = EVENT(after)->rank + 2;
        l->newest = index;
        il_memory_set(l->addr, e->size, e->value);
    } else {
        renumber(l);
    }
    if (e->value == EVENT(after)->value)
        il_spin_read(e->pc, e->addr, e->loc, index);
    else
        il_spin_clear();
}

/* ---- the steps ---- */

static void announce(const struct op *op)
{
    bool shared = il_touch(op->addr, op->kind != OP_LOAD);
    il_point(op, shared);
}

/* At its variable, when it is this thread's turn. */
static struct event *arrive(const struct op *op, struct location **l)
{
    announce(op);
    *l = il_location_at(op->addr, op->size);
    return begin(op, *l);
}

uint64_t il_load(uintptr_t a, int size, int order, uintptr_t pc)
{
    struct op op = {OP_LOAD, (uint8_t)order, (uint8_t)size, a, pc, 0};
    struct location *l;
    struct event *e = arrive(&op, &l);
    struct attempt try = {
        .e = e, .l = l, .success = order, .failure = -1, .reads = true};
    int store = il_choose(&try);
    take(e, store);
    e->value = e->before;
    il_spin_read(pc, a, e->loc, store);
    finish(e, l);
    return e->value;
}

void il_store(uintptr_t a, int size, uint64_t v, int order, uintptr_t pc)
{
    struct op op = {OP_STORE, (uint8_t)order, (uint8_t)size, a, pc, 0};
    struct location *l;
    struct event *e = arrive(&op, &l);
    struct attempt try = {
        .e = e, .l = l, .success = order, .failure = -1, .writes = true};
    int store = il_choose(&try);
    e->before = EVENT(store)->value;
    put(e, l, store, v);
    finish(e, l);
}

static uint64_t apply(int how, uint64_t old, uint64_t v)
{
    switch (how) {
    case '+': return old + v;
    case '-': return old - v;
    case '&': return old & v;
    case '|': return old | v;
    case '^': return old ^ v;
    case 'n': return ~(old & v);
    default: return v;
    }
}

uint64_t il_rmw(uintptr_t a, int size, int how, uint64_t v, int order,
                uintptr_t pc)
{
    struct op op = {OP_RMW, (uint8_t)order, (uint8_t)size, a, pc, 0};
    struct location *l;
    struct event *e = arrive(&op, &l);
    struct attempt try = {.e = e,
                          .l = l,
                          .success = order,
                          .failure = -1,
                          .reads = true,
                          .writes = true};
    int store = il_choose(&try);
    take(e, store);
    put(e, l, store, apply(how, e->before, v));
    finish(e, l);
    return e->before;
}

bool il_cas(uintptr_t a, int size, uint64_t *expected, uint64_t v, int order,
            int fail_order, uintptr_t pc)
{
    struct op op = {OP_CAS, (uint8_t)order, (uint8_t)size, a, pc, 0};
    struct location *l;
    struct event *e = arrive(&op, &l);
    struct attempt try = {.e = e,
                          .l = l,
                          .success = order,
                          .failure = fail_order,
                          .expected = cut(*expected, size),
                          .reads = true,
                          .writes = true};
    int store = il_choose(&try);
    take(e, store);
    if (e->wrote) {
        put(e, l, store, v);
    } else {
        e->value = *expected = e->before;
        il_spin_read(pc, a, e->loc, store);
    }
    finish(e, l);
    return e->wrote;
}

void il_fence(int order, uintptr_t pc)
{
    struct thread *t = ME;
    struct op op = {OP_FENCE, (uint8_t)order, 0, 0, pc, 0};
    il_point(&op, false);
    struct event *e = il_log(&op);
    e->shown = true;
    il_tick(e);
    if (order == SEQ_CST)
        il_w.seq_cst++;
    if (il_acquires(order))
        il_join(&t->hb, &t->unread);
    if (il_releases(order))
        t->fenced = t->hb;
    e->hb = t->last_hb = t->hb;
    t->deps.at[il_w.cur] = e->epoch;
}

static void store_seen(struct location *l)
{
    struct op op = {OP_WRITE, RELAXED, l->size, l->addr, 0, 0};
    struct event *e = begin(&op, l);
    e->wrote = true;
    e->hb = ME->hb;
    e->rank = EVENT(l->newest)->rank + 2;
    EVENT(l->newest)->mo_next = (int)(e - il_w.events);
    l->newest = (int)(e - il_w.events);
    l->refresh = true;
    l->last = l->newest;
    ME->last_hb = ME->hb;
}

/* A plain store to variables that were used as atomic ones: initialisation of
 * memory that is used again, often of several by one memset(). Their values are
 * not in memory yet. */
void il_plain_store_seen(uintptr_t a, size_t size)
{
    for (int i = 0; i < il_w.nlocs; i++) {
        struct location *l = &il_w.locs[i];
        if (l->addr < a + size && a < l->addr + l->size)
            store_seen(l);
    }
}
