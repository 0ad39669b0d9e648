/* SPDX-License-Identifier: MIT
 *
 * locks.c - mutexes, read-write locks, spin locks, condition variables
 *
 * A lock is known by its address; what lies there is only looked at for the
 * kind of mutex. Giving a lock back is no choice of the scheduler (who waits
 * for it can run no earlier), unless somebody asks for it without waiting.
 */
#include "redirect.h"
#include <errno.h>
#include <string.h>

struct lock *il_lock_at(uintptr_t addr)
{
    for (int i = 0; i < il_w.nlocks; i++)
        if (il_w.locks[i].addr == addr)
            return &il_w.locks[i];
    if (il_w.nlocks >= LOCKS)
        il_stop(INCONCLUSIVE, "more than %d locks", LOCKS);
    struct lock *l = &il_w.locks[il_w.nlocks++];
    memset(l, 0, sizeof *l);
    l->addr = addr;
    l->owner = -1;
    return l;
}

bool il_lock_free(const struct op *op)
{
    const struct lock *l = il_lock_at(op->addr);
    if (op->kind == OP_RDLOCK)
        return l->owner < 0;
    return l->owner < 0 && l->readers == 0;
}

static void log_lock(const struct op *op, uint64_t value)
{
    struct event *e = il_log(op);
    e->value = value;
    e->shown = il_shared(op->addr);
    il_tick(e);
    e->hb = ME->last_hb = ME->hb;
    ME->deps.at[il_w.cur] = e->epoch;
}

/* Stops at the step, and takes part in the order of steps on this lock. */
static struct lock *step(int kind, uintptr_t addr, bool visible, uintptr_t pc)
{
    struct op op = {(uint8_t)kind, 0, 0, addr, pc, 0};
    bool shared = il_touch(addr, true);
    il_point(&op, visible && (shared || ME->waiting_on >= 0));
    il_heap_check(&op, 1, -1);
    struct lock *l = il_lock_at(addr);
    il_join(&ME->deps, &l->deps);
    return l;
}

static void settle(struct lock *l, int kind, uintptr_t pc, uint64_t value)
{
    struct op op = {(uint8_t)kind, 0, 0, l->addr, pc, 0};
    log_lock(&op, value);
    il_join(&l->deps, &ME->deps);
    int id = -1 - (int)(l - il_w.locks);
    for (int i = 0; i < ME->nsites; i++)
        if (ME->sites[i].loc == id)
            ME->sites[i].store = l->turn;
    il_spin_read(pc, l->addr, id, l->turn);
}

/* POSIX leaves the behaviour undefined. */
static void refuse(const struct op *op, const char *what)
{
    il_share(op->addr);
    log_lock(op, 0);
    il_culprit(il_w.nevents - 1, -1);
    il_expected("who does that holds it");
    il_got("nobody or another thread does");
    il_stop(ASSERTION, "thread %d %s", il_w.cur, what);
}

static void take(struct lock *l)
{
    l->owner = il_w.cur;
    l->depth = 1;
    l->turn++;
    il_join(&ME->hb, &l->hb);
    il_join(&ME->hb, &l->read);
}

/* ---- mutexes ---- */

int il_mutex_lock(uintptr_t m, bool recursive, uintptr_t pc)
{
    struct lock *l = il_lock_at(m);
    if (l->owner == il_w.cur) {
        if (!recursive) {
            ME->next = (struct op){OP_LOCK, 0, 0, m, pc, 0};
            il_share(m);
            log_lock(&ME->next, 0);
            il_culprit(il_w.nevents - 1, -1);
            il_stop(DEADLOCK, "thread %d locks what it holds already",
                    il_w.cur);
        }
        l->depth++;
        return 0;
    }
    l = step(OP_LOCK, m, true, pc);
    take(l);
    settle(l, OP_LOCK, pc, 1);
    return 0;
}

/* Somebody asks without waiting: now it matters when the lock is given back,
 * so giving it back becomes a step. */
static bool ask(uintptr_t m)
{
    static const uintptr_t mark = (uintptr_t)1 << 63;
    if (!il_shared(m ^ mark)) {
        il_touch(m ^ mark, true);
        il_share(m ^ mark);
    }
    return true;
}

static bool was_asked(uintptr_t m)
{
    return il_shared(m ^ (uintptr_t)1 << 63);
}

