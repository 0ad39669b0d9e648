/* SPDX-License-Identifier: MIT
 *
 * verdicts.c - for each verdict a program that has it and one that nearly has
 *
 * The part of a scenario's name before the dot is the verdict it must get.
 */
#include "interleave.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

static long plain;
static _Atomic long atom;
static _Atomic int ready;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int *heap;
static _Atomic(int *) handed;

/* ---- much memory ---- */

/* More plain variables than any table of the explorer has room for. */
static void fill_much(void)
{
    static volatile long much[10000];

    for (size_t i = 0; i < sizeof much / sizeof *much; i++)
        much[i] = (long)i;
    atomic_fetch_add(&atom, much[77]);
}

static void add_one_to_atom(void)
{
    atomic_fetch_add(&atom, 1);
}

static void atom_is_78(void)
{
    il_expect_long("atom", atom, 78);
}

/* ---- race ---- */

static void add_plain(void)
{
    plain++;
}

static void add_locked(void)
{
    pthread_mutex_lock(&a);
    plain++;
    pthread_mutex_unlock(&a);
}

static void plain_is_two(void)
{
    il_expect_long("plain", plain, 2);
}

/* ---- assertion ---- */

static void add_in_two_steps(void)
{
    long v = atomic_load(&atom);
    atomic_store(&atom, v + 1);
}

static void add_in_one_step(void)
{
    atomic_fetch_add(&atom, 1);
}

/* What is left of the orders is right. */
static void skip_one(void)
{
    if (atomic_load(&atom) == 1)
        il_skip();
}

static void atom_is_two(void)
{
    il_expect_long("atom", atomic_load(&atom), 2);
}

/* ---- deadlock ---- */

static void lock_ab(void)
{
    pthread_mutex_lock(&a);
    pthread_mutex_lock(&b);
    pthread_mutex_unlock(&b);
    pthread_mutex_unlock(&a);
}

static void lock_ba(void)
{
    pthread_mutex_lock(&b);
    pthread_mutex_lock(&a);
    pthread_mutex_unlock(&a);
    pthread_mutex_unlock(&b);
}

/* In the other order, but it gives up rather than wait. */
static void try_ba(void)
{
    pthread_mutex_lock(&b);
    if (pthread_mutex_trylock(&a) == 0)
        pthread_mutex_unlock(&a);
    pthread_mutex_unlock(&b);
}

static void lock_twice(void)
{
    pthread_mutex_lock(&a);
    pthread_mutex_lock(&a);
    pthread_mutex_unlock(&a);
    pthread_mutex_unlock(&a);
}

static mtx_t again;

static void make_recursive(void)
{
    mtx_init(&again, mtx_plain | mtx_recursive);
}

static void lock_recursive_twice(void)
{
    mtx_lock(&again);
    mtx_lock(&again);
    mtx_unlock(&again);
    mtx_unlock(&again);
}

/* ---- livelock ---- */

static void spin(void)
{
    while (!atomic_load(&ready)) {
    }
}

static void spin_and_yield(void)
{
    while (!atomic_load(&ready))
        sched_yield();
}

static void set_ready(void)
{
    atomic_store(&ready, 1);
}

static void look(void)
{
    atomic_store(&atom, atomic_load(&ready));
}

/* ---- lost wake-up ---- */

static void wait_without_looking(void)
{
    pthread_mutex_lock(&a);
    pthread_cond_wait(&cond, &a);
    pthread_mutex_unlock(&a);
}

static void wait_until_set(void)
{
    pthread_mutex_lock(&a);
    while (!plain)
        pthread_cond_wait(&cond, &a);
    pthread_mutex_unlock(&a);
}

static void set_and_signal(void)
{
    pthread_mutex_lock(&a);
    plain = 1;
    pthread_cond_signal(&cond);
    pthread_mutex_unlock(&a);
}

/* ---- use after free, double free ---- */

static void make_heap(void)
{
    heap = malloc(sizeof *heap);
    if (!heap)
        il_skip();
    *heap = 1;
    atomic_init(&handed, heap);
}

static void use(void)
{
    int *p = atomic_load(&handed);
    if (p)
        il_expect("1 or 2", *p == 1 || *p == 2);
}

static void free_it(void)
{
    free(heap);
}

static void take_and_free(void)
{
    free(atomic_exchange(&handed, NULL));
}

static void use_then_say(void)
{
    il_expect("1", *heap == 1);
    atomic_store_explicit(&ready, 1, memory_order_release);
}

