/* SPDX-License-Identifier: MIT
 *
 * redirect.h - functions that stand in for those of the C library
 *
 * `redirect.syms` renames, in the object files of the program under test, each
 * call of pthread_mutex_lock to il_pthread_mutex_lock, and so on. They are
 * only reached from there, so the explorer is always running.
 */
#ifndef IL_REDIRECT_H
#define IL_REDIRECT_H

#include "state.h"
#include <pthread.h>
#include <time.h>

int il_start_thread(void *(*run)(void *), void *arg);

int il_pthread_create(pthread_t *out, const pthread_attr_t *attr,
                      void *(*run)(void *), void *arg);
int il_pthread_join(pthread_t thread, void **result);
int il_pthread_detach(pthread_t thread);
void il_pthread_exit(void *result) __attribute__((noreturn));
pthread_t il_pthread_self(void);
int il_pthread_equal(pthread_t a, pthread_t b);
int il_sched_yield(void);
int il_nanosleep(const struct timespec *want, struct timespec *left);
int il_usleep(unsigned us);

int il_pthread_key_create(pthread_key_t *out, void (*destroy)(void *));
int il_pthread_key_delete(pthread_key_t key);
void *il_pthread_getspecific(pthread_key_t key);
int il_pthread_setspecific(pthread_key_t key, const void *value);
int il_pthread_once(pthread_once_t *once, void (*run)(void));

int il_pthread_mutex_init(pthread_mutex_t *m, const pthread_mutexattr_t *a);
int il_pthread_mutex_destroy(pthread_mutex_t *m);
int il_pthread_mutex_lock(pthread_mutex_t *m);
int il_pthread_mutex_trylock(pthread_mutex_t *m);
int il_pthread_mutex_unlock(pthread_mutex_t *m);

int il_pthread_rwlock_init(pthread_rwlock_t *l, const pthread_rwlockattr_t *a);
int il_pthread_rwlock_destroy(pthread_rwlock_t *l);
int il_pthread_rwlock_rdlock(pthread_rwlock_t *l);
int il_pthread_rwlock_wrlock(pthread_rwlock_t *l);
int il_pthread_rwlock_tryrdlock(pthread_rwlock_t *l);
int il_pthread_rwlock_trywrlock(pthread_rwlock_t *l);
int il_pthread_rwlock_unlock(pthread_rwlock_t *l);

int il_pthread_spin_init(pthread_spinlock_t *l, int shared);
int il_pthread_spin_destroy(pthread_spinlock_t *l);
int il_pthread_spin_lock(pthread_spinlock_t *l);
int il_pthread_spin_trylock(pthread_spinlock_t *l);
int il_pthread_spin_unlock(pthread_spinlock_t *l);

int il_pthread_cond_init(pthread_cond_t *c, const pthread_condattr_t *a);
int il_pthread_cond_destroy(pthread_cond_t *c);
int il_pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m);
int il_pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m,
                              const struct timespec *until);
int il_pthread_cond_signal(pthread_cond_t *c);
int il_pthread_cond_broadcast(pthread_cond_t *c);

/* The same with the caller's place in the program, for threads.h. */
int il_mutex_lock(uintptr_t m, bool recursive, uintptr_t pc);
int il_mutex_trylock(uintptr_t m, bool recursive, uintptr_t pc);
int il_mutex_unlock(uintptr_t m, uintptr_t pc);
int il_cond_wait(uintptr_t c, uintptr_t m, bool timed, uintptr_t pc);
int il_cond_wake(uintptr_t c, bool all, uintptr_t pc);

#endif