int il_mutex_trylock(uintptr_t m, bool recursive, uintptr_t pc)
{
    struct lock *l = step(OP_TRYLOCK, m, ask(m), pc);
    bool mine = recursive && l->owner == il_w.cur;
    bool ok = mine || (l->owner < 0 && l->readers == 0);
    if (mine)
        l->depth++;
    else if (ok)
        take(l);
    settle(l, OP_TRYLOCK, pc, ok);
    return ok ? 0 : EBUSY;
}

int il_mutex_unlock(uintptr_t m, uintptr_t pc)
{
    struct lock *l = il_lock_at(m);
    if (l->owner != il_w.cur)
        refuse(&(struct op){OP_UNLOCK, 0, 0, m, pc, 0},
               "unlocks a mutex that it does not hold");
    if (--l->depth > 0)
        return 0;
    l = step(OP_UNLOCK, m, was_asked(m), pc);
    l->owner = -1;
    l->turn++;
    settle(l, OP_UNLOCK, pc, 0);
    l->hb = ME->hb;
    return 0;
}

static bool is_recursive(const pthread_mutex_t *m)
{
    return (m->__data.__kind & 3) == PTHREAD_MUTEX_RECURSIVE;
}

int il_pthread_mutex_init(pthread_mutex_t *m, const pthread_mutexattr_t *a)
{
    int kind = PTHREAD_MUTEX_NORMAL;
    if (a)
        pthread_mutexattr_gettype(a, &kind);
    il_plain((uintptr_t)m, sizeof *m, true, CALLER);
    memset(m, 0, sizeof *m);
    m->__data.__kind = kind;
    return 0;
}

int il_pthread_mutex_destroy(pthread_mutex_t *m)
{
    if (il_lock_at((uintptr_t)m)->owner >= 0)
        il_stop(ASSERTION, "thread %d destroys a locked mutex", il_w.cur);
    return 0;
}

int il_pthread_mutex_lock(pthread_mutex_t *m)
{
    return il_mutex_lock((uintptr_t)m, is_recursive(m), CALLER);
}

int il_pthread_mutex_trylock(pthread_mutex_t *m)
{
    return il_mutex_trylock((uintptr_t)m, is_recursive(m), CALLER);
}

int il_pthread_mutex_unlock(pthread_mutex_t *m)
{
    return il_mutex_unlock((uintptr_t)m, CALLER);
}

/* ---- read-write locks ---- */

int il_pthread_rwlock_init(pthread_rwlock_t *l, const pthread_rwlockattr_t *a)
{
    (void)a;
    il_plain((uintptr_t)l, sizeof *l, true, CALLER);
    memset(l, 0, sizeof *l);
    return 0;
}

int il_pthread_rwlock_destroy(pthread_rwlock_t *l)
{
    (void)l;
    return 0;
}

static void enter(struct lock *l)
{
    l->readers++;
    il_join(&ME->hb, &l->hb);
}

int il_pthread_rwlock_rdlock(pthread_rwlock_t *rw)
{
    struct lock *l = step(OP_RDLOCK, (uintptr_t)rw, true, CALLER);
    enter(l);
    settle(l, OP_RDLOCK, CALLER, 1);
    return 0;
}

int il_pthread_rwlock_wrlock(pthread_rwlock_t *rw)
{
    return il_mutex_lock((uintptr_t)rw, false, CALLER);
}

int il_pthread_rwlock_tryrdlock(pthread_rwlock_t *rw)
{
    struct lock *l =
        step(OP_TRYLOCK, (uintptr_t)rw, ask((uintptr_t)rw), CALLER);
    bool ok = l->owner < 0;
    if (ok)
        enter(l);
    settle(l, OP_TRYLOCK, CALLER, ok);
    return ok ? 0 : EBUSY;
}

int il_pthread_rwlock_trywrlock(pthread_rwlock_t *rw)
{
    return il_mutex_trylock((uintptr_t)rw, false, CALLER);
}

int il_pthread_rwlock_unlock(pthread_rwlock_t *rw)
{
    struct lock *l = il_lock_at((uintptr_t)rw);
    if (l->owner == il_w.cur)
        return il_mutex_unlock((uintptr_t)rw, CALLER);
    if (l->readers == 0)
        refuse(&(struct op){OP_UNLOCK, 0, 0, (uintptr_t)rw, CALLER, 0},
               "unlocks a lock that it does not hold");
    l = step(OP_UNLOCK, (uintptr_t)rw, was_asked((uintptr_t)rw), CALLER);
    l->readers--;
    l->turn++;
    settle(l, OP_UNLOCK, CALLER, 0);
    il_join(&l->read, &ME->hb);
    return 0;
}

