/* SPDX-License-Identifier: MIT
 *
 * programs.c - mistakes of labs that come later, as small programs
 *
 * Each stands beside the right way. The part of a scenario's name before the
 * dot is the verdict it must get.
 */
#include "interleave.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#define RLX memory_order_relaxed
#define ACQ memory_order_acquire
#define REL memory_order_release

/* ---- publication: a value, then a flag that says it is there ---- */

static int value;
static _Atomic int flag;

#define PUBLISH(name, store, load)              \
    static void publish_##name(void)            \
    {                                           \
        value = 7;                              \
        atomic_store_explicit(&flag, 1, store); \
    }                                           \
    static void read_##name(void)               \
    {                                           \
        if (atomic_load_explicit(&flag, load))  \
            il_expect_long("value", value, 7);  \
    }

PUBLISH(right, REL, ACQ)
PUBLISH(relaxed, RLX, ACQ)
PUBLISH(no_acquire, REL, RLX)

static void publish_after_fence(void)
{
    value = 7;
    atomic_thread_fence(REL);
    atomic_store_explicit(&flag, 1, RLX);
}

static void read_before_fence(void)
{
    if (atomic_load_explicit(&flag, RLX)) {
        atomic_thread_fence(ACQ);
        il_expect_long("value", value, 7);
    }
}

/* The fence comes too late: what it should order is behind it. */
static void publish_before_fence(void)
{
    value = 7;
    atomic_store_explicit(&flag, 1, RLX);
    atomic_thread_fence(REL);
}

/* ---- creation by whoever comes first ---- */

struct child {
    long hits;
};

static _Atomic(struct child *) child;
static pthread_mutex_t creation = PTHREAD_MUTEX_INITIALIZER;
static _Atomic int made;

static struct child *make(void)
{
    struct child *c = malloc(sizeof *c);
    if (!c)
        il_skip();
    c->hits = 10;
    atomic_fetch_add(&made, 1);
    return c;
}

static inline __attribute__((always_inline)) struct child *
get(memory_order first, memory_order publish)
{
    struct child *c = atomic_load_explicit(&child, first);
    if (c)
        return c;
    pthread_mutex_lock(&creation);
    c = atomic_load_explicit(&child, RLX);
    if (!c) {
        c = make();
        atomic_store_explicit(&child, c, publish);
    }
    pthread_mutex_unlock(&creation);
    return c;
}

static void get_right(void)
{
    il_expect_long("hits", get(ACQ, REL)->hits, 10);
}

static void get_without_acquire(void)
{
    il_expect_long("hits", get(RLX, REL)->hits, 10);
}

static void get_without_release(void)
{
    il_expect_long("hits", get(ACQ, RLX)->hits, 10);
}

static void get_without_lock(void)
{
    if (!atomic_load(&child))
        atomic_store(&child, make());
}

static void get_by_cas(void)
{
    struct child *none = NULL, *c;
    if (atomic_load_explicit(&child, ACQ))
        return;
    c = malloc(sizeof *c);
    if (!c)
        il_skip();
    c->hits = 10;
    if (atomic_compare_exchange_strong(&child, &none, c))
        atomic_fetch_add(&made, 1);
    else
        free(c);
}

static void made_once(void)
{
    il_expect_long("children made", atomic_load(&made), 1);
}

/* ---- a snapshot of three numbers that must agree ---- */

static _Atomic long count, sum, bucket;
static pthread_mutex_t all = PTHREAD_MUTEX_INITIALIZER;

static void observe(void)
{
    atomic_fetch_add(&bucket, 1);
    atomic_fetch_add(&sum, 5);
    atomic_fetch_add(&count, 1);
}

static void snapshot(void)
{
    long c = atomic_load(&count), s = atomic_load(&sum);
    long b = atomic_load(&bucket);
    if (s != 5 * c || b != c)
        il_fail("count, sum and bucket agree", "count %ld, sum %ld, bucket %ld",
                c, s, b);
}

static void observe_locked(void)
{
    pthread_mutex_lock(&all);
    observe();
    pthread_mutex_unlock(&all);
}

static void snapshot_locked(void)
{
    pthread_mutex_lock(&all);
    snapshot();
    pthread_mutex_unlock(&all);
}

/* ---- a sequence lock ---- */

static _Atomic unsigned sequence;
static _Atomic long left, right;

