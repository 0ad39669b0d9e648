/* SPDX-License-Identifier: MIT
 *
 * scenarios.c - what the tests of lab 07 run beside the submission
 */
#include "driver/memory.h"
#include "driver/sanitized.h"
#include "driver/scenario.h"
#include "lines.h"
#include "speed.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_COUNTERS = 2000 };

static struct met_counter *new_counter(void)
{
    struct met_counter *c;

    if (met_counter_create(&c) != 0)
        _exit(118);
    return c;
}

static double value_and_destroy(struct met_counter *c)
{
    double value = met_counter_value(c);

    met_counter_destroy(c);
    return value;
}

/* ---- threads that come and go ---- */

struct waves {
    struct met_counter *counter[2];
    size_t wave, rounds;
};

static void count_in_wave(size_t i, void *shared)
{
    struct waves *w = shared;

    for (size_t k = 0; k < w->rounds; k++)
        if (i % 2)
            met_counter_inc(w->counter[w->wave % 2]);
        else
            met_counter_add(w->counter[w->wave % 2], 0.5);
}

/* in: waves (even), threads of each (even), rounds of each; half of them add 1,
 * half 0.5, in turn to one counter and to another
 * out: both values after all threads have ended */
SCENARIO(counts_of_waves)
{
    struct waves w = {.counter = {new_counter(), new_counter()},
                      .rounds = (size_t)in[2]};

    for (; w.wave < (size_t)in[0]; w.wave++)
        scenario_threads((size_t)in[1], count_in_wave, &w);
    out[0] = value_and_destroy(w.counter[0]);
    out[1] = value_and_destroy(w.counter[1]);
}

static void observe_in_wave(size_t i, void *shared)
{
    for (int k = 0; k < 10; k++)
        met_histogram_observe(shared, i % 2 ? 1 : 4);
}

/* in: waves   out: count, in the first bucket, sum; a wave is two threads that
 * observe 10 times 4 and 10 times 1 */
SCENARIO(observations_of_waves)
{
    struct met_histogram *h;
    uint64_t cumulative[2] = {0}, count = 0;

    if (met_histogram_create((const double[]){2}, 1, NULL, &h) != 0)
        _exit(118);
    for (size_t i = 0; i < (size_t)in[0]; i++)
        scenario_threads(2, observe_in_wave, h);
    if (met_histogram_snapshot(h, cumulative, 2, &count, &out[2]) != 0)
        _exit(118);
    met_histogram_destroy(h);
    out[0] = (double)count;
    out[1] = (double)cumulative[0];
}

/* ---- a place is used again ---- */

struct stay {
    struct met_counter *counter;
    pthread_barrier_t barrier;
    size_t threads, rounds;
    double before, born;
};

/* The last thread replaces the counter, while the others wait. */
static void count_around(size_t i, void *shared)
{
    struct stay *s = shared;

    for (size_t k = 0; i < s->threads && k < s->rounds; k++)
        met_counter_inc(s->counter);
    pthread_barrier_wait(&s->barrier);
    if (i == s->threads) {
        s->before = value_and_destroy(s->counter);
        s->counter = new_counter();
        s->born = met_counter_value(s->counter);
    }
    pthread_barrier_wait(&s->barrier);
    if (i < s->threads)
        met_counter_inc(s->counter);
}

/* in: threads, rounds
 * out: value of a counter, of a new one in its place, of that one at the end */
SCENARIO(counter_in_anothers_place)
{
    struct stay s = {.counter = new_counter(),
                     .threads = (size_t)in[0],
                     .rounds = (size_t)in[1]};

    if (pthread_barrier_init(&s.barrier, NULL, (unsigned)s.threads + 1) != 0)
        _exit(122);
    scenario_threads(s.threads + 1, count_around, &s);
    pthread_barrier_destroy(&s.barrier);
    out[0] = s.before;
    out[1] = s.born;
    out[2] = value_and_destroy(s.counter);
}

/* ---- the end of a thread, and no memory ---- */

static struct met_counter *late;

static void count_late(void *p)
{
    (void)p;
    met_counter_inc(late);
}

static void set_keys(size_t i, void *keys)
{
    (void)i;
    pthread_setspecific(((pthread_key_t *)keys)[0], keys);
    met_counter_inc(late);
    pthread_setspecific(((pthread_key_t *)keys)[1], keys);
}

/* in: threads, each of which counts once itself and twice in destructors
 * out: the value */
SCENARIO(counts_in_destructors)
{
    pthread_key_t keys[2] = {0, (pthread_key_t)-1}; /* the second: none yet */

    late = new_counter();
    if (pthread_key_create(&keys[0], count_late) != 0)
        _exit(122);
    scenario_threads(1, set_keys,
                     keys); /* the submission's own comes between */
    if (pthread_key_create(&keys[1], count_late) != 0)
        _exit(122);
    scenario_threads((size_t)in[0], set_keys, keys);
    pthread_key_delete(keys[0]);
    pthread_key_delete(keys[1]);
    out[0] = value_and_destroy(late);
}

