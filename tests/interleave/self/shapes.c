/* SPDX-License-Identifier: MIT
 *
 * shapes.c - mistakes of other shapes, and the sentence that each must get
 *
 * Ticket locks, stacks, sequence locks, read-copy-update, and what goes wrong
 * with condition variables and error paths. The part of a scenario's name
 * before the dot is the verdict; of a wrong one, `says` is the sentence that
 * the report must find by itself.
 */
#include "interleave.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#define RLX memory_order_relaxed
#define ACQ memory_order_acquire
#define REL memory_order_release
#define INLINE static inline __attribute__((always_inline))

/* ---- a ticket lock ---- */

static _Atomic unsigned ticket, serving;
static long total;

INLINE void wait_and_add(unsigned mine, memory_order see, memory_order leave)
{
    while (atomic_load_explicit(&serving, see) != mine)
        sched_yield();
    total++;
    atomic_store_explicit(&serving, mine + 1, leave);
}

static void ticket_right(void)
{
    wait_and_add(atomic_fetch_add_explicit(&ticket, 1, RLX), ACQ, REL);
}

static void ticket_seen_relaxed(void)
{
    wait_and_add(atomic_fetch_add_explicit(&ticket, 1, RLX), RLX, REL);
}

static void ticket_left_relaxed(void)
{
    wait_and_add(atomic_fetch_add_explicit(&ticket, 1, RLX), ACQ, RLX);
}

/* Two threads may draw one ticket: one of them is never served. */
static void ticket_in_two_steps(void)
{
    unsigned mine = atomic_load(&ticket);
    atomic_store(&ticket, mine + 1);
    wait_and_add(mine, ACQ, REL);
}

static void total_is_two(void)
{
    il_expect_long("total", total, 2);
}

/* ---- Peterson's lock: needs seq_cst ---- */

static _Atomic int want[2], turn;

INLINE void peterson(int me, memory_order store, memory_order load)
{
    atomic_store_explicit(&want[me], 1, store);
    atomic_store_explicit(&turn, !me, store);
    while (atomic_load_explicit(&want[!me], load) &&
           atomic_load_explicit(&turn, load) == !me)
        sched_yield();
    total++;
    atomic_store_explicit(&want[me], 0, REL);
}

static void peterson_first(void)
{
    peterson(0, memory_order_seq_cst, memory_order_seq_cst);
}

static void peterson_second(void)
{
    peterson(1, memory_order_seq_cst, memory_order_seq_cst);
}

static void peterson_first_weaker(void)
{
    peterson(0, REL, ACQ);
}

static void peterson_second_weaker(void)
{
    peterson(1, REL, ACQ);
}

/* ---- a stack: Treiber's push, and a pop that takes an old top for new ---- */

static struct node {
    _Atomic(struct node *) next;
    long value;
} first, second;
static _Atomic(struct node *) top, taken;

INLINE void push(struct node *n, memory_order order)
{
    struct node *old = atomic_load_explicit(&top, RLX);
    do
        atomic_store_explicit(&n->next, old, RLX);
    while (!atomic_compare_exchange_weak_explicit(&top, &old, n, order, RLX));
}

static void push_first(void)
{
    first.value = 1;
    push(&first, REL);
}

static void push_first_relaxed(void)
{
    first.value = 1;
    push(&first, RLX);
}

static void push_second(void)
{
    second.value = 2;
    push(&second, REL);
}

static void push_first_blindly(void)
{
    atomic_store(&first.next, atomic_load(&top));
    atomic_store(&top, &first);
}

static void push_second_blindly(void)
{
    atomic_store(&second.next, atomic_load(&top));
    atomic_store(&top, &second);
}

static long sum_of_stack(void)
{
    long sum = 0;
    struct node *n = atomic_load_explicit(&top, ACQ);
    for (; n; n = atomic_load_explicit(&n->next, RLX))
        sum += n->value;
    return sum;
}

static void look_at_stack(void)
{
    il_expect("a sum of what was pushed", sum_of_stack() <= 3);
}

static void stack_has_both(void)
{
    first.value = 1;
    second.value = 2;
    il_expect_long("sum of the stack", sum_of_stack(), 3);
}

static void fill_stack(void)
{
    atomic_store(&first.next, &second);
    atomic_store(&top, &first);
}