static inline __attribute__((always_inline)) void write_both(memory_order end)
{
    atomic_store_explicit(&sequence, 1, RLX);
    atomic_thread_fence(REL);
    atomic_store_explicit(&left, 1, RLX);
    atomic_store_explicit(&right, 1, RLX);
    atomic_store_explicit(&sequence, 2, end);
}

static void write_right(void)
{
    write_both(REL);
}

static void write_relaxed(void)
{
    write_both(RLX);
}

static void write_without_fence(void)
{
    atomic_store_explicit(&sequence, 1, RLX);
    atomic_store_explicit(&left, 1, RLX);
    atomic_store_explicit(&right, 1, RLX);
    atomic_store_explicit(&sequence, 2, REL);
}

static void read_both(void)
{
    unsigned before = atomic_load_explicit(&sequence, ACQ);
    long l = atomic_load_explicit(&left, RLX);
    long r = atomic_load_explicit(&right, RLX);
    atomic_thread_fence(ACQ);
    if (before % 2 == 0 && atomic_load_explicit(&sequence, RLX) == before)
        il_expect_long("right", r, l);
}

static void read_both_without_fence(void)
{
    unsigned before = atomic_load_explicit(&sequence, ACQ);
    long l = atomic_load_explicit(&left, RLX);
    long r = atomic_load_explicit(&right, RLX);
    if (before % 2 == 0 && atomic_load_explicit(&sequence, RLX) == before)
        il_expect_long("right", r, l);
}

/* ---- a reference count ---- */

static struct object {
    _Atomic int references;
    long data;
} * object;

static void make_object(void)
{
    object = malloc(sizeof *object);
    if (!object)
        il_skip();
    atomic_init(&object->references, 2);
    object->data = 0;
}

static inline __attribute__((always_inline)) void drop(memory_order order,
                                                       long *what)
{
    if (what)
        *what = 1;
    if (atomic_fetch_sub_explicit(&object->references, 1, order) == 1)
        free(object);
}

static void drop_right(void)
{
    drop(memory_order_acq_rel, NULL);
}

static void use_and_drop_right(void)
{
    drop(memory_order_acq_rel, &object->data);
}

static void drop_relaxed(void)
{
    drop(RLX, NULL);
}

static void use_and_drop_relaxed(void)
{
    drop(RLX, &object->data);
}

static void drop_in_two_steps(void)
{
    atomic_fetch_sub(&object->references, 1);
    if (atomic_load(&object->references) == 0)
        free(object);
}

/* ---- removal while a reader scrapes ---- */

static _Atomic(struct child *) listed;

static void list_one(void)
{
    atomic_init(&listed, make());
}

static void scrape(void)
{
    struct child *c = atomic_load(&listed);
    if (c)
        il_expect_long("hits", c->hits, 10);
}

static void removal(void)
{
    free(atomic_exchange(&listed, NULL));
}

static void scrape_locked(void)
{
    pthread_mutex_lock(&all);
    scrape();
    pthread_mutex_unlock(&all);
}

static void remove_locked(void)
{
    pthread_mutex_lock(&all);
    removal();
    pthread_mutex_unlock(&all);
}

/* ---- moving between two accounts, each with its lock ---- */

static struct account {
    pthread_mutex_t lock;
    long money;
} accounts[2] = {{PTHREAD_MUTEX_INITIALIZER, 10},
                 {PTHREAD_MUTEX_INITIALIZER, 10}};

static void transfer(int from, int to, int first)
{
    pthread_mutex_lock(&accounts[first].lock);
    pthread_mutex_lock(&accounts[!first].lock);
    accounts[from].money--;
    accounts[to].money++;
    pthread_mutex_unlock(&accounts[to].lock);
    pthread_mutex_unlock(&accounts[from].lock);
}

static void there_own_first(void)
{
    transfer(0, 1, 0);
}

static void back_own_first(void)
{
    transfer(1, 0, 1);
}

static void back_lower_first(void)
{
    transfer(1, 0, 0);
}

/* ---- a queue of one, with a condition variable ---- */

static pthread_mutex_t queue = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static _Atomic int items;

static void take_item(void)
{
    pthread_mutex_lock(&queue);
    while (!atomic_load(&items))
        pthread_cond_wait(&filled, &queue);
    atomic_fetch_sub(&items, 1);
    pthread_mutex_unlock(&queue);
}

/* The condition is looked at once: another may take the item meanwhile. */
static void take_item_if(void)
{
    pthread_mutex_lock(&queue);
    if (!atomic_load(&items))
        pthread_cond_wait(&filled, &queue);
    il_expect("there is an item", atomic_fetch_sub(&items, 1) > 0);
    pthread_mutex_unlock(&queue);
}