static void free_when_said(void)
{
    if (atomic_load_explicit(&ready, memory_order_acquire))
        free(heap);
}

static void free_what_is_handed(void)
{
    free(atomic_load(&handed));
}

/* ---- crash ---- */

static void crash_when_ready(void)
{
    int *p = atomic_load(&handed);
    if (!p)
        *(volatile int *)p = 1;
}

static void clear_handed(void)
{
    atomic_store(&handed, NULL);
}

static void abort_when_ready(void)
{
    if (atomic_load(&ready))
        abort();
}

static void past_the_end(void)
{
    heap[atomic_load(&ready)] = 2;
}

static void check_before_use(void)
{
    int *p = atomic_load(&handed);
    if (p)
        *(volatile int *)p = 1;
}

/* ---- linearizability: a counter ---- */

enum { ADD, VALUE };

static void start_at_zero(void *state)
{
    *(double *)state = 0;
}

static int step(void *state, const struct il_call *call)
{
    double *sum = state;
    if (call->what == ADD) {
        *sum += call->argument;
        return 1;
    }
    return call->result == *sum;
}

static const char *call_name(int what)
{
    return what == ADD ? "add(%a)" : "value() = %r";
}

static const struct il_spec counter = {sizeof(double), start_at_zero, step,
                                       call_name};

static _Atomic long low, high;

static void add(long v)
{
    int call = il_begin(ADD, (double)v);
    atomic_fetch_add(&low, v);
    il_end(call, 0);
}

static void add_1_and_2(void)
{
    add(1);
    add(2);
}

static void value_twice(void)
{
    int call = il_begin(VALUE, 0);
    il_end(call, (double)atomic_load(&low));
    call = il_begin(VALUE, 0);
    il_end(call, (double)atomic_load(&low));
}

/* In two halves: a value between them is no sum of whole additions. */
static void add_in_halves(void)
{
    int call = il_begin(ADD, 2);
    atomic_fetch_add(&low, 1);
    atomic_fetch_add(&high, 1);
    il_end(call, 0);
}

static void value_of_halves(void)
{
    int call = il_begin(VALUE, 0);
    long l = atomic_load(&low);
    il_end(call, (double)(l + atomic_load(&high)));
}

/* An addition that is over before it is applied: who has been told of it must
 * see it. */
static void add_applied_late(void)
{
    int call = il_begin(ADD, 2);
    il_end(call, 0);
    atomic_store(&ready, 1);
    atomic_fetch_add(&low, 2);
}

static void add_then_tell(void)
{
    add(2);
    atomic_store(&ready, 1);
}

static void value_when_told(void)
{
    if (!atomic_load(&ready))
        return;
    int call = il_begin(VALUE, 0);
    il_end(call, (double)atomic_load(&low));
}

/* ---- inconclusive ---- */

static void many_steps(void)
{
    for (int i = 0; i < 10000; i++)
        atomic_fetch_add(&atom, 1);
}

static void some_steps(void)
{
    for (int i = 0; i < 4; i++)
        atomic_fetch_add(&atom, 1);
}

/* ---- thread-exit destructors ---- */

static tss_t tss;
static pthread_key_t key;

static void fold(void *value)
{
    (void)value;
    atomic_fetch_add(&atom, 1);
}

static void make_keys(void)
{
    tss_create(&tss, fold);
    pthread_key_create(&key, fold);
}

static void use_keys(void)
{
    static int something;
    tss_set(tss, &something);
    pthread_setspecific(key, &something);
}

static void atom_is_four(void)
{
    il_expect_long("folded", atomic_load(&atom), 4);
}

/* ---- thread-local storage ---- */

static _Thread_local long mine = 5;
static _Atomic(long *) first;

static void own_copy(void)
{
    long *other = atomic_exchange(&first, &mine);
    il_expect("its own variable", other != &mine);
    mine++;
    atomic_fetch_add(&atom, 1);
    il_expect_long("mine", mine, 6);
}

/* ---- atomic variables in memory that is used again ---- */

static struct {
    _Atomic long first, second;
} pair;

static void clear_pair(void)
{
    pthread_mutex_lock(&a);
    memset((void *)&pair, 0, sizeof pair);
    pthread_mutex_unlock(&a);
}

static void add_to_second(void)
{
    pthread_mutex_lock(&a);
    atomic_fetch_add(&pair.second, 1);
    pthread_mutex_unlock(&a);
}