static struct node *pop(void)
{
    struct node *old = atomic_load(&top), *next;
    do {
        if (!old)
            return NULL;
        next = atomic_load(&old->next);
    } while (!atomic_compare_exchange_strong(&top, &old, next));
    return old;
}

static void pop_one(void)
{
    pop();
}

static void pop_two_and_push_one(void)
{
    struct node *a = pop(), *b = pop();
    atomic_store(&taken, b);
    if (a)
        push(a, REL);
}

static void what_is_taken_is_gone(void)
{
    struct node *n = atomic_load(&top);
    for (; n; n = atomic_load(&n->next))
        il_expect("a node that was taken is not in the stack",
                  n != atomic_load(&taken));
}

/* ---- initialised by whoever comes first: the flag is set too early ---- */

static int setting;
static _Atomic int there;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_setting(void)
{
    setting = 5;
}

static void setting_is_five(void)
{
    il_expect_long("setting", setting, 5);
}

static void flag_before_value(void)
{
    if (!atomic_load(&there)) {
        pthread_mutex_lock(&lock);
        if (!atomic_exchange(&there, 1))
            make_setting();
        pthread_mutex_unlock(&lock);
    }
    setting_is_five();
}

static void value_before_flag(void)
{
    if (!atomic_load_explicit(&there, ACQ)) {
        pthread_mutex_lock(&lock);
        if (!atomic_load_explicit(&there, RLX)) {
            make_setting();
            atomic_store_explicit(&there, 1, REL);
        }
        pthread_mutex_unlock(&lock);
    }
    setting_is_five();
}

static void by_once(void)
{
    pthread_once(&once, make_setting);
    setting_is_five();
}

/* ---- an error path that keeps the lock ---- */

static long jobs;

static void start_job_keeps_lock(void)
{
    pthread_mutex_lock(&lock);
    if (jobs == 1)
        return;
    jobs++;
    pthread_mutex_unlock(&lock);
}

static void start_job(void)
{
    pthread_mutex_lock(&lock);
    if (jobs < 1)
        jobs++;
    pthread_mutex_unlock(&lock);
}

static void one_job(void)
{
    pthread_mutex_lock(&lock);
    il_expect_long("jobs", jobs, 1);
    pthread_mutex_unlock(&lock);
}

/* ---- a thread's own count that is added too late ---- */

static _Thread_local long own;
static _Atomic long sum;

static void count(void)
{
    if (++own < 2)
        return;
    atomic_fetch_add(&sum, own);
    own = 0;
}

static void count_twice(void)
{
    count();
    count();
}

static void count_three_times(void)
{
    count_twice();
    count();
}

static void sum_is_four(void)
{
    il_expect_long("sum", sum, 4);
}

static void sum_is_six(void)
{
    il_expect_long("sum", sum, 6);
}

/* ---- condition variables ---- */

static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int left, right;

static void wait_for(const int *what)
{
    pthread_mutex_lock(&lock);
    while (!*what)
        pthread_cond_wait(&cond, &lock);
    pthread_mutex_unlock(&lock);
}

static void wait_for_left(void)
{
    wait_for(&left);
}

static void wait_for_right(void)
{
    wait_for(&right);
}

static void signal_then_set(void)
{
    pthread_mutex_lock(&lock);
    pthread_cond_signal(&cond);
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
    left = 1;
    pthread_mutex_unlock(&lock);
}

static void set_then_signal_unlocked(void)
{
    pthread_mutex_lock(&lock);
    left = 1;
    pthread_mutex_unlock(&lock);
    pthread_cond_signal(&cond);
}

/* One signal for two conditions may wake the wrong thread. */
static void set_one_and_signal(int *what)
{
    pthread_mutex_lock(&lock);
    *what = 1;
    pthread_cond_signal(&cond);
    pthread_mutex_unlock(&lock);
}

static void signal_each(void)
{
    set_one_and_signal(&right);
    set_one_and_signal(&left);
}

static void wake_all(void)
{
    pthread_mutex_lock(&lock);
    left = right = 1;
    pthread_cond_broadcast(&cond);
    pthread_mutex_unlock(&lock);
}

static void wait_without_lock(void)
{
    if (!atomic_load(&there))
        pthread_cond_wait(&cond, &lock);
}

static void set_there(void)
{
    atomic_store(&there, 1);
    pthread_cond_broadcast(&cond);
}

/* ---- an object is replaced while others read it ---- */

