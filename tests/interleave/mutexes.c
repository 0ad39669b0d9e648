/* SPDX-License-Identifier: MIT
 *
 * mutexes.c - POSIX mutexes, read-write locks and spin locks
 */
#include "locks.h"
#include <errno.h>
#include <string.h>

/* ---- mutexes ---- */

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
    struct lock *l = il_lock_step(OP_RDLOCK, (uintptr_t)rw, true, CALLER);
    enter(l);
    il_lock_settle(l, OP_RDLOCK, CALLER, 1);
    return 0;
}

int il_pthread_rwlock_wrlock(pthread_rwlock_t *rw)
{
    return il_mutex_lock((uintptr_t)rw, false, CALLER);
}

int il_pthread_rwlock_tryrdlock(pthread_rwlock_t *rw)
{
    struct lock *l = il_lock_step(OP_TRYLOCK, (uintptr_t)rw,
                                  il_lock_ask((uintptr_t)rw), CALLER);
    bool ok = l->owner < 0;
    if (ok)
        enter(l);
    il_lock_settle(l, OP_TRYLOCK, CALLER, ok);
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
        il_lock_refuse(&(struct op){OP_UNLOCK, 0, 0, (uintptr_t)rw, CALLER, 0},
                       "unlocks a lock that it does not hold");
    l = il_lock_step(OP_UNLOCK, (uintptr_t)rw, il_lock_was_asked((uintptr_t)rw),
                     CALLER);
    l->readers--;
    l->turn++;
    il_lock_settle(l, OP_UNLOCK, CALLER, 0);
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