static void fill_and_clear(void)
{
    pthread_mutex_lock(&a);
    atomic_store(&pair.second, 0x55555);
    memset((void *)&pair, 0, sizeof pair);
    il_expect_long("all of it", atomic_load(&pair.second), 0);
    atomic_store(&pair.second, 0x55555);
    memset((char *)&pair.second + 1, 0, 1);
    il_expect_long("one byte of it", atomic_load(&pair.second), 0x50055);
    pthread_mutex_unlock(&a);
}

static void second_is_one(void)
{
    il_expect_long("second", atomic_load(&pair.second), 1);
}

const struct il_scenario il_scenarios[] = {
    {.name = "race.plain", .threads = {add_plain, add_plain}},
    {.name = "passed.locked",
     .threads = {add_locked, add_locked},
     .check = plain_is_two},
    {.name = "assertion.two-steps",
     .threads = {add_in_two_steps, add_in_two_steps},
     .check = atom_is_two},
    {.name = "passed.one-step",
     .threads = {add_in_one_step, add_in_one_step},
     .check = atom_is_two},
    {.name = "assertion.nobody-comes-to-the-end",
     .setup = il_skip,
     .threads = {add_in_one_step, add_in_one_step},
     .check = atom_is_two},
    {.name = "passed.only-some-come-to-the-end",
     .threads = {add_in_two_steps, add_in_two_steps},
     .check = skip_one},
    {.name = "deadlock.two-orders", .threads = {lock_ab, lock_ba}},
    {.name = "passed.one-order", .threads = {lock_ab, lock_ab}},
    {.name = "passed.gives-up", .threads = {lock_ab, try_ba}},
    {.name = "deadlock.twice", .threads = {lock_twice, lock_ab}},
    {.name = "passed.recursive",
     .setup = make_recursive,
     .threads = {lock_recursive_twice, lock_recursive_twice}},
    {.name = "livelock.never-set", .threads = {spin, look}},
    {.name = "passed.set", .threads = {spin, set_ready}},
    {.name = "livelock.never-set-yield", .threads = {spin_and_yield, look}},
    {.name = "passed.set-yield", .threads = {spin_and_yield, set_ready}},
    {.name = "lost-wakeup.no-condition",
     .threads = {wait_without_looking, set_and_signal}},
    {.name = "passed.condition", .threads = {wait_until_set, set_and_signal}},
    {.name = "lost-wakeup.one-signal-for-two",
     .threads = {wait_until_set, wait_until_set, set_and_signal}},
    {.name = "use-after-free.used",
     .setup = make_heap,
     .threads = {use, take_and_free}},
    {.name = "passed.said",
     .setup = make_heap,
     .threads = {use_then_say, free_when_said}},
    {.name = "double-free.both",
     .setup = make_heap,
     .threads = {free_what_is_handed, free_it}},
    {.name = "passed.taken",
     .setup = make_heap,
     .threads = {take_and_free, take_and_free}},
    {.name = "crash.null",
     .setup = make_heap,
     .threads = {crash_when_ready, clear_handed}},
    {.name = "crash.abort", .threads = {abort_when_ready, set_ready}},
    {.name = "crash.past-the-end",
     .setup = make_heap,
     .threads = {past_the_end, set_ready}},
    {.name = "passed.checked",
     .setup = make_heap,
     .threads = {check_before_use, clear_handed}},
    {.name = "not-linearizable.halves",
     .threads = {add_in_halves, value_of_halves},
     .spec = &counter},
    {.name = "passed.linearizable",
     .threads = {add_1_and_2, value_twice},
     .spec = &counter},
    {.name = "not-linearizable.applied-late",
     .threads = {add_applied_late, value_when_told},
     .spec = &counter},
    {.name = "passed.applied",
     .threads = {add_then_tell, value_when_told},
     .spec = &counter},
    {.name = "inconclusive.too-long", .threads = {many_steps, many_steps}},
    {.name = "passed.short", .threads = {some_steps, some_steps}},
    {.name = "passed.much-memory",
     .threads = {fill_much, add_one_to_atom},
     .check = atom_is_78},
    {.name = "passed.destructors",
     .setup = make_keys,
     .threads = {use_keys, use_keys},
     .check = atom_is_four},
    {.name = "passed.thread-local", .threads = {own_copy, own_copy}},
    {.name = "assertion.cleared",
     .threads = {add_to_second, clear_pair},
     .check = second_is_one},
    {.name = "passed.cleared", .threads = {fill_and_clear, fill_and_clear}},
    {.name = NULL},
};