struct poor {
    struct met_counter *counter;
    struct met_histogram *histogram;
};

static void count_without_memory(size_t i, void *shared)
{
    struct poor *p = shared;

    (void)i;
    for (int k = 0; k < 100; k++) {
        met_counter_inc(p->counter);
        met_counter_add(p->counter, 0.5);
        met_histogram_observe(p->histogram, 1);
    }
}

static void allow(double n)
{
    double before;

    scenario_find("allow_allocations")->run(&n, &before);
}

/* in: threads, allocations that succeed
 * out: value of a counter, count of a histogram */
SCENARIO(updates_without_memory)
{
    struct poor p = {.counter = new_counter()};
    uint64_t cumulative[1] = {0}, count = 0;
    double sum = 0;

    if (met_histogram_create(NULL, 0, NULL, &p.histogram) != 0)
        _exit(118);
    allow(in[1]);
    scenario_threads((size_t)in[0], count_without_memory, &p);
    allow(-1);
    if (met_histogram_snapshot(p.histogram, cumulative, 1, &count, &sum) != 0)
        _exit(118);
    out[0] = value_and_destroy(p.counter);
    out[1] = (double)count;
    met_histogram_destroy(p.histogram);
}

/* ---- memory ---- */

static void count_all(size_t i, void *shared)
{
    struct met_counter **c = shared;

    (void)i;
    for (; *c; c++)
        met_counter_inc(*c);
}

struct turn {
    struct met_counter **counters;
    cpu_set_t all;
    size_t number;
};

static void count_on_one(size_t i, void *shared)
{
    const struct turn *t = shared;

    stay_on(&t->all, t->number % (size_t)CPU_COUNT(&t->all));
    count_all(i, t->counters);
}

/* in: threads, one after the other   out: bytes that the second half needed
 *
 * Both halves run on the same processors: a slot for each of these is memory,
 * too, and it must not depend on the system which half comes to one first. */
SCENARIO(memory_over_time)
{
    struct met_counter *c[2] = {new_counter(), NULL};
    struct turn t = {.counters = c, .all = processors()};
    size_t half = (size_t)in[0] / 2, bytes = 0;

    memory_watch(true);
    for (size_t i = 0; i < 2 * half; i++) {
        t.number = i % half;
        scenario_threads(1, count_on_one, &t);
        if (i + 1 == half)
            bytes = memory_bytes();
    }
    out[0] = (double)memory_bytes() - (double)bytes;
    memory_watch(false);
    met_counter_destroy(c[0]);
}

struct crowd {
    struct met_counter **counters;
    pthread_barrier_t together;
};

static void count_all_together(size_t i, void *shared)
{
    struct crowd *c = shared;

    count_all(i, c->counters);
    pthread_barrier_wait(&c->together); /* none ends before all have counted */
}

static void crowd(struct met_counter **counters, size_t threads)
{
    struct crowd c = {.counters = counters};

    if (pthread_barrier_init(&c.together, NULL, (unsigned)threads) != 0)
        _exit(122);
    scenario_threads(threads, count_all_together, &c);
    pthread_barrier_destroy(&c.together);
}

/* in: counters, threads
 * out: bytes for each counter when one thread has counted on all; for each
 * counter and further thread */
SCENARIO(memory_per_series)
{
    static struct met_counter *c[MOST_COUNTERS + 1];
    size_t n = (size_t)in[0], threads = (size_t)in[1];

    memory_watch(true);
    for (size_t i = 0; i < n; i++)
        c[i] = new_counter();
    c[n] = NULL;
    crowd(c, 1);
    double one = (double)memory_bytes();
    crowd(c, threads);
    double all = (double)memory_bytes();
    memory_watch(false);
    for (size_t i = 0; i < n; i++)
        met_counter_destroy(c[i]);
    out[0] = one / (double)n;
    out[1] = (all - one) / (double)n / (double)(threads - 1);
}

/* ---- histograms ---- */

enum { MOST_HISTOGRAMS = 200 };

static struct met_histogram *histograms[MOST_HISTOGRAMS];
static size_t histogram_count;

/* With n bounds, 1, 2, 3, ... */
static void new_histograms(size_t count, size_t n)
{
    double bounds[16];

    met_bounds_linear(1, 1, n, bounds);
    for (size_t i = 0; i < count; i++)
        if (met_histogram_create(bounds, n, NULL, &histograms[i]) != 0)
            _exit(118);
    histogram_count = count;
}

static void destroy_histograms(void)
{
    for (size_t i = 0; i < histogram_count; i++)
        met_histogram_destroy(histograms[i]);
}

