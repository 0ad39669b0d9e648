/* SPDX-License-Identifier: MIT
 *
 * per-cpu.c - a slot for each processor, in restartable sequences (rseq(2)):
 * the kernel starts an increment again when its thread was interrupted in it.
 * Where they are not registered, and for other amounts than 1, all threads
 * share one sum
 *
 * file: counter.c
 */
#include "met/counter.h"

#include "met/error.h"
#include "slots.h"

#include <stdlib.h>
#include <string.h>
#include <sys/rseq.h>
#include <unistd.h>

enum { CPUS = 256 };

/* Chunks of each processor; a pointer is stored once, under the lock. */
static _Atomic(uint64_t *) chunks[CPUS][MET_CHUNKS];

struct met_counter {
    struct met_place place;
    _Atomic double shared;
};

/* The sanitizers and the explorer do not see assembly. What is changed in it is
 * read in it. */
static uint64_t read_slot(const uint64_t *slot)
{
    uint64_t n;

    __asm__ volatile("movq %1, %0" : "=r"(n) : "m"(*slot));
    return n;
}

static void clear_slot(uint64_t *slot)
{
    __asm__ volatile("movq $0, %0" : "=m"(*slot));
}

static volatile struct rseq *area(void)
{
    char *thread;

    __asm__("movq %%fs:0, %0" : "=r"(thread));
    return (volatile struct rseq *)(thread + __rseq_offset);
}

/* Adds 1 to the slot if the thread runs on this processor until it is done. */
static int add_on(int cpu, uint64_t *slot)
{
    __asm__ volatile goto(
        ".pushsection __rseq_cs, \"aw\"\n\t"
        ".balign 32\n"
        "3:\t.long 0, 0\n\t"
        ".quad 1f, (2f - 1f), 4f\n\t"
        ".popsection\n\t"
        "leaq 3b(%%rip), %%rax\n\t"
        "movq %%rax, %[sequence]\n"
        "1:\n\t"
        "cmpl %[cpu], %[now]\n\t"
        "jnz 4f\n\t"
        "addq $1, %[slot]\n"
        "2:\n\t"
        ".pushsection __rseq_failure, \"ax\"\n\t"
        ".byte 0x0f, 0xb9, 0x3d\n\t" /* with the signature: the kernel asks */
        ".long 0x53053053\n"
        "4:\tjmp %l[again]\n\t"
        ".popsection"
        :
        : [cpu] "r"(cpu), [now] "m"(area()->cpu_id),
          [sequence] "m"(area()->rseq_cs), [slot] "m"(*slot)
        : "memory", "cc", "rax"
        : again);
    return 1;
again:
    return 0;
}

static uint64_t *chunk_of(unsigned cpu, unsigned chunk)
{
    /* acquire: pairs with the release in make_chunk() */
    return atomic_load_explicit(&chunks[cpu][chunk], memory_order_acquire);
}

static uint64_t *make_chunk(unsigned cpu, unsigned chunk)
{
    size_t bytes = ((size_t)MET_FIRST_CHUNK << chunk) * sizeof(uint64_t);

    met_slots_lock();
    uint64_t *p = chunk_of(cpu, chunk);
    if (!p && (p = aligned_alloc(MET_LINE, bytes))) {
        memset(p, 0, bytes);
        atomic_store_explicit(&chunks[cpu][chunk], p, memory_order_release);
    }
    met_slots_unlock();
    return p;
}

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c || met_place_take(&c->place) < 0) {
        free(c);
        return MET_ENOMEM;
    }
    atomic_init(&c->shared, 0.0);
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    if (!c)
        return;
    for (unsigned cpu = 0; cpu < CPUS; cpu++) {
        uint64_t *chunk = chunk_of(cpu, c->place.chunk);
        if (chunk)
            clear_slot(chunk + c->place.offset);
    }
    met_place_give_back(c->place);
    free(c);
}

static void add_shared(struct met_counter *c, double v)
{
    double seen = atomic_load_explicit(&c->shared, memory_order_relaxed);

    while (!atomic_compare_exchange_weak_explicit(&c->shared, &seen, seen + v,
                                                  memory_order_relaxed,
                                                  memory_order_relaxed))
        ;
}

/* The number of this processor, or -1: not registered, or too large. */
static int this_cpu(void)
{
    int cpu = __rseq_size > 0 ? (int)area()->cpu_id : -1;

    return cpu < CPUS ? cpu : -1;
}

void met_counter_inc(struct met_counter *c)
{
    for (;;) {
        int cpu = this_cpu();
        uint64_t *chunk =
            cpu < 0 ? NULL : chunk_of((unsigned)cpu, c->place.chunk);
        if (cpu >= 0 && !chunk)
            chunk = make_chunk((unsigned)cpu, c->place.chunk);
        if (!chunk) {
            add_shared(c, 1.0);
            return;
        }
        if (add_on(cpu, chunk + c->place.offset))
            return;
    }
}

int met_counter_add(struct met_counter *c, double v)
{
    if (!(v >= 0.0))
        return MET_EINVAL;
    add_shared(c, v);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    met_slots_lock(); /* orders readers */
    double sum = atomic_load_explicit(&c->shared, memory_order_relaxed);
    for (unsigned cpu = 0; cpu < CPUS; cpu++) {
        uint64_t *chunk = chunk_of(cpu, c->place.chunk);
        if (chunk)
            sum += (double)read_slot(chunk + c->place.offset);
    }
    met_slots_unlock();
    return sum;
}
