/* SPDX-License-Identifier: MIT
 *
 * threads.c - creating, joining and ending threads; keys; once
 *
 * A new thread runs at once up to its first step that others can see, then its
 * creator goes on: so at every scheduling point each thread's next step is
 * known. The calls of pthread.h are here; c11.c has those of threads.h.
 */
#include "redirect.h"
#include <errno.h>
#include <string.h>

enum { ROUNDS = 4 }; /* PTHREAD_DESTRUCTOR_ITERATIONS */

static void log_step(const struct op *op, uint64_t value)
{
    struct event *e = il_log(op);
    e->shown = true;
    e->value = value;
    il_tick(e);
    e->hb = ME->last_hb = ME->hb;
    ME->deps.at[il_w.cur] = e->epoch;
}

static void reset(struct thread *t)
{
    void *stack = t->stack, *tls = t->tls;
    memset(t, 0, offsetof(struct thread, frames));
    t->depth = t->nsites = 0;
    t->held = false;
    memset(&t->last_hb, 0, sizeof t->last_hb);
    memset(&t->away_hb, 0, sizeof t->away_hb);
    memset(t->keys, 0, sizeof t->keys);
    t->stack = stack;
    t->tls = tls;
    t->parent = t->waiting_on = t->last_loc = t->last_event = -1;
    t->pending = -1;
    t->run_first = 0;
}

int il_thread_create(void *(*run)(void *), void *arg, uintptr_t pc)
{
    if (il_w.nthreads >= THREADS)
        il_stop(INCONCLUSIVE, "more than %d threads", THREADS);
    int id = il_w.nthreads;
    struct thread *t = &il_w.threads[id];
    reset(t);
    t->run = run;
    t->arg = arg;
    if (id > 0) {
        struct op op = {OP_CREATE, 0, 0, 0, pc, id};
        il_point(&op, false);
        log_step(&op, (uint64_t)id);
        t->hb = ME->hb;
        t->deps = ME->deps;
    }
    t->hb.at[id] = 1;
    t->started = true;
    il_w.nthreads++;
    il_w.live++;
    il_fibre_make(t, il_thread_main);
    return id;
}

/* Runs the new thread to its first step that others can see. */
static void start(int id)
{
    il_w.threads[id].parent = il_w.cur;
    il_fibre_switch(id);
}

void il_thread_join(int id, void **result, uintptr_t pc)
{
    struct op op = {OP_JOIN, 0, 0, 0, pc, id};
    struct thread *t = &il_w.threads[id];
    il_point(&op, !t->ended);
    il_join(&ME->hb, &t->hb);
    il_join(&ME->deps, &t->deps);
    log_step(&op, (uint64_t)id);
    t->joined = true;
    if (result)
        *result = t->result;
}

static void run_destructors(void)
{
    bool again = true;
    for (int round = 0; again && round < ROUNDS; round++) {
        again = false;
        for (int k = 0; k < KEYS; k++) {
            void *value = ME->keys[k];
            if (!value || !il_w.keys[k].used || !il_w.keys[k].destroy)
                continue;
            ME->keys[k] = NULL;
            again = true;
            il_w.keys[k].destroy(value);
        }
    }
}

void il_thread_end(void)
{
    run_destructors();
    struct op op = {OP_EXIT, 0, 0, 0, 0, 0};
    il_point(&op, false);
    log_step(&op, 0);
    ME->ended = true;
    il_w.live--;
    if (il_w.cur == 0)
        il_fibre_leave();
    il_block();
    __builtin_unreachable();
}

void il_thread_main(void)
{
    ME->result = ME->run(ME->arg);
    il_thread_end();
}

/* ---- pthread.h ---- */

int il_pthread_create(pthread_t *out, const pthread_attr_t *attr,
                      void *(*run)(void *), void *arg)
{
    (void)attr;
    int id = il_thread_create(run, arg, CALLER);
    il_plain((uintptr_t)out, sizeof *out, true, CALLER);
    *out = (pthread_t)(id + 1);
    start(id);
    return 0;
}

int il_pthread_join(pthread_t thread, void **result)
{
    int id = (int)thread - 1;
    if (id < 0 || id >= il_w.nthreads || il_w.threads[id].joined)
        return ESRCH;
    if (id == il_w.cur)
        return EDEADLK;
    il_thread_join(id, result, CALLER);
    return 0;
}

int il_pthread_detach(pthread_t thread)
{
    (void)thread;
    return 0;
}

void il_pthread_exit(void *result)
{
    ME->result = result;
    il_thread_end();
}

pthread_t il_pthread_self(void)
{
    return (pthread_t)(il_w.cur + 1);
}

int il_pthread_equal(pthread_t a, pthread_t b)
{
    return a == b;
}

int il_sched_yield(void)
{
    ME->yielded = true;
    return 0;
}

int il_nanosleep(const struct timespec *want, struct timespec *left)
{
    (void)want;
    (void)left;
    return il_sched_yield();
}

int il_usleep(unsigned us)
{
    (void)us;
    return il_sched_yield();
}

/* ---- keys ---- */

int il_pthread_key_create(pthread_key_t *out, void (*destroy)(void *))
{
    for (int k = 0; k < KEYS; k++) {
        if (il_w.keys[k].used)
            continue;
        il_w.keys[k].used = true;
        il_w.keys[k].destroy = destroy;
        for (int i = 0; i < THREADS; i++)
            il_w.threads[i].keys[k] = NULL;
        il_plain((uintptr_t)out, sizeof *out, true, CALLER);
        *out = (pthread_key_t)k;
        return 0;
    }
    return EAGAIN;
}

int il_pthread_key_delete(pthread_key_t key)
{
    if (key >= KEYS || !il_w.keys[key].used)
        return EINVAL;
    il_w.keys[key].used = false;
    return 0;
}

void *il_pthread_getspecific(pthread_key_t key)
{
    return key < KEYS ? ME->keys[key] : NULL;
}

int il_pthread_setspecific(pthread_key_t key, const void *value)
{
    if (key >= KEYS || !il_w.keys[key].used)
        return EINVAL;
    ME->keys[key] = (void *)(uintptr_t)value;
    return 0;
}

/* ---- once ---- */

int il_pthread_once(pthread_once_t *once, void (*run)(void))
{
    struct op op = {OP_LOCK, 0, 0, (uintptr_t)once, CALLER, 0};
    struct lock *l = il_lock_at(op.addr);
    il_touch(op.addr, true);
    il_point(&op, il_shared(op.addr));
    il_join(&ME->hb, &l->hb);
    il_join(&ME->deps, &l->deps);
    if (!l->done) {
        l->owner = il_w.cur;
        run();
        l->owner = -1;
        l->done = true;
    }
    log_step(&op, 1);
    il_join(&l->hb, &ME->hb);
    il_join(&l->deps, &ME->deps);
    return 0;
}

/* What a scenario's own threads go through. */
int il_start_thread(void *(*run)(void *), void *arg)
{
    int id = il_thread_create(run, arg, 0);
    start(id);
    return id;
}
