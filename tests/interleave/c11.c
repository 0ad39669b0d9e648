/* SPDX-License-Identifier: MIT
 *
 * c11.c - the calls of threads.h, by those of threads.c and locks.c
 */
#include "redirect.h"
#include <errno.h>
#include <string.h>
#include <threads.h>

/* What a mtx_t holds here: its type. The C library's own use of it is not
 * needed, since no lock is taken for real. */
static int *type_of(mtx_t *m)
{
    return (int *)(void *)m;
}

static bool is_recursive(mtx_t *m)
{
    return *type_of(m) & mtx_recursive;
}

static int answer(int err)
{
    return err == 0 ? thrd_success : err == EBUSY ? thrd_busy : thrd_error;
}

struct c11_start {
    thrd_start_t run;
    void *arg;
};

static struct c11_start starts[THREADS];

static void *run_c11(void *arg)
{
    const struct c11_start *s = arg;
    return (void *)(intptr_t)s->run(s->arg);
}

int il_thrd_create(thrd_t *out, thrd_start_t run, void *arg);
int il_thrd_create(thrd_t *out, thrd_start_t run, void *arg)
{
    if (il_w.nthreads >= THREADS)
        return thrd_nomem;
    struct c11_start *s = &starts[il_w.nthreads];
    *s = (struct c11_start){run, arg};
    il_plain((uintptr_t)out, sizeof *out, true, CALLER);
    *out = (thrd_t)(il_w.nthreads + 1);
    il_start_thread(run_c11, s);
    return thrd_success;
}

int il_thrd_join(thrd_t thread, int *result);
int il_thrd_join(thrd_t thread, int *result)
{
    int id = (int)thread - 1;
    if (id < 0 || id >= il_w.nthreads || il_w.threads[id].joined)
        return thrd_error;
    void *value = NULL;
    il_thread_join(id, &value, CALLER);
    if (result)
        *result = (int)(intptr_t)value;
    return thrd_success;
}

int il_thrd_detach(thrd_t thread);
int il_thrd_detach(thrd_t thread)
{
    (void)thread;
    return thrd_success;
}

thrd_t il_thrd_current(void);
thrd_t il_thrd_current(void)
{
    return (thrd_t)(il_w.cur + 1);
}

int il_thrd_equal(thrd_t a, thrd_t b);
int il_thrd_equal(thrd_t a, thrd_t b)
{
    return a == b;
}

void il_thrd_yield(void);
void il_thrd_yield(void)
{
    il_sched_yield();
}

int il_thrd_sleep(const struct timespec *want, struct timespec *left);
int il_thrd_sleep(const struct timespec *want, struct timespec *left)
{
    return il_nanosleep(want, left);
}

void il_thrd_exit(int result) __attribute__((noreturn));
void il_thrd_exit(int result)
{
    ME->result = (void *)(intptr_t)result;
    il_thread_end();
}

/* ---- mutexes ---- */

int il_mtx_init(mtx_t *m, int type);
int il_mtx_init(mtx_t *m, int type)
{
    il_plain((uintptr_t)m, sizeof *m, true, CALLER);
    memset(m, 0, sizeof *m);
    *type_of(m) = type;
    return thrd_success;
}

void il_mtx_destroy(mtx_t *m);
void il_mtx_destroy(mtx_t *m)
{
    if (il_lock_at((uintptr_t)m)->owner >= 0)
        il_stop(ASSERTION, "thread %d destroys a locked mutex", il_w.cur);
}

int il_mtx_lock(mtx_t *m);
int il_mtx_lock(mtx_t *m)
{
    return answer(il_mutex_lock((uintptr_t)m, is_recursive(m), CALLER));
}

int il_mtx_trylock(mtx_t *m);
int il_mtx_trylock(mtx_t *m)
{
    return answer(il_mutex_trylock((uintptr_t)m, is_recursive(m), CALLER));
}

int il_mtx_unlock(mtx_t *m);
int il_mtx_unlock(mtx_t *m)
{
    return answer(il_mutex_unlock((uintptr_t)m, CALLER));
}

/* ---- condition variables ---- */

int il_cnd_init(cnd_t *c);
int il_cnd_init(cnd_t *c)
{
    il_plain((uintptr_t)c, sizeof *c, true, CALLER);
    memset(c, 0, sizeof *c);
    return thrd_success;
}

void il_cnd_destroy(cnd_t *c);
void il_cnd_destroy(cnd_t *c)
{
    (void)c;
}

int il_cnd_wait(cnd_t *c, mtx_t *m);
int il_cnd_wait(cnd_t *c, mtx_t *m)
{
    return answer(il_cond_wait((uintptr_t)c, (uintptr_t)m, false, CALLER));
}

int il_cnd_timedwait(cnd_t *c, mtx_t *m, const struct timespec *until);
int il_cnd_timedwait(cnd_t *c, mtx_t *m, const struct timespec *until)
{
    (void)until;
    int err = il_cond_wait((uintptr_t)c, (uintptr_t)m, true, CALLER);
    return err == ETIMEDOUT ? thrd_timedout : answer(err);
}

int il_cnd_signal(cnd_t *c);
int il_cnd_signal(cnd_t *c)
{
    return answer(il_cond_wake((uintptr_t)c, false, CALLER));
}

int il_cnd_broadcast(cnd_t *c);
int il_cnd_broadcast(cnd_t *c)
{
    return answer(il_cond_wake((uintptr_t)c, true, CALLER));
}

/* ---- keys, once ---- */

int il_tss_create(tss_t *out, tss_dtor_t destroy);
int il_tss_create(tss_t *out, tss_dtor_t destroy)
{
    return il_pthread_key_create(out, destroy) ? thrd_error : thrd_success;
}

void il_tss_delete(tss_t key);
void il_tss_delete(tss_t key)
{
    il_pthread_key_delete(key);
}

void *il_tss_get(tss_t key);
void *il_tss_get(tss_t key)
{
    return il_pthread_getspecific(key);
}

int il_tss_set(tss_t key, void *value);
int il_tss_set(tss_t key, void *value)
{
    return il_pthread_setspecific(key, value) ? thrd_error : thrd_success;
}

void il_call_once(once_flag *flag, void (*run)(void));
void il_call_once(once_flag *flag, void (*run)(void))
{
    il_pthread_once((pthread_once_t *)flag, run);
}