struct pair {
    int a, b;
};
static _Atomic(struct pair *) current;
static _Atomic int readers;

static struct pair *make_pair(int v)
{
    struct pair *p = malloc(sizeof *p);
    if (!p)
        il_skip();
    p->a = p->b = v;
    return p;
}

static void start_pair(void)
{
    atomic_init(&current, make_pair(1));
}

static void look_at_pair(void)
{
    struct pair *p = atomic_load(&current);
    il_expect_long("b", p->b, p->a);
}

static void read_pair(void)
{
    atomic_fetch_add(&readers, 1);
    look_at_pair();
    atomic_fetch_sub(&readers, 1);
}

static void read_pair_said_late(void)
{
    struct pair *p = atomic_load(&current);
    atomic_fetch_add(&readers, 1);
    il_expect_long("b", p->b, p->a);
    atomic_fetch_sub(&readers, 1);
}

static void replace_at_once(void)
{
    free(atomic_exchange(&current, make_pair(2)));
}

static void replace_and_wait(void)
{
    struct pair *old = atomic_exchange(&current, make_pair(2));
    while (atomic_load(&readers))
        sched_yield();
    free(old);
}

/* ---- a sequence lock of two writers ---- */

static _Atomic unsigned sequence;
static _Atomic long here, too;

static void write_between(unsigned s, long v)
{
    atomic_thread_fence(REL);
    atomic_store_explicit(&here, v, RLX);
    atomic_store_explicit(&too, v, RLX);
    atomic_store_explicit(&sequence, s + 2, REL);
}

/* Each believes to be the only writer. */
static void write_alone(long v)
{
    unsigned s = atomic_load_explicit(&sequence, RLX);
    atomic_store_explicit(&sequence, s + 1, RLX);
    write_between(s, v);
}

static void write_one_alone(void)
{
    write_alone(1);
}

static void write_two_alone(void)
{
    write_alone(2);
}

static void write_in_turn(long v)
{
    unsigned s = atomic_load_explicit(&sequence, RLX);
    do {
        while (s % 2)
            s = atomic_load_explicit(&sequence, RLX);
    } while (
        !atomic_compare_exchange_weak_explicit(&sequence, &s, s + 1, ACQ, RLX));
    write_between(s, v);
}

static void write_one_in_turn(void)
{
    write_in_turn(1);
}

static void write_two_in_turn(void)
{
    write_in_turn(2);
}

static void both_are_one(void)
{
    il_expect_long("too", too, here);
}

INLINE void read_until(bool odd_is_fine)
{
    unsigned s;
    long h, t;
    do {
        s = atomic_load_explicit(&sequence, ACQ);
        h = atomic_load_explicit(&here, RLX);
        t = atomic_load_explicit(&too, RLX);
        atomic_thread_fence(ACQ);
    } while ((s % 2 && !odd_is_fine) ||
             atomic_load_explicit(&sequence, RLX) != s);
    il_expect_long("too", t, h);
}

static void read_when_even(void)
{
    read_until(false);
}

static void read_when_odd_too(void)
{
    read_until(true);
}

/* ---- looked at, then changed ---- */

static _Atomic long highest;
static _Atomic int children;
static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
static long entries;

static void raise_in_two_steps(long v)
{
    if (atomic_load(&highest) < v)
        atomic_store(&highest, v);
}

static void raise_to_5_in_two_steps(void)
{
    raise_in_two_steps(5);
}

static void raise_to_7_in_two_steps(void)
{
    raise_in_two_steps(7);
}

static void raise_by_swap(long v)
{
    long seen = atomic_load(&highest);
    while (seen < v && !atomic_compare_exchange_weak(&highest, &seen, v)) {
    }
}

static void raise_to_5(void)
{
    raise_by_swap(5);
}

static void raise_to_7(void)
{
    raise_by_swap(7);
}

static void highest_is_7(void)
{
    il_expect_long("highest", highest, 7);
}

static void add_child_after_look(void)
{
    if (atomic_load(&children) < 1)
        atomic_fetch_add(&children, 1);
}

static void add_child_and_take_back(void)
{
    if (atomic_fetch_add(&children, 1) >= 1)
        atomic_fetch_sub(&children, 1);
}

static void one_child(void)
{
    il_expect_long("children", children, 1);
}

static bool is_empty(void)
{
    pthread_rwlock_rdlock(&table);
    bool empty = entries == 0;
    pthread_rwlock_unlock(&table);
    return empty;
}

