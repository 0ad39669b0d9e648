/* SPDX-License-Identifier: MIT
 *
 * main.c - the histogram, run: threads observe times, one reads snapshots
 *
 *     make run LAB=03 THREADS=2 ROUNDS=200000
 *
 * Each observation is 1/1024 or 1 second, alternately. So a snapshot
 * that is of one set of observations has a sum that its buckets tell exactly.
 * Given: nothing in this file is to be changed.
 */
#include "met/histogram.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_THREADS = 64, BUCKETS = MET_DEFAULT_BOUNDS + 1 };

struct crew {
    struct met_histogram *histogram;
    long rounds;
    atomic_int running;
};

struct snapshot {
    uint64_t cumulative[BUCKETS], count;
    double sum;
};

static void *thread(void *p)
{
    struct crew *c = p;

    for (long i = 0; i < c->rounds; i++)
        met_histogram_observe(c->histogram, i % 2 ? 1 : 1.0 / 1024);
    atomic_fetch_sub(&c->running, 1);
    return NULL;
}

static void read_one(struct crew *c, struct snapshot *s)
{
    if (met_histogram_snapshot(c->histogram, s->cumulative, BUCKETS, &s->count,
                               &s->sum) < 0) {
        fprintf(stderr, "met_histogram_snapshot returned an error\n");
        exit(1);
    }
}

/* The first bucket has all the small ones, and none of the large. */
static int fits(const struct snapshot *s)
{
    double small = (double)s->cumulative[0];
    double large = (double)s->cumulative[BUCKETS - 1] - small;

    return s->count == s->cumulative[BUCKETS - 1] &&
           s->sum == small / 1024 + large;
}

static void print(const struct snapshot *s, const double *bounds)
{
    printf("\n%12s %12s\n", "at most", "observations");
    for (int i = 0; i < MET_DEFAULT_BOUNDS; i++)
        printf("%12g %12llu\n", bounds[i],
               (unsigned long long)s->cumulative[i]);
    printf("%12s %12llu\n", "+Inf", (unsigned long long)s->count);
    printf("\nmean %g s, median %g s, 99 %% at most %g s\n",
           s->sum / (double)s->count,
           met_quantile(0.5, bounds, s->cumulative, MET_DEFAULT_BOUNDS),
           met_quantile(0.99, bounds, s->cumulative, MET_DEFAULT_BOUNDS));
}

static void run(struct crew *c, int threads, const double *bounds)
{
    pthread_t t[MOST_THREADS];
    struct met_timer watch;
    struct snapshot s;
    long taken = 0, torn = 0;

    met_timer_start(&watch);
    atomic_init(&c->running, threads);
    for (int i = 0; i < threads; i++)
        if (pthread_create(&t[i], NULL, thread, c) != 0)
            exit(1);
    do {
        read_one(c, &s);
        taken++;
        torn += !fits(&s);
    } while (atomic_load(&c->running) > 0);
    for (int i = 0; i < threads; i++)
        pthread_join(t[i], NULL);
    read_one(c, &s);
    printf("%llu observations of %ld in %.3f s; %ld snapshots, %ld of which "
           "do not fit together\n",
           (unsigned long long)s.count, threads * c->rounds,
           met_timer_seconds(&watch), taken, torn);
    print(&s, bounds);
}

int main(int argc, char **argv)
{
    int threads = argc > 1 ? atoi(argv[1]) : 2;
    struct crew c = {.rounds = argc > 2 ? atol(argv[2]) : 200000};
    double bounds[MET_DEFAULT_BOUNDS];

    if (threads < 1 || threads > MOST_THREADS || c.rounds < 1) {
        fprintf(stderr, "usage: %s [THREADS 1..64] [ROUNDS]\n", argv[0]);
        return 2;
    }
    met_bounds_default(bounds);
    if (met_histogram_create(bounds, MET_DEFAULT_BOUNDS, NULL, &c.histogram) <
        0) {
        fprintf(stderr, "met_histogram_create returned an error\n");
        return 1;
    }
    run(&c, threads, bounds);
    met_histogram_destroy(c.histogram);
    return 0;
}
