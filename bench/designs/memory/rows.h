/* SPDX-License-Identifier: MIT
 *
 * rows.h - what rows.c and rows-padded.c share: all but the struct slot
 */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

struct part {
    struct walk walk;
    struct slot *row; /* a slot for each counter; made by its thread */
};

struct state {
    atomic_int rows; /* that were made */
    struct part part[];
};

static int init(void *state)
{
    (void)state;
    count_begin();
    return 0;
}

static void enter(void *state, int thread)
{
    struct state *s = state;

    s->part[thread].row = lines_of(THOUSAND * sizeof(struct slot));
    if (s->part[thread].row == NULL)
        abort();
    atomic_fetch_add(&s->rows, 1);
    walk_begin(&s->part[thread].walk, 0);
}

static void fini(void *state)
{
    struct state *s = state;

    for (int i = 0; i < atomic_load(&s->rows); i++)
        free(s->part[i].row);
}

static struct bench_memory memory(void *state)
{
    (void)state;
    return count_held(THOUSAND);
}

static inline void update(struct state *s, int thread)
{
    struct part *mine = &s->part[thread];
    struct slot *slot = &mine->row[walk_step(&mine->walk, 0)];
    /* Relaxed, load and store: no other thread writes here, and the number
     * announces no other data. */
    uint64_t old = atomic_load_explicit(&slot->n, memory_order_relaxed);

    atomic_store_explicit(&slot->n, old + 1, memory_order_relaxed);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t total = 0;

    for (int t = 0; t < threads; t++)
        for (size_t i = 0; i < THOUSAND; i++)
            total += atomic_load(&s->part[t].row[i].n);
    return total;
}

#endif
