/* SPDX-License-Identifier: MIT
 *
 * memory.c - what an atomic read may see, and where an atomic store may land
 *
 * Every store to an atomic variable is kept. The stores of one variable stand
 * in modification order, a list in which each has a rank. A read takes any
 * store that is not forbidden, a store may land anywhere that is not
 * forbidden, and the strategy chooses; the newest is choice 0.
 *
 * Forbidden is what RC11 forbids:
 *   coherence   a store older than one that this thread knows of, that is
 *               than any store that happens before, or that was read by
 *               something that happens before;
 *   atomicity   to land between a store and the read-modify-write that
 *               read it;
 *   seq_cst     what closes a circle of seq_cst accesses and fences: rc11.c.
 * Taking the newest is never forbidden, so every execution can go on.
 *
 * One more thing is left out, because it leads nowhere new: to pass over a
 * newer store that could as well have come later. That execution is explored
 * by running this thread first. What remains are the results that no order of
 * running explains, so that "an older value" in a report means weak memory.
 */
#include "state.h"

enum { BUCKETS = 4096, CHOICES = 64 };

static struct {
    uint32_t stamp;
    int loc;
} buckets[BUCKETS];

#define EVENT(i) (&il_w.events[i])

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

/* ---- plain memory behind an atomic ---- */

static uint64_t memory_get(uintptr_t a, int size)
{
    switch (size) {
    case 1: return *(volatile uint8_t *)a;
    case 2: return *(volatile uint16_t *)a;
    case 4: return *(volatile uint32_t *)a;
    default: return *(volatile uint64_t *)a;
    }
}

static void memory_set(uintptr_t a, int size, uint64_t v)
{
    switch (size) {
    case 1: *(volatile uint8_t *)a = (uint8_t)v; break;
    case 2: *(volatile uint16_t *)a = (uint16_t)v; break;
    case 4: *(volatile uint32_t *)a = (uint32_t)v; break;
    default: *(volatile uint64_t *)a = v; break;
    }
}

static uint64_t cut(uint64_t v, int size)
{
    return size >= 8 ? v : v & ((UINT64_C(1) << (8 * size)) - 1);
}

/* ---- locations ---- */

/* The bucket of the address, or the free one where it would go. There are
 * fewer locations than buckets, so there is one. */
static unsigned bucket_of(uintptr_t a)
{
    unsigned h = (unsigned)((a * UINT64_C(0x9E3779B97F4A7C15)) >> 52);
    while (buckets[h].stamp == il_w.stamp &&
           il_w.locs[buckets[h].loc].addr != a)
        h = (h + 1) % BUCKETS;
    return h;
}

static struct location *find_location(uintptr_t a)
{
    unsigned h = bucket_of(a);
    return buckets[h].stamp == il_w.stamp ? &il_w.locs[buckets[h].loc] : NULL;
}

/* The value that the variable has before the first atomic access to it. */
static int first_store(int loc, uintptr_t a, int size)
{
    if (il_w.nevents >= EVENTS)
        il_stop(INCONCLUSIVE, "an execution has more than %d steps", EVENTS);
    struct event *e = EVENT(il_w.nevents);
    *e = (struct event){.kind = OP_NONE,
                        .size = (uint8_t)size,
                        .wrote = true,
                        .addr = a,
                        .value = memory_get(a, size),
                        .loc = loc,
                        .rf = -1,
                        .earlier = -1,
                        .mo_next = -1};
    return il_w.nevents++;
}

static struct location *add_location(uintptr_t a, int size)
{
    if (il_w.nlocs >= LOCATIONS)
        il_stop(INCONCLUSIVE, "more than %d atomic variables", LOCATIONS);
    unsigned h = bucket_of(a);
    int loc = il_w.nlocs++;
    int first = first_store(loc, a, size);
    il_w.locs[loc] = (struct location){.addr = a,
                                       .size = (uint8_t)size,
                                       .first = first,
                                       .newest = first,
                                       .last = first};
    buckets[h].stamp = il_w.stamp;
    buckets[h].loc = loc;
    return &il_w.locs[loc];
}

