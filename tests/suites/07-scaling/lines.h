/* SPDX-License-Identifier: MIT
 *
 * lines.h - which cache lines two threads write to
 *
 * Two threads update the same metrics, in turn. Before and after each turn all
 * memory of the submission is looked at: what it has allocated, its static
 * variables, and the thread-local ones of both threads. A line in which a byte
 * has changed was written to by the thread whose turn it was. No clock is
 * asked, so the answer is the same on a busy machine.
 *
 * What is written and then has its old value again, as a mutex has, is not
 * seen. That costs time: speed.h measures it.
 */
#ifndef LINES_H
#define LINES_H

#include "driver/memory.h"
#include "driver/scenario.h"
#include "driver/theirs.h"
#include "processors.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_BYTES = 64, VIEWS = 4, TURNS = 2 };

struct view {
    char *from, *to, *copy;
};

/* Numbers of lines, in no order, perhaps several times. */
struct lines {
    uintptr_t *number;
    size_t count, room;
};

struct pair {
    void (*update)(size_t k); /* metric k, and so that its bytes change */
    void (*read)(size_t k);
    size_t count; /* of metrics */
    pthread_barrier_t turn;
    cpu_set_t cpus;
    struct view view[VIEWS]; /* allocated, static, local to each thread */
    struct lines written[2];
};

static void add_line(struct lines *l, uintptr_t number)
{
    if (l->count > 0 && l->number[l->count - 1] == number)
        return;
    if (l->count == l->room) {
        l->room = l->room ? 2 * l->room : 1024;
        l->number = realloc(l->number, l->room * sizeof *l->number);
        if (!l->number)
            _exit(122);
    }
    l->number[l->count++] = number;
}

static void copy_view(struct view *v)
{
    size_t size = (size_t)(v->to - v->from);

    free(v->copy);
    v->copy = malloc(size + 1);
    if (!v->copy)
        _exit(122);
    memcpy(v->copy, v->from, size);
}

/* While nobody updates. */
static void look(struct pair *p)
{
    memory_range(&p->view[0].from, &p->view[0].to);
    theirs_statics(&p->view[1].from, &p->view[1].to);
    for (size_t i = 0; i < VIEWS; i++)
        copy_view(&p->view[i]);
}

static void look_again(struct pair *p, struct lines *l)
{
    for (size_t i = 0; i < VIEWS; i++) {
        const struct view *v = &p->view[i];
        for (const char *at = v->from; at < v->to; at++)
            if (*at != v->copy[at - v->from])
                add_line(l, (uintptr_t)at / LINE_BYTES);
    }
    look(p);
}

static void for_each(const struct pair *p, void (*call)(size_t k))
{
    for (size_t k = 0; k < p->count; k++)
        call(k);
}

/* First each metric by one thread and then by the other, so that what both get
 * for it is allocated side by side. Then in turn, and read in between: a
 * histogram may use other memory after a snapshot. */
static void update_in_turn(size_t i, void *shared)
{
    struct pair *p = shared;
    struct view *local = &p->view[2 + i];

    stay_on(&p->cpus, i);
    for (size_t k = 0; k < 2 * p->count; k++) {
        if (k % 2 == i)
            p->update(k / 2);
        pthread_barrier_wait(&p->turn);
    }
    theirs_locals(&local->from, &local->to);
    for (size_t k = 0; k < 2 * TURNS; k++) {
        pthread_barrier_wait(&p->turn);
        if (k % 2 == 0 && i == 0) {
            for_each(p, p->read);
            look(p);
        }
        pthread_barrier_wait(&p->turn);
        if (k % 2 == i) {
            for_each(p, p->update);
            look_again(p, &p->written[i]);
        }
    }
}

static int by_number(const void *a, const void *b)
{
    uintptr_t x = *(const uintptr_t *)a, y = *(const uintptr_t *)b;

    return (x > y) - (x < y);
}

static void sort_lines(struct lines *l)
{
    size_t kept = 0;

    if (l->count > 0)
        qsort(l->number, l->count, sizeof *l->number, by_number);
    for (size_t i = 0; i < l->count; i++)
        if (kept == 0 || l->number[kept - 1] != l->number[i])
            l->number[kept++] = l->number[i];
    l->count = kept;
}

static size_t count_common(const struct lines *a, const struct lines *b)
{
    size_t common = 0;

    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        common += a->number[i] == b->number[k];
        if (a->number[i] <= b->number[k])
            i++;
        else
            k++;
    }
    return common;
}

/* out: lines that one thread writes to, that the other one does, that both do;
 * processors */
static void lines_of(struct pair *p, double *out)
{
    p->cpus = processors();
    if (pthread_barrier_init(&p->turn, NULL, 2) != 0)
        _exit(122);
    scenario_threads(2, update_in_turn, p);
    pthread_barrier_destroy(&p->turn);
    for (size_t i = 0; i < 2; i++) {
        sort_lines(&p->written[i]);
        out[i] = (double)p->written[i].count;
    }
    out[2] = (double)count_common(&p->written[0], &p->written[1]);
    out[3] = CPU_COUNT(&p->cpus);
    for (size_t i = 0; i < 2; i++)
        free(p->written[i].number);
    for (size_t i = 0; i < VIEWS; i++)
        free(p->view[i].copy);
}

#endif