/* ---- spin locks: a mutex without kinds ---- */

int il_pthread_spin_init(pthread_spinlock_t *l, int shared)
{
    (void)shared;
    il_plain((uintptr_t)l, sizeof *l, true, CALLER);
    *l = 0;
    return 0;
}

int il_pthread_spin_destroy(pthread_spinlock_t *l)
{
    (void)l;
    return 0;
}

int il_pthread_spin_lock(pthread_spinlock_t *l)
{
    return il_mutex_lock((uintptr_t)l, false, CALLER);
}

int il_pthread_spin_trylock(pthread_spinlock_t *l)
{
    return il_mutex_trylock((uintptr_t)l, false, CALLER);
}

int il_pthread_spin_unlock(pthread_spinlock_t *l)
{
    return il_mutex_unlock((uintptr_t)l, CALLER);
}

/* ---- condition variables ---- */

/* Gives the mutex back and sleeps in one step, then takes it again. */
int il_cond_wait(uintptr_t c, uintptr_t m, bool timed, uintptr_t pc)
{
    struct lock *l = il_lock_at(m);
    if (l->owner != il_w.cur)
        refuse(&(struct op){OP_WAIT, 0, 0, m, pc, 0},
               "waits with a mutex that it does not hold");
    struct lock *cond = step(OP_WAIT, c, true, pc);
    struct op give = {OP_UNLOCK, 0, 0, m, pc, 0};
    il_done(&give);
    settle(cond, OP_WAIT, pc, 0);
    int depth = l->depth;
    l->owner = -1;
    l->turn++;
    l->hb = ME->hb;
    il_join(&ME->deps, &l->deps);
    il_join(&l->deps, &ME->deps);
    struct thread *t = ME;
    t->waiting_on = (int)(cond - il_w.locks);
    t->timed = timed;
    t->woken = t->timed_out = false;
    step(OP_LOCK, m, true, pc);
    t->waiting_on = -1;
    take(l);
    l->depth = depth;
    settle(l, OP_LOCK, pc, 1);
    il_s.foreign |= 1u << FOREIGN_SPURIOUS;
    return t->timed_out ? ETIMEDOUT : 0;
}

int il_cond_wake(uintptr_t c, bool all, uintptr_t pc)
{
    int kind = all ? OP_BROADCAST : OP_SIGNAL;
    struct lock *cond = step(kind, c, true, pc);
    int waiting[THREADS], n = 0;
    for (int i = 0; i < il_w.nthreads; i++)
        if (il_w.threads[i].waiting_on == (int)(cond - il_w.locks) &&
            !il_w.threads[i].woken)
            waiting[n++] = i;
    settle(cond, kind, pc, (uint64_t)n);
    struct event *e = &il_w.events[il_w.nevents - 1];
    il_spin_clear();
    if (!all && n > 1) {
        int lucky = il_strategy->value(n);
        il_token_choice(lucky);
        waiting[0] = waiting[lucky];
        n = 1;
    }
    /* one woken thread is told by its number: -1 is thread 0 */
    e->value = n == 1 ? (uint64_t)(-1 - waiting[0]) : (uint64_t)n;
    for (int i = 0; i < n; i++) {
        il_w.threads[waiting[i]].woken = true;
        il_join(&il_w.threads[waiting[i]].deps, &ME->deps);
    }
    return 0;
}

int il_pthread_cond_init(pthread_cond_t *c, const pthread_condattr_t *a)
{
    (void)a;
    il_plain((uintptr_t)c, sizeof *c, true, CALLER);
    memset(c, 0, sizeof *c);
    return 0;
}

int il_pthread_cond_destroy(pthread_cond_t *c)
{
    (void)c;
    return 0;
}

int il_pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m)
{
    return il_cond_wait((uintptr_t)c, (uintptr_t)m, false, CALLER);
}

int il_pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m,
                              const struct timespec *until)
{
    (void)until;
    return il_cond_wait((uintptr_t)c, (uintptr_t)m, true, CALLER);
}

int il_pthread_cond_signal(pthread_cond_t *c)
{
    return il_cond_wake((uintptr_t)c, false, CALLER);
}

int il_pthread_cond_broadcast(pthread_cond_t *c)
{
    return il_cond_wake((uintptr_t)c, true, CALLER);
}