static struct location *location_at(uintptr_t a, int size)
{
    struct location *l = find_location(a);
    if (!l)
        l = add_location(a, size);
    if (l->size != size)
        il_stop(INCONCLUSIVE, "one atomic variable is used in two sizes");
    if (l->refresh) {
        EVENT(l->newest)->value = memory_get(a, size);
        l->refresh = false;
    }
    return l;
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

/* ---- what the thread knows ---- */

static int rank_known(const struct event *e)
{
    return e->wrote ? e->rank : EVENT(e->rf)->rank;
}

/* The lowest rank that this thread may still read. */
static int floor_of(const struct location *l, const struct event *now)
{
    int floor = 0;
    for (int i = l->last; i >= 0; i = EVENT(i)->earlier) {
        const struct event *e = EVENT(i);
        if (ME->hb.at[e->thread] >= e->epoch && e != now &&
            rank_known(e) > floor)
            floor = rank_known(e);
    }
    return floor;
}

/* Could the step have come before a store that it now passes over? Then that
 * execution is found elsewhere. Looks back from now: once a step on the
 * variable must stay before this one, so must all that lie before it. */
static bool could_come_earlier(const struct location *l, int rank, bool writes)
{
    for (int i = l->last; i >= 0; i = EVENT(i)->earlier) {
        const struct event *e = EVENT(i);
        if (!e->wrote) {
            if (writes && EVENT(e->rf)->rank <= rank)
                return false;
        } else if (e->rank <= rank) {
            return false;
        } else if (ME->deps.at[e->thread] < e->epoch) {
            return true;
        }
    }
    return false;
}

static bool followed_by_rmw(int store)
{
    int next = EVENT(store)->mo_next;
    return next >= 0 && EVENT(next)->rf == store;
}

/* ---- choices ---- */

/* What one kind of step does when it meets a store. */
struct attempt {
    struct event *e;
    struct location *l;
    int success, failure; /* orders; failure < 0: it cannot fail */
    uint64_t expected;    /* of a compare-and-swap */
    bool reads, writes;
};

static bool would_write(const struct attempt *a, int store)
{
    return a->writes && (a->failure < 0 || EVENT(store)->value == a->expected);
}

/* Fills in the event as if it met this store. */
static void suppose(const struct attempt *a, int store)
{
    struct event *e = a->e;
    e->wrote = would_write(a, store);
    e->order = (uint8_t)(e->wrote || a->failure < 0 ? a->success : a->failure);
    e->rf = a->reads ? store : -1;
    e->rank = e->wrote ? EVENT(store)->rank + 1 : 0;
    e->hb = ME->hb;
    if (a->reads && il_acquires(e->order))
        il_join(&e->hb, &EVENT(store)->msg);
}

static bool allowed(const struct attempt *a, int store)
{
    if (store == a->l->newest)
        return true;
    bool writes = would_write(a, store);
    if (writes && followed_by_rmw(store))
        return false;
    if (could_come_earlier(a->l, EVENT(store)->rank, writes))
        return false;
    suppose(a, store);
    return il_rc11_allows(a->e);
}

/* Lists the stores that the step may meet, the newest first. */
static int list(const struct attempt *a, int *out, int limit)
{
    int site = a->reads ? il_spin_find(a->e->pc, a->e->addr) : -1;
    int seen = site >= 0 ? EVENT(ME->sites[site].store)->rank : -1;
    int floor = floor_of(a->l, a->e), n = 0;
    int order[CHOICES], count = 0;
    for (int i = a->l->first; i >= 0; i = EVENT(i)->mo_next)
        if (EVENT(i)->rank >= floor &&
            (EVENT(i)->rank > seen || i == a->l->newest)) {
            if (count == CHOICES)
                il_stop(INCONCLUSIVE, "more than %d stores to choose from",
                        CHOICES);
            order[count++] = i;
        }
    while (count > 0 && n < limit)
        if (allowed(a, order[--count]))
            out[n++] = order[count];
    return n;
}

static int choose(const struct attempt *a)
{
    int stores[CHOICES], n = 1, pick = 0;
    stores[0] = a->l->newest;
    if (il_o.weak && il_w.nthreads > 1 && a->l->newest != a->l->first) {
        bool bounded = il_w.stale >= il_o.stale_reads;
        n = list(a, stores, bounded ? 2 : CHOICES);
        if (bounded && n > 1) {
            il_s.cut = true;
            n = 1;
        }
    }
    if (n > 1)
        pick = il_strategy->value(n);
    if (pick > 0) {
        il_token_choice(pick);
        il_w.stale++;
        a->e->skipped = (uint16_t)pick;
        a->e->latest = a->l->newest;
    }
    suppose(a, stores[pick]);
    return stores[pick];
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
        memory_set(l->addr, e->size, e->value);
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

uint64_t il_load(uintptr_t a, int size, int order, uintptr_t pc)
{
    struct op op = {OP_LOAD, (uint8_t)order, (uint8_t)size, a, pc, 0};
    announce(&op);
    struct location *l = location_at(a, size);
    struct event *e = begin(&op, l);
    struct attempt try = {
        .e = e, .l = l, .success = order, .failure = -1, .reads = true};
    int store = choose(&try);
    take(e, store);
    e->value = e->before;
    il_spin_read(pc, a, e->loc, store);
    finish(e, l);
    return e->value;
}

void il_store(uintptr_t a, int size, uint64_t v, int order, uintptr_t pc)
{
    struct op op = {OP_STORE, (uint8_t)order, (uint8_t)size, a, pc, 0};
    announce(&op);
    struct location *l = location_at(a, size);
    struct event *e = begin(&op, l);
    struct attempt try = {
        .e = e, .l = l, .success = order, .failure = -1, .writes = true};
    int store = choose(&try);
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
    announce(&op);
    struct location *l = location_at(a, size);
    struct event *e = begin(&op, l);
    struct attempt try = {.e = e,
                          .l = l,
                          .success = order,
                          .failure = -1,
                          .reads = true,
                          .writes = true};
    int store = choose(&try);
    take(e, store);
    put(e, l, store, apply(how, e->before, v));
    finish(e, l);
    return e->before;
}

bool il_cas(uintptr_t a, int size, uint64_t *expected, uint64_t v, int order,
            int fail_order, uintptr_t pc)
{
    struct op op = {OP_CAS, (uint8_t)order, (uint8_t)size, a, pc, 0};
    announce(&op);
    struct location *l = location_at(a, size);
    struct event *e = begin(&op, l);
    struct attempt try = {.e = e,
                          .l = l,
                          .success = order,
                          .failure = fail_order,
                          .expected = cut(*expected, size),
                          .reads = true,
                          .writes = true};
    int store = choose(&try);
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

/* A plain store to a variable that was used as an atomic one: initialisation
 * of memory that is used again. Its value is not in memory yet. */
void il_plain_store_seen(uintptr_t a, int size)
{
    struct location *l = find_location(a);
    if (!l)
        return;
    struct op op = {OP_WRITE, RELAXED, (uint8_t)size, a, 0, 0};
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
