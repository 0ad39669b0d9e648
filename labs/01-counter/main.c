/* SPDX-License-Identifier: MIT
 *
 * main.c - the counter, run: several threads call inc, against a clock
 *
 *     make run LAB=01 THREADS=2 ROUNDS=1000000
 *
 * Prints the value that should be, the one that is, and the time of an inc.
 * The time is a first look, not a measurement: it has no interval and no
 * comparison. Given: nothing in this file is to be changed.
 */
#include "met/counter.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_THREADS = 64, RUNS = 5 };

struct crew {
    struct met_counter *counter;
    long rounds;
    pthread_barrier_t start;
};

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void *count(void *p)
{
    struct crew *c = p;

    pthread_barrier_wait(&c->start);
    for (long i = 0; i < c->rounds; i++)
        met_counter_inc(c->counter);
    return NULL;
}

/* Returns the time of one inc of one thread in nanoseconds. */
static double run(struct crew *c, int threads)
{
    pthread_t t[MOST_THREADS];

    pthread_barrier_init(&c->start, NULL, (unsigned)threads + 1);
    for (int i = 0; i < threads; i++)
        if (pthread_create(&t[i], NULL, count, c) != 0)
            exit(1);
    pthread_barrier_wait(&c->start);
    double begin = seconds();
    for (int i = 0; i < threads; i++)
        pthread_join(t[i], NULL);
    double end = seconds();
    pthread_barrier_destroy(&c->start);
    return (end - begin) * 1e9 / (double)c->rounds;
}

int main(int argc, char **argv)
{
    int threads = argc > 1 ? atoi(argv[1]) : 2;
    struct crew c = {.rounds = argc > 2 ? atol(argv[2]) : 2000000};

    if (threads < 1 || threads > MOST_THREADS || c.rounds < 1) {
        fprintf(stderr, "usage: %s [THREADS 1..64] [ROUNDS]\n", argv[0]);
        return 2;
    }
    printf("%d threads, each calls inc %ld times\n\n", threads, c.rounds);
    printf("%4s %14s %14s %14s\n", "run", "expected", "value", "ns an inc");
    for (int i = 1; i <= RUNS; i++) {
        if (met_counter_create(&c.counter) < 0) {
            fprintf(stderr, "met_counter_create returned an error\n");
            return 1;
        }
        double ns = run(&c, threads);
        printf("%4d %14ld %14.0f %14.1f\n", i, threads * c.rounds,
               met_counter_value(c.counter), ns);
        met_counter_destroy(c.counter);
    }
    return 0;
}