static void put_item(void)
{
    pthread_mutex_lock(&queue);
    atomic_fetch_add(&items, 1);
    pthread_cond_signal(&filled);
    pthread_mutex_unlock(&queue);
}

/* Without the lock, the signal may fall between the look and the wait. */
static void put_item_unlocked(void)
{
    atomic_fetch_add(&items, 1);
    pthread_cond_signal(&filled);
}

static void put_two_items(void)
{
    put_item();
    put_item();
}

/* ---- one slot a thread, folded when the thread ends ---- */

static pthread_key_t key;
static _Atomic long folded;

static void fold(void *slot)
{
    atomic_fetch_add_explicit(&folded, *(long *)slot, RLX);
    free(slot);
}

static void fold_in_two_steps(void *slot)
{
    long old = atomic_load(&folded);
    atomic_store(&folded, old + *(long *)slot);
    free(slot);
}

static void make_key(void)
{
    pthread_key_create(&key, fold);
}

static void make_bad_key(void)
{
    pthread_key_create(&key, fold_in_two_steps);
}

static void count_in_slot(void)
{
    long *slot = malloc(sizeof *slot);
    if (!slot)
        il_skip();
    *slot = 3;
    pthread_setspecific(key, slot);
}

static void folded_is_six(void)
{
    il_expect_long("folded", atomic_load(&folded), 6);
}

#define PAIR(title, one, two)                  \
    {                                          \
        .name = title, .threads = { one, two } \
    }

const struct il_scenario il_scenarios[] = {
    PAIR("passed.publication", publish_right, read_right),
    PAIR("race.publication-relaxed", publish_relaxed, read_relaxed),
    PAIR("race.publication-no-acquire", publish_no_acquire, read_no_acquire),
    PAIR("passed.publication-fences", publish_after_fence, read_before_fence),
    PAIR("race.publication-late-fence", publish_before_fence,
         read_before_fence),
    {.name = "passed.creation",
     .threads = {get_right, get_right},
     .check = made_once},
    PAIR("race.creation-no-acquire", get_without_acquire, get_without_acquire),
    PAIR("race.creation-no-release", get_without_release, get_without_release),
    {.name = "assertion.creation-no-lock",
     .threads = {get_without_lock, get_without_lock},
     .check = made_once},
    {.name = "passed.creation-by-cas",
     .threads = {get_by_cas, get_by_cas},
     .check = made_once},
    PAIR("assertion.snapshot-in-three-reads", observe, snapshot),
    PAIR("passed.snapshot-locked", observe_locked, snapshot_locked),
    PAIR("assertion.snapshot-half-locked", observe, snapshot_locked),
    PAIR("passed.seqlock", write_right, read_both),
    PAIR("assertion.seqlock-relaxed-end", write_relaxed, read_both),
    PAIR("assertion.seqlock-no-fence", write_without_fence, read_both),
    PAIR("assertion.seqlock-reader-no-fence", write_right,
         read_both_without_fence),
    {.name = "passed.references",
     .setup = make_object,
     .threads = {use_and_drop_right, drop_right}},
    {.name = "use-after-free.references-relaxed",
     .setup = make_object,
     .threads = {use_and_drop_relaxed, drop_relaxed}},
    {.name = "use-after-free.references-two-steps",
     .setup = make_object,
     .threads = {drop_in_two_steps, drop_in_two_steps}},
    {.name = "use-after-free.scrape",
     .setup = list_one,
     .threads = {scrape, removal}},
    {.name = "passed.scrape-locked",
     .setup = list_one,
     .threads = {scrape_locked, remove_locked}},
    PAIR("deadlock.transfer", there_own_first, back_own_first),
    PAIR("passed.transfer-lower-first", there_own_first, back_lower_first),
    PAIR("passed.queue", take_item, put_item),
    PAIR("lost-wakeup.queue-unlocked", take_item, put_item_unlocked),
    {.name = "assertion.queue-if",
     .threads = {take_item_if, take_item, put_two_items}},
    {.name = "passed.queue-two",
     .threads = {take_item, take_item, put_two_items}},
    {.name = "passed.thread-exit",
     .setup = make_key,
     .threads = {count_in_slot, count_in_slot},
     .check = folded_is_six},
    {.name = "assertion.thread-exit-two-steps",
     .setup = make_bad_key,
     .threads = {count_in_slot, count_in_slot},
     .check = folded_is_six},
    {.name = NULL},
};
