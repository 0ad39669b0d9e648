/* SPDX-License-Identifier: MIT
 *
 * condition.c - condition variables
 *
 * A wait gives the mutex back and sleeps in one step. Nobody wakes without a
 * reason here: that is on the list of what is not modelled.
 */
#include "locks.h"
#include <errno.h>
#include <string.h>

/* Gives the mutex back and sleeps in one step, then takes it again. */
int il_cond_wait(uintptr_t c, uintptr_t m, bool timed, uintptr_t pc)
{
    struct lock *l = il_lock_at(m);
    if (l->owner != il_w.cur)
        il_lock_refuse(&(struct op){OP_WAIT, 0, 0, m, pc, 0},
                       "waits with a mutex that it does not hold");
    struct lock *cond = il_lock_step(OP_WAIT, c, true, pc);
    struct op give = {OP_UNLOCK, 0, 0, m, pc, 0};
    il_done(&give);
    il_lock_settle(cond, OP_WAIT, pc, 0);
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
    il_lock_step(OP_LOCK, m, true, pc);
    t->waiting_on = -1;
    il_lock_take(l);
    l->depth = depth;
    il_lock_settle(l, OP_LOCK, pc, 1);
    il_s.foreign |= 1u << FOREIGN_SPURIOUS;
    return t->timed_out ? ETIMEDOUT : 0;
}

int il_cond_wake(uintptr_t c, bool all, uintptr_t pc)
{
    int kind = all ? OP_BROADCAST : OP_SIGNAL;
    struct lock *cond = il_lock_step(kind, c, true, pc);
    int waiting[THREADS], n = 0;
    for (int i = 0; i < il_w.nthreads; i++)
        if (il_w.threads[i].waiting_on == (int)(cond - il_w.locks) &&
            !il_w.threads[i].woken)
            waiting[n++] = i;
    il_lock_settle(cond, kind, pc, (uint64_t)n);
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
