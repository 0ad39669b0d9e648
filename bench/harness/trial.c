/* SPDX-License-Identifier: MIT
 *
 * trial.c - the threads of a trial, and their phases
 */
#include "trial.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "fail.h"
#include "peer.h"
#include "waits.h"

enum phase { PHASE_WAIT, PHASE_WARM, PHASE_MEASURE, PHASE_STOP };

/* Each part that one thread writes is on lines of its own: what is measured
 * shall be the design's sharing, not ours. */
struct arena {
    _Alignas(BENCH_LINE) atomic_int phase; /* written by the leader only */
    _Alignas(BENCH_LINE) atomic_int ready; /* threads that wait to begin */
    atomic_int measuring;                  /* threads that began to measure */
    _Alignas(BENCH_LINE) const struct bench_trial_plan *plan;
    void *state;
};

struct runner {
    _Alignas(BENCH_LINE) struct arena *arena;
    pthread_t id;
    int index, cpu;
    uint64_t warm_updates, updates;
    uint64_t begin_ns, end_ns, waited_ns, ran_ns;
    struct bench_recorder *latency;
    struct bench_heat *heat;
    uint64_t *samples; /* of one batch */
};

/* The samples of a batch. They share its end as their moment: a batch takes
 * microseconds, a slice of the heat milliseconds. */
static void record(struct runner *r, uint64_t samples)
{
    uint64_t at = r->heat != NULL ? bench_now_ns() - r->begin_ns : 0;

    for (uint64_t i = 0; i < samples; i++) {
        bench_recorder_add(r->latency, r->samples[i]);
        if (r->heat != NULL)
            bench_heat_add(r->heat, at, r->samples[i]);
    }
}

static void timed_batch(struct runner *r, bool measured)
{
    const struct bench_trial_plan *p = r->arena->plan;

    p->design->sample(r->arena->state, r->index, p->batch, r->samples);
    if (measured)
        record(r, p->batch / p->design->sample_every);
}

/* Updates for as long as the phase lasts, but at least one batch: a thread
 * that got no CPU meanwhile still adds something. Returns how many. */
static uint64_t update_during(struct runner *r, enum phase phase)
{
    struct arena *a = r->arena;
    uint64_t done = 0;

    /* Relaxed: the phase is only a signal to go on; what the threads wrote is
     * read after they were joined. */
    do {
        if (r->latency != NULL)
            timed_batch(r, phase == PHASE_MEASURE);
        else
            a->plan->design->run(a->state, r->index, a->plan->batch);
        done += a->plan->batch;
    } while (atomic_load_explicit(&a->phase, memory_order_relaxed) ==
             (int)phase);
    return done;
}

static void measure(struct runner *r)
{
    uint64_t waited = bench_waited_ns(), ran = bench_ran_ns();

    atomic_fetch_add(&r->arena->measuring, 1);
    r->begin_ns = bench_now_ns();
    r->updates = update_during(r, PHASE_MEASURE);
    r->end_ns = bench_now_ns();
    r->ran_ns = bench_ran_ns() - ran;
    r->waited_ns = bench_waited_ns() - waited;
}

static void *runner_main(void *arg)
{
    struct runner *r = arg;
    struct arena *a = r->arena;

    bench_cpus_pin(r->cpu);
    if (a->plan->design->enter != NULL)
        a->plan->design->enter(a->state, r->index);
    atomic_fetch_add(&a->ready, 1);
    while (atomic_load(&a->phase) == PHASE_WAIT)
        sched_yield();
    r->warm_updates = update_during(r, PHASE_WARM);
    measure(r);
    return NULL;
}

static void start(struct runner *r, struct arena *a, int index,
                  const struct bench_cpus *cpus)
{
    int err;

    r->arena = a;
    r->index = index;
    r->cpu = cpus->id[index % cpus->count];
    if (a->plan->latency != NULL) {
        r->latency = bench_recorder_new();
        if (a->plan->heat != NULL)
            r->heat = bench_heat_new(a->plan->measure_ns);
        r->samples = bench_alloc(a->plan->batch / a->plan->design->sample_every,
                                 sizeof *r->samples);
    }
    err = pthread_create(&r->id, NULL, runner_main, r);
    if (err != 0)
        bench_fail("cannot start thread %d: %s", index, strerror(err));
}

