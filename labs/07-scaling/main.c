/* SPDX-License-Identifier: MIT
 *
 * main.c - the counter, run: what an increment costs when threads share it
 *
 *     make run LAB=07 THREADS=2 ROUNDS=20000000
 *
 * Given: nothing in this file is to be changed.
 */
#include "met/counter.h"
#include "met/histogram.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_THREADS = 64 };

struct crew {
    struct met_counter *counter;
    long rounds;
};

static void *thread(void *p)
{
    struct crew *c = p;

    for (long i = 0; i < c->rounds; i++)
        met_counter_inc(c->counter);
    return NULL;
}

int main(int argc, char **argv)
{
    int threads = argc > 1 ? atoi(argv[1]) : 2;
    struct crew c = {.rounds = argc > 2 ? atol(argv[2]) : 20000000};
    pthread_t t[MOST_THREADS];
    struct met_timer watch;

    if (threads < 1 || threads > MOST_THREADS || c.rounds < 1) {
        fprintf(stderr, "usage: %s [THREADS 1..64] [ROUNDS]\n", argv[0]);
        return 2;
    }
    if (met_counter_create(&c.counter) < 0) {
        fprintf(stderr, "met_counter_create returned an error\n");
        return 1;
    }
    met_timer_start(&watch);
    for (int i = 0; i < threads; i++)
        if (pthread_create(&t[i], NULL, thread, &c) != 0)
            return 1;
    for (int i = 0; i < threads; i++)
        pthread_join(t[i], NULL);
    double seconds = met_timer_seconds(&watch);
    printf("%.0f increments of %ld in %.3f s: %.2f ns for each, in each of %d "
           "threads\n",
           met_counter_value(c.counter), threads * c.rounds, seconds,
           seconds * 1e9 / (double)c.rounds, threads);
    met_counter_destroy(c.counter);
    return 0;
}
