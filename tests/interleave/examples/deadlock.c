/* SPDX-License-Identifier: MIT
 *
 * deadlock.c - two locks, taken in two orders
 */
#include "interleave.h"
#include <pthread.h>

static pthread_mutex_t fork_1 = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t fork_2 = PTHREAD_MUTEX_INITIALIZER;
static int meals;

static void eat(pthread_mutex_t *first, pthread_mutex_t *second)
{
    pthread_mutex_lock(first);
    pthread_mutex_lock(second);
    meals++;
    pthread_mutex_unlock(second);
    pthread_mutex_unlock(first);
}

static void one_then_two(void)
{
    eat(&fork_1, &fork_2);
}

static void two_then_one(void)
{
    eat(&fork_2, &fork_1);
}

const struct il_scenario il_scenarios[] = {
    {.name = "deadlock",
     .says = "Everybody eats.",
     .threads = {one_then_two, two_then_one}},
    {.name = "deadlock-one-order",
     .says = "Everybody eats.",
     .threads = {one_then_two, one_then_two}},
    {.name = NULL},
};
