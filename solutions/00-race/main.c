/* SPDX-License-Identifier: MIT
 *
 * main.c - the race, run: several threads add 1 to one tally
 *
 *     make run LAB=00 THREADS=2 ROUNDS=1000000
 *
 * Prints what the total should be, what it is, how much was lost, and the time
 * of an add: a first look, not a measurement.
 * Given: nothing in this file is to be changed.
 */
#include "met/tally.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_THREADS = 64, RUNS = 5 };

struct crew {
    struct met_tally *tally;
    long rounds;
    pthread_barrier_t start; /* so that they really run at once */
};

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long one(void *ctx)
{
    (void)ctx;
    return 1;
}

static void *add_often(void *p)
{
    struct crew *c = p;

    pthread_barrier_wait(&c->start);
    for (long i = 0; i < c->rounds; i++)
        met_tally_add(c->tally, one, NULL);
    return NULL;
}

/* Returns the total, or -1 when something cannot be had. */
static long run(int threads, long rounds)
{
    struct crew c = {.rounds = rounds};
    pthread_t t[MOST_THREADS];

    if (met_tally_create(&c.tally) < 0)
        return -1;
    pthread_barrier_init(&c.start, NULL, (unsigned)threads);
    for (int i = 0; i < threads; i++)
        if (pthread_create(&t[i], NULL, add_often, &c) != 0)
            exit(1);
    for (int i = 0; i < threads; i++)
        pthread_join(t[i], NULL);
    pthread_barrier_destroy(&c.start);
    long total = met_tally_total(c.tally);
    met_tally_destroy(c.tally);
    return total;
}

int main(int argc, char **argv)
{
    int threads = argc > 1 ? atoi(argv[1]) : 2;
    long rounds = argc > 2 ? atol(argv[2]) : 1000000;

    if (threads < 1 || threads > MOST_THREADS || rounds < 1) {
        fprintf(stderr, "usage: %s [THREADS 1..64] [ROUNDS]\n", argv[0]);
        return 2;
    }
    printf("threads: %d; each adds 1, %ld times\n\n", threads, rounds);
    printf("%4s %14s %14s %14s %14s\n", "run", "expected", "got", "lost",
           "ns an add");
    for (int i = 1; i <= RUNS; i++) {
        double start = seconds();
        long expected = threads * rounds, got = run(threads, rounds);
        double ns = (seconds() - start) * 1e9 / (double)expected;
        printf("%4d %14ld %14ld %14ld %14.1f\n", i, expected, got,
               expected - got, ns);
    }
    return 0;
}
