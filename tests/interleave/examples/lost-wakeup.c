/* SPDX-License-Identifier: MIT
 *
 * lost-wakeup.c - a signal that comes when nobody waits is gone
 *
 * The condition must be changed under the lock. Else it may change between
 * the look at it and the wait, and the signal falls into that gap.
 */
#include "interleave.h"
#include <pthread.h>
#include <stdatomic.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static _Atomic int done;

static void wait_until_done(void)
{
    pthread_mutex_lock(&lock);
    while (!atomic_load(&done))
        pthread_cond_wait(&ready, &lock);
    pthread_mutex_unlock(&lock);
}

static void finish(void)
{
    pthread_mutex_lock(&lock);
    atomic_store(&done, 1);
    pthread_cond_signal(&ready);
    pthread_mutex_unlock(&lock);
}

static void finish_without_lock(void)
{
    atomic_store(&done, 1);
    pthread_cond_signal(&ready);
}

const struct il_scenario il_scenarios[] = {
    {.name = "lost-wakeup",
     .says = "Who waits is woken.",
     .threads = {wait_until_done, finish_without_lock}},
    {.name = "lost-wakeup-locked",
     .says = "Who waits is woken.",
     .threads = {wait_until_done, finish}},
    {.name = NULL},
};