/* In the first bucket and in the last. */
static void observe_in(size_t k)
{
    met_histogram_observe(histograms[k], 1);
    met_histogram_observe(histograms[k], 100);
}

static void observe_in_all(size_t i, void *barrier)
{
    (void)i;
    for (size_t k = 0; k < histogram_count; k++)
        observe_in(k);
    pthread_barrier_wait(barrier); /* none ends before all have observed */
}

static void observers(size_t threads)
{
    pthread_barrier_t together;

    if (pthread_barrier_init(&together, NULL, (unsigned)threads) != 0)
        _exit(122);
    scenario_threads(threads, observe_in_all, &together);
    pthread_barrier_destroy(&together);
}

/* in: histograms, bounds, threads
 * out: bytes for each histogram when one thread has observed in all; for each
 * histogram and further thread */
SCENARIO(memory_per_histogram)
{
    double n = in[0];

    memory_watch(true);
    new_histograms((size_t)n, (size_t)in[1]);
    observers(1);
    double one = (double)memory_bytes();
    observers((size_t)in[2]);
    double all = (double)memory_bytes();
    memory_watch(false);
    destroy_histograms();
    out[0] = one / n;
    out[1] = (all - one) / n / (in[2] - 1);
}

/* ---- lines ---- */

static struct met_counter *counters[MOST_COUNTERS];

static void count_on(size_t k)
{
    met_counter_inc(counters[k]);
}

static void value_of(size_t k)
{
    met_counter_value(counters[k]);
}

/* in: counters   out: as lines_of() says; -1 under a sanitizer */
SCENARIO(lines_of_counters)
{
    struct pair p = {
        .update = count_on, .read = value_of, .count = (size_t)in[0]};

    out[0] = -1;
    if (SANITIZED)
        return;
    memory_watch(true);
    for (size_t i = 0; i < p.count; i++)
        counters[i] = new_counter();
    lines_of(&p, out);
    memory_watch(false);
    for (size_t i = 0; i < p.count; i++)
        met_counter_destroy(counters[i]);
}

/* Six bounds, seven buckets and a sum: 64 bytes, if each has eight. */
enum { BOUNDS = 6 };

static void snapshot_of(size_t k)
{
    uint64_t cumulative[BOUNDS + 1], count;
    double sum;

    met_histogram_snapshot(histograms[k], cumulative, BOUNDS + 1, &count, &sum);
}

/* in: histograms   out: as lines_of() says; -1 under a sanitizer */
SCENARIO(lines_of_histograms)
{
    struct pair p = {
        .update = observe_in, .read = snapshot_of, .count = (size_t)in[0]};

    out[0] = -1;
    if (SANITIZED)
        return;
    memory_watch(true);
    new_histograms(p.count, BOUNDS);
    lines_of(&p, out);
    memory_watch(false);
    destroy_histograms();
}

/* ---- speed ---- */

/* A function's address through a pointer: theirs.c says why. */
static void find(const char *name, void *function)
{
    *(void **)function = theirs_function(name);
}

/* The counter of lab 01, or NULL. */
static struct met_counter *counter_beside(struct race *r)
{
    struct met_counter *c;
    int (*create)(struct met_counter **);

    find("met_beside_counter_create", &create);
    find("met_beside_counter_inc", &r->inc[BEFORE]);
    return create && r->inc[BEFORE] && create(&c) == 0 ? c : NULL;
}

static void destroy_beside(struct met_counter *c)
{
    void (*destroy)(struct met_counter *);

    find("met_beside_counter_destroy", &destroy);
    if (c && destroy)
        destroy(c);
}

/* Measures for half a second at most; a second call goes on.
 * out: undisturbed rounds so far, and the 4th and the 12th of 15 ratios, in
 * order: a median lies between them with 96 %; increments that were lost.
 * Rounds are -1 without a counter of lab 01, -2 under a sanitizer, -3 on one
 * processor. */
SCENARIO(counter_beside_lab_01)
{
    static struct race r;

    (void)in;
    out[0] = SANITIZED ? -2 : 0;
    out[1] = out[2] = out[3] = 0;
    if (SANITIZED)
        return;
    r.cpus = processors();
    find("met_counter_inc", &r.inc[NOW]);
    r.counter[NOW] = new_counter();
    r.counter[BEFORE] = counter_beside(&r);
    if (!r.counter[BEFORE] || CPU_COUNT(&r.cpus) < 2) {
        scenario_threads(2, count_only, &r);
        out[0] = r.counter[BEFORE] ? -3 : -1;
    } else {
        begin_slice(&r);
        scenario_threads(2, run_rounds, &r);
        out[0] = (double)r.clean;
    }
    destroy_beside(r.counter[BEFORE]);
    out[3] = (double)r.counted - value_and_destroy(r.counter[NOW]);
    struct interval between = interval_of(r.ratio, r.clean);
    out[1] = between.low;
    out[2] = between.high;
}