static void fill_unseen(void)
{
    if (!is_empty())
        return;
    pthread_rwlock_wrlock(&table);
    entries++;
    pthread_rwlock_unlock(&table);
}

static void fill_after_second_look(void)
{
    if (!is_empty())
        return;
    pthread_rwlock_wrlock(&table);
    if (entries == 0)
        entries++;
    pthread_rwlock_unlock(&table);
}

static void fill_while_reading(void)
{
    pthread_rwlock_rdlock(&table);
    pthread_rwlock_wrlock(&table);
    entries++;
    pthread_rwlock_unlock(&table);
}

static void one_entry(void)
{
    il_expect_long("entries", entries, 1);
}

/* ---- three locks in a circle ---- */

static pthread_mutex_t fork_a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t fork_b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t fork_c = PTHREAD_MUTEX_INITIALIZER;

static void take_both(pthread_mutex_t *one, pthread_mutex_t *two)
{
    pthread_mutex_lock(one);
    pthread_mutex_lock(two);
    pthread_mutex_unlock(two);
    pthread_mutex_unlock(one);
}

static void take_a_b(void)
{
    take_both(&fork_a, &fork_b);
}

static void take_b_c(void)
{
    take_both(&fork_b, &fork_c);
}

static void take_c_a(void)
{
    take_both(&fork_c, &fork_a);
}

static void take_a_c(void)
{
    take_both(&fork_a, &fork_c);
}

/* ---- neighbours, and what is not atomic ---- */

static struct {
    unsigned char a, b;
} bytes;
static volatile int signalled;
static int payload;

static void write_a(void)
{
    bytes.a = 1;
}

static void write_b(void)
{
    bytes.b = 1;
}

static void send(void)
{
    payload = 3;
    signalled = 1;
}

static void receive(void)
{
    if (signalled)
        il_expect_long("payload", payload, 3);
}

