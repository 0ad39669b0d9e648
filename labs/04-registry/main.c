/* SPDX-License-Identifier: MIT
 *
 * main.c - the registry, run: threads count requests by label
 *
 *     make run LAB=04 THREADS=4 ROUNDS=100000
 *
 * Each thread looks its child up for every request; then again with a child
 * that it keeps. CHILDREN=1000 is how many there are to look up, all of them
 * made before the clock starts. Given: nothing in this file is to be changed.
 */
#include "met/registry.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_THREADS = 64, MOST_CHILDREN = MET_CHILDREN, SHOWN = 10 };

static char codes[MOST_CHILDREN][24]; /* "200", "201", ... */

struct crew {
    struct met_family *requests;
    long rounds, children;
    int keep; /* the child is looked up once */
};

static struct met_child *child_of(struct crew *c, long i)
{
    struct met_child *child;
    const char *const values[] = {"GET", codes[i % c->children]};

    if (met_family_child(c->requests, values, 2, &child) < 0) {
        fprintf(stderr, "met_family_child returned an error\n");
        exit(1);
    }
    return child;
}

static void *thread(void *p)
{
    struct crew *c = p;
    struct met_child *kept = child_of(c, 0);

    for (long i = 0; i < c->rounds; i++) {
        struct met_child *child = c->keep ? kept : child_of(c, i);
        met_counter_inc(met_child_counter(child));
        if (!c->keep)
            met_child_release(child);
    }
    met_child_release(kept);
    return NULL;
}

static void make_children(struct crew *c)
{
    for (long i = 0; i < c->children; i++) {
        snprintf(codes[i], sizeof codes[i], "%ld", 200 + i);
        met_child_release(child_of(c, i));
    }
}

static double seconds_of(struct crew *c, int threads)
{
    pthread_t t[MOST_THREADS];
    struct met_timer watch;

    met_timer_start(&watch);
    for (int i = 0; i < threads; i++)
        if (pthread_create(&t[i], NULL, thread, c) != 0)
            exit(1);
    for (int i = 0; i < threads; i++)
        pthread_join(t[i], NULL);
    return met_timer_seconds(&watch);
}

struct total {
    long points;
    double all;
};

static int print(void *ctx, const struct met_point *p)
{
    struct total *total = ctx;

    total->all += p->value;
    if (++total->points > SHOWN)
        return 0;
    printf("  %s{", p->name);
    for (size_t i = 0; i < p->labels; i++)
        printf("%s%s=\"%s\"", i ? "," : "", p->label_names[i],
               p->label_values[i]);
    printf("} %.0f\n", p->value);
    return 0;
}

int main(int argc, char **argv)
{
    static const char *const labels[] = {"method", "code"};
    int threads = argc > 1 ? atoi(argv[1]) : 2;
    struct crew c = {.rounds = argc > 2 ? atol(argv[2]) : 100000,
                     .children = argc > 3 ? atol(argv[3]) : 3};
    struct met_registry *r = met_registry_default();
    struct total total = {0, 0};

    if (threads < 1 || threads > MOST_THREADS || c.rounds < 1 ||
        c.children < 1 || c.children > MOST_CHILDREN) {
        fprintf(stderr, "usage: %s [THREADS 1..%d] [ROUNDS] [CHILDREN 1..%d]\n",
                argv[0], MOST_THREADS, MOST_CHILDREN);
        return 2;
    }
    if (!r || met_registry_counter(r, "http_requests_total", "Requests served.",
                                   labels, 2, &c.requests) < 0) {
        fprintf(stderr, "the family cannot be registered\n");
        return 1;
    }
    make_children(&c);
    for (c.keep = 0; c.keep < 2; c.keep++)
        printf("%s: %.1f ns a request\n",
               c.keep ? "the child is kept" : "looked up each time",
               seconds_of(&c, threads) * 1e9 / (double)c.rounds);
    if (met_registry_collect(r, print, &total) < 0)
        return 1;
    if (total.points > SHOWN)
        printf("  and %ld more\n", total.points - SHOWN);
    printf("  %.0f of %.0f requests\n", total.all,
           2.0 * threads * (double)c.rounds);
    return 0;
}