static void wait_for(const struct arena *a, atomic_int *threads)
{
    while (atomic_load(threads) < a->plan->threads)
        bench_sleep_ns(20000);
}

/* The leader sleeps through the phases and is not pinned. The time to measure
 * counts from where the last thread began: on a busy machine a thread may not
 * have its CPU for longer than a trial lasts. */
static void lead(struct arena *a)
{
    wait_for(a, &a->ready);
    atomic_store(&a->phase, PHASE_WARM);
    bench_sleep_ns(a->plan->warm_ns);
    atomic_store(&a->phase, PHASE_MEASURE);
    wait_for(a, &a->measuring);
    bench_sleep_ns(a->plan->measure_ns);
    atomic_store(&a->phase, PHASE_STOP);
}

/* Runner i shares its CPU with the runners i + count, i + 2 count, ...
 * Returns how long others ran on that CPU. */
static uint64_t stolen_from_cpu(const struct runner *r, int i, int threads,
                                int count)
{
    uint64_t waited = 0, ran = 0;
    int on_cpu = 0;

    for (; i < threads; i += count) {
        waited += r[i].waited_ns;
        ran += r[i].ran_ns;
        on_cpu++;
    }
    return bench_stolen_ns(on_cpu, waited, ran);
}

static void collect(const struct runner *r, const struct bench_trial_plan *p,
                    int cpus, struct bench_trial *out)
{
    uint64_t begin = UINT64_MAX, end = 0;

    for (int i = 0; i < p->threads; i++) {
        out->updates += r[i].updates;
        out->expected += r[i].updates + r[i].warm_updates;
        begin = r[i].begin_ns < begin ? r[i].begin_ns : begin;
        end = r[i].end_ns > end ? r[i].end_ns : end;
        if (p->latency != NULL)
            bench_recorder_merge(p->latency, r[i].latency);
        if (p->latency != NULL && p->heat != NULL)
            bench_heat_merge(p->heat, r[i].heat);
    }
    out->window_ns = end - begin;
    for (int i = 0; i < p->threads && i < cpus; i++) {
        uint64_t ns = stolen_from_cpu(r, i, p->threads, cpus);

        out->stolen_ns = ns > out->stolen_ns ? ns : out->stolen_ns;
    }
}

static void *lines(size_t bytes)
{
    size_t whole = (bytes + BENCH_LINE - 1) / BENCH_LINE * BENCH_LINE;
    void *memory = aligned_alloc(BENCH_LINE, whole);

    if (memory == NULL)
        bench_fail("no memory for %zu bytes", whole);
    return memset(memory, 0, whole);
}

static void run_threads(struct arena *a, const struct bench_cpus *cpus,
                        struct bench_trial *out)
{
    size_t threads = (size_t)a->plan->threads;
    struct runner *runners = lines(threads * sizeof *runners);
    uint64_t steal = bench_steal_ticks();

    for (size_t i = 0; i < threads; i++)
        start(&runners[i], a, (int)i, cpus);
    lead(a);
    for (size_t i = 0; i < threads; i++)
        pthread_join(runners[i].id, NULL);
    out->steal_ticks = bench_steal_ticks() - steal;
    collect(runners, a->plan, cpus->count, out);
    for (size_t i = 0; i < threads; i++) {
        free(runners[i].latency);
        free(runners[i].heat);
        free(runners[i].samples);
    }
    free(runners);
}

void bench_trial_run(const struct bench_trial_plan *plan,
                     const struct bench_cpus *cpus, struct bench_trial *out)
{
    const struct bench_design *d = plan->design;
    struct arena *a;

    *out = (struct bench_trial){0};
    if (d->command != NULL) {
        bench_peer_trial(plan, cpus, out);
        return;
    }
    a = lines(sizeof *a);
    a->plan = plan;
    a->state =
        lines(d->state_bytes + (size_t)plan->threads * d->bytes_per_thread);
    if (d->init != NULL && d->init(a->state) < 0) {
        out->failed = true;
    } else {
        run_threads(a, cpus, out);
        out->sum = d->sum(a->state, plan->threads);
        if (d->memory != NULL)
            out->memory = d->memory(a->state);
        if (d->fini != NULL)
            d->fini(a->state);
    }
    free(a->state);
    free(a);
}