const struct il_scenario il_scenarios[] = {
    {.name = "passed.ticket",
     .threads = {ticket_right, ticket_right},
     .check = total_is_two},
    {.name = "race.ticket-seen-relaxed",
     .says =
         "thread 2 writes total, thread 1 reads it, and nothing orders the two",
     .threads = {ticket_seen_relaxed, ticket_seen_relaxed}},
    {.name = "race.ticket-left-relaxed",
     .says =
         "thread 2 writes total, thread 1 reads it, and nothing orders the two",
     .threads = {ticket_left_relaxed, ticket_left_relaxed}},
    {.name = "livelock.ticket-in-two-steps",
     .says = "thread 1 looks at serving again and again, and nobody is left to "
             "change it",
     .threads = {ticket_in_two_steps, ticket_in_two_steps}},
    {.name = "passed.peterson",
     .threads = {peterson_first, peterson_second},
     .check = total_is_two},
    {.name = "race.peterson-weaker",
     .says =
         "thread 1 writes total, thread 2 reads it, and nothing orders the two",
     .threads = {peterson_first_weaker, peterson_second_weaker}},
    {.name = "passed.stack",
     .threads = {push_first, push_second, look_at_stack},
     .check = stack_has_both},
    {.name = "race.stack-relaxed",
     .says =
         "thread 1 writes value, thread 2 reads it, and nothing orders the two",
     .threads = {push_first_relaxed, look_at_stack}},
    {.name = "assertion.stack-blind",
     .says = "both threads read top before either wrote it",
     .threads = {push_first_blindly, push_second_blindly},
     .check = stack_has_both},
    {.name = "assertion.stack-aba",
     .says = "thread 1 swaps top, which was changed and changed back since it "
             "read it (ABA)",
     .setup = fill_stack,
     .threads = {pop_one, pop_two_and_push_one},
     .check = what_is_taken_is_gone},
    {.name = "passed.stack-pops",
     .setup = fill_stack,
     .threads = {pop_one, pop_one}},
    {.name = "race.flag-before-value",
     .says = "thread 2 writes setting, thread 1 reads it, and nothing orders "
             "the two",
     .threads = {flag_before_value, flag_before_value}},
    {.name = "passed.value-before-flag",
     .threads = {value_before_flag, value_before_flag}},
    {.name = "passed.once", .threads = {by_once, by_once}},
    {.name = "deadlock.error-path",
     .says = "the main thread waits for lock, which thread 2 never gave back",
     .threads = {start_job_keeps_lock, start_job_keeps_lock},
     .check = one_job},
    {.name = "passed.error-path",
     .threads = {start_job, start_job},
     .check = one_job},
    {.name = "assertion.own-count-late",
     .says = "the result is wrong even when no thread is stopped in the middle",
     .threads = {count_three_times, count_three_times},
     .check = sum_is_six},
    {.name = "passed.own-count",
     .threads = {count_twice, count_twice},
     .check = sum_is_four},
    {.name = "lost-wakeup.signal-first",
     .says = "thread 2 signals cond before thread 1 waits for it: the wake-up "
             "is lost",
     .threads = {wait_for_left, signal_then_set}},
    {.name = "passed.signal-unlocked",
     .threads = {wait_for_left, set_then_signal_unlocked}},
    {.name = "lost-wakeup.wrong-waiter",
     .says = "thread 1 waits for cond and nobody is left to signal it",
     .threads = {wait_for_left, wait_for_right, signal_each}},
    {.name = "passed.wake-all",
     .threads = {wait_for_left, wait_for_right, wake_all}},
    {.name = "assertion.wait-without-lock",
     .says = "thread 1 waits with a mutex that it does not hold",
     .threads = {wait_without_lock, set_there}},
    {.name = "use-after-free.replaced-at-once",
     .says =
         "thread 2 frees memory that thread 1 uses, and nothing orders the two",
     .setup = start_pair,
     .threads = {look_at_pair, replace_at_once}},
    {.name = "use-after-free.said-too-late",
     .says = "thread 1 uses block 1 after thread 2 freed it",
     .setup = start_pair,
     .threads = {read_pair_said_late, replace_and_wait}},
    {.name = "passed.replaced",
     .setup = start_pair,
     .threads = {read_pair, replace_and_wait}},
    {.name = "assertion.two-writers",
     .says = "thread 2 writes too, and others see that before what thread 1 "
             "wrote earlier: nothing orders the two",
     .threads = {write_one_alone, write_two_alone},
     .check = both_are_one},
    {.name = "passed.two-writers",
     .threads = {write_one_in_turn, write_two_in_turn},
     .check = both_are_one},
    {.name = "assertion.odd-sequence",
     .says = "thread 2 reads while thread 1 is between two of its writes",
     .threads = {write_one_in_turn, read_when_odd_too}},
    {.name = "passed.even-sequence",
     .threads = {write_one_in_turn, read_when_even}},
    {.name = "assertion.highest",
     .says = "both threads read highest before either wrote it",
     .threads = {raise_to_5_in_two_steps, raise_to_7_in_two_steps},
     .check = highest_is_7},
    {.name = "passed.highest",
     .threads = {raise_to_5, raise_to_7},
     .check = highest_is_7},
    {.name = "assertion.limit",
     .says = "thread 1 changes children after it looked at it, and thread 2 "
             "changes it in between",
     .threads = {add_child_after_look, add_child_after_look},
     .check = one_child},
    {.name = "passed.limit",
     .threads = {add_child_and_take_back, add_child_and_take_back},
     .check = one_child},
    {.name = "assertion.one-look",
     .says = "thread 2 comes in between two locked sections of thread 1: what "
             "that one learned in the first no longer holds in the second",
     .threads = {fill_unseen, fill_unseen},
     .check = one_entry},
    {.name = "passed.second-look",
     .threads = {fill_after_second_look, fill_after_second_look},
     .check = one_entry},
    {.name = "deadlock.reads-and-writes",
     .says = "thread 1 waits for table, which it holds for reading itself; "
             "thread 2 waits for table, which thread 1 holds for reading",
     .threads = {fill_while_reading, fill_unseen}},
    {.name = "deadlock.circle",
     .says = "thread 1 waits for fork_b, which thread 2 holds; thread 2 waits "
             "for fork_c, which thread 3 holds; thread 3 waits for fork_a, "
             "which thread 1 holds",
     .threads = {take_a_b, take_b_c, take_c_a}},
    {.name = "passed.no-circle", .threads = {take_a_b, take_b_c, take_a_c}},
    {.name = "passed.neighbours", .threads = {write_a, write_b}},
    {.name = "race.volatile",
     .says = "thread 1 writes signalled, thread 2 reads it, and nothing orders "
             "the two",
     .threads = {send, receive}},
    {.name = NULL},
};
