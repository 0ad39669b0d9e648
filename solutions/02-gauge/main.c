/* SPDX-License-Identifier: MIT
 *
 * main.c - the gauge, run: how many pieces of work are in progress?
 *
 *     make run LAB=02 THREADS=3 ROUNDS=20000
 *
 * Each thread does ROUNDS pieces of work. One in seven gives up half-way. The
 * main thread reads the gauge now and then, and at the end. Given: nothing in
 * this file is to be changed.
 */
#include "met/gauge.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_THREADS = 64, READINGS = 20 };

struct crew {
    struct met_gauge *in_progress, *last_success;
    long rounds;
    atomic_int running;
};

/* Every way out ends the work. */
static void work(struct crew *c, long i)
{
    struct met_in_progress piece = {0};

    met_in_progress_begin(&piece, c->in_progress);
    sched_yield();
    if (i % 7 == 0)
        goto out; /* gives up */
    met_gauge_set_to_current_time(c->last_success);
out:
    met_in_progress_end(&piece);
}

static void *thread(void *p)
{
    struct crew *c = p;

    for (long i = 0; i < c->rounds; i++)
        work(c, i);
    atomic_fetch_sub(&c->running, 1);
    return NULL;
}

static void run(struct crew *c, int threads)
{
    pthread_t t[MOST_THREADS];

    atomic_init(&c->running, threads);
    for (int i = 0; i < threads; i++)
        if (pthread_create(&t[i], NULL, thread, c) != 0)
            exit(1);
    printf("in progress, while they work:");
    for (int i = 0; i < READINGS && atomic_load(&c->running) > 0; i++) {
        printf(" %g", met_gauge_value(c->in_progress));
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    for (int i = 0; i < threads; i++)
        pthread_join(t[i], NULL);
    printf("\nin progress, at the end: %g (expected 0)\n",
           met_gauge_value(c->in_progress));
    printf("last success: %.3f\n", met_gauge_value(c->last_success));
}

int main(int argc, char **argv)
{
    int threads = argc > 1 ? atoi(argv[1]) : 2;
    struct crew c = {.rounds = argc > 2 ? atol(argv[2]) : 20000};

    if (threads < 1 || threads > MOST_THREADS || c.rounds < 1) {
        fprintf(stderr, "usage: %s [THREADS 1..64] [ROUNDS]\n", argv[0]);
        return 2;
    }
    if (met_gauge_create(&c.in_progress) < 0 ||
        met_gauge_create(&c.last_success) < 0) {
        fprintf(stderr, "met_gauge_create returned an error\n");
        return 1;
    }
    run(&c, threads);
    met_gauge_destroy(c.in_progress);
    met_gauge_destroy(c.last_success);
    return 0;
}
