/* SPDX-License-Identifier: MIT
 *
 * histogram.c - how values are spread, with a shard in each thread
 *
/// SOLUTION
 * A shard has two sides. Its thread observes on one of them; `turn` says on
 * which, and whether it is in the middle of an observation. A snapshot asks
 * for the other side (`wanted`). Then one of two things happens:
 *
 * - The thread observes again, and changes sides as it begins. All it had
 *   counted before lies still on the old side: the snapshot adds that to the
 *   histogram's own sums, makes it zero, and has what it needs.
 * - The thread does not observe. Then the side lies still as well: a snapshot
 *   copies it, and `turn` is the same before and after.
 *
 * So a snapshot waits for at most the end of one observation, and an
 * observation never waits for a snapshot.
 *
 * Counts and sums are stored with release and read with acquire: a snapshot
 * that copies a value of a later observation sees also the `turn` with which
 * that observation began, and copies again.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "met/histogram.h"

#include "met/error.h"
#include "slots.h"

#include <math.h>
#include <pthread.h>
/// SOLUTION
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Of `turn`; the rest of it is the number of observations. */
enum { BUSY = 1, SIDE = 2, NEXT = 4 };

struct side {
    _Atomic double sum;
    _Atomic uint64_t counts[];
};

/* On lines of its own; the sides follow, each on lines of its own. */
struct shard {
    _Atomic uint64_t turn;   /* written by the thread that observes */
    _Atomic uint64_t wanted; /* side, 0 or SIDE; written by snapshots */
};
/// END

struct met_histogram {
    struct met_place place; /* of a pointer to the thread's shard */
    /// SOLUTION
    pthread_mutex_t spare_lock;
    struct shard *spare; /* of threads that have no slot, one at a time */
    double sum;          /* of what snapshots took off the sides */
    uint64_t *counts;    /* the same; and room for a copy; under the lock */
    size_t n;
    double bounds[];
    /// STARTER
    /// double sum; /* Step 6: what else? who writes it, under which lock? */
    /// END
};

/// SOLUTION
/* ---- shards ---- */

static size_t whole_lines(size_t bytes)
{
    return (bytes + MET_LINE - 1) / MET_LINE * MET_LINE;
}

static size_t side_bytes(const struct met_histogram *h)
{
    return whole_lines(sizeof(struct side) + (h->n + 1) * sizeof(uint64_t));
}

static struct side *side_of(const struct met_histogram *h, struct shard *s,
                            uint64_t side)
{
    return (struct side *)((char *)s + MET_LINE + (side ? side_bytes(h) : 0));
}

static struct shard *new_shard(const struct met_histogram *h)
{
    size_t bytes = MET_LINE + 2 * side_bytes(h);
    void *p = aligned_alloc(MET_LINE, bytes);

    return p ? memset(p, 0, bytes) : NULL;
}

/* The calling thread's own, or NULL. */
static struct shard *my_shard(struct met_histogram *h)
{
    union met_slot *slot = met_slot_mine(h->place);

    if (slot && !slot->shard) {
        met_slots_lock(); /* a snapshot reads the pointer */
        slot->shard = new_shard(h);
        met_slots_unlock();
    }
    return slot ? slot->shard : NULL;
}

static void add_one(_Atomic uint64_t *n)
{
    /* release: pairs with the acquire in copy() */
    atomic_store_explicit(n, atomic_load_explicit(n, memory_order_relaxed) + 1,
                          memory_order_release);
}

/* For one thread at a time. */
static void observe_in(const struct met_histogram *h, struct shard *s, size_t i,
                       double v)
{
    uint64_t turn = atomic_load_explicit(&s->turn, memory_order_relaxed);
    /* acquire: pairs with offer(); the side that is offered was made zero */
    uint64_t side = atomic_load_explicit(&s->wanted, memory_order_acquire);
    struct side *to = side_of(h, s, side);

    turn = (turn & ~(uint64_t)SIDE) | side;
    /* release: who sees the new side sees all that was counted on the old */
    atomic_store_explicit(&s->turn, turn | BUSY, memory_order_release);
    add_one(&to->counts[i]);
    double sum = atomic_load_explicit(&to->sum, memory_order_relaxed);
    /* release: pairs with the acquire in copy() */
    atomic_store_explicit(&to->sum, sum + v, memory_order_release);
    /* release: pairs with the acquire of turn_of() */
    atomic_store_explicit(&s->turn, turn + NEXT, memory_order_release);
}

/* ---- snapshots of one shard, under the lock of the slots ---- */

static uint64_t turn_of(struct shard *s)
{
    /* acquire: pairs with the releases in observe_in() */
    return atomic_load_explicit(&s->turn, memory_order_acquire);
}

/* Adds a side that lies still to the histogram's own, and makes it zero. */
static void take_off(struct met_histogram *h, struct side *from)
{
    h->sum += atomic_load_explicit(&from->sum, memory_order_relaxed);
    atomic_store_explicit(&from->sum, 0.0, memory_order_relaxed);
    for (size_t i = 0; i <= h->n; i++) {
        h->counts[i] +=
            atomic_load_explicit(&from->counts[i], memory_order_relaxed);
        atomic_store_explicit(&from->counts[i], 0, memory_order_relaxed);
    }
}

/* Copies a side; returns whether it lay still meanwhile. */
static bool copy(const struct met_histogram *h, struct shard *s,
                 struct side *from, uint64_t turn, double *sum)
{
    uint64_t *room = h->counts + h->n + 1;

    *sum = atomic_load_explicit(&from->sum, memory_order_acquire);
    for (size_t i = 0; i <= h->n; i++)
        room[i] = atomic_load_explicit(&from->counts[i], memory_order_acquire);
    return atomic_load_explicit(&s->turn, memory_order_relaxed) == turn;
}

/* Offers the thread the side that it does not use, once it has taken the last
 * offer. Returns the side that it may still be on. */
static uint64_t offer(struct met_histogram *h, struct shard *s)
{
    uint64_t wanted = atomic_load_explicit(&s->wanted, memory_order_relaxed);

    if ((turn_of(s) & SIDE) != wanted)
        return wanted ^ SIDE;
    take_off(h, side_of(h, s, wanted ^ SIDE));
    /* release: pairs with the acquire in observe_in() */
    atomic_store_explicit(&s->wanted, wanted ^ SIDE, memory_order_release);
    return wanted;
}

static void read_shard(struct met_histogram *h, struct shard *s,
                       uint64_t *counts, double *sum)
{
    uint64_t old = offer(h, s);
    struct side *from = side_of(h, s, old);
    double more;

    for (;; sched_yield()) {
        uint64_t turn = turn_of(s);
        if ((turn & SIDE) != old) {
            take_off(h, from);
            return;
        }
        if (!(turn & BUSY) && copy(h, s, from, turn, &more))
            break;
    }
    *sum += more;
    for (size_t i = 0; i <= h->n; i++)
        counts[i] += h->counts[h->n + 1 + i];
}

/* ---- histograms ---- */

static size_t first_wrong(const double *bounds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(bounds[i]) || (i > 0 && !(bounds[i] > bounds[i - 1])))
            return i;
    return n;
}

static void release(struct met_histogram *h)
{
    if (h) {
        free(h->spare);
        free(h->counts);
    }
    free(h);
}

static struct met_histogram *make_histogram(const double *bounds, size_t n)
{
    struct met_histogram *h = malloc(sizeof *h + n * sizeof *bounds);

    if (!h)
        return NULL;
    h->n = n;
    h->sum = 0;
    h->counts = calloc(2 * (n + 1), sizeof *h->counts);
    h->spare = new_shard(h);
    for (size_t i = 0; i < n; i++)
        h->bounds[i] = bounds[i];
    if (h->counts && h->spare && met_place_take(&h->place) == 0)
        return h;
    release(h);
    return NULL;
}

/// END
int met_histogram_create(const double *bounds, size_t n, size_t *wrong,
                         struct met_histogram **out)
{
    /// SOLUTION
    size_t bad = first_wrong(bounds, n);

    if (bad < n) {
        if (wrong)
            *wrong = bad;
        return MET_EINVAL;
    }
    struct met_histogram *h = make_histogram(bounds, n);
    if (!h)
        return MET_ENOMEM;
    pthread_mutex_init(&h->spare_lock, NULL);
    *out = h;
    return 0;
    /// STARTER
    /// (void)bounds;
    /// (void)n;
    /// (void)wrong;
    /// (void)out;
    /// return MET_ENOMEM; /* Step 6 */
    /// END
}

/// SOLUTION
static void free_shards(struct met_place place)
{
    met_slots_lock();
    for (struct met_block *b = met_blocks(); b; b = b->next) {
        union met_slot *slot = met_slot_in(b, place);
        if (slot)
            free(slot->shard);
    }
    met_slots_unlock();
}

/// END
void met_histogram_destroy(struct met_histogram *h)
{
    /// SOLUTION
    if (!h)
        return;
    free_shards(h->place);
    met_place_give_back(h->place);
    pthread_mutex_destroy(&h->spare_lock);
    release(h);
    /// STARTER
    /// (void)h; /* Step 6 */
    /// END
}

/// SOLUTION
/* The first bucket whose bound is not below v: n, which is +Inf, when there is
 * none. NaN is not below or above anything, and ends there, too. */
static size_t bucket_of(const struct met_histogram *h, double v)
{
    size_t low = 0, high = h->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (v <= h->bounds[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/// END
void met_histogram_observe(struct met_histogram *h, double v)
{
    /// SOLUTION
    struct shard *mine = my_shard(h);

    if (mine) {
        observe_in(h, mine, bucket_of(h, v), v);
        return;
    }
    pthread_mutex_lock(&h->spare_lock);
    observe_in(h, h->spare, bucket_of(h, v), v);
    pthread_mutex_unlock(&h->spare_lock);
    /// STARTER
    /// (void)h;
    /// (void)v; /* Step 6 */
    /// END
}

size_t met_histogram_bounds(const struct met_histogram *h, double *bounds,
                            size_t n)
{
    /// SOLUTION
    for (size_t i = 0; i < n && i < h->n; i++)
        bounds[i] = h->bounds[i];
    return h->n;
    /// STARTER
    /// (void)h;
    /// (void)bounds;
    /// (void)n;
    /// return 0; /* Step 6 */
    /// END
}

int met_histogram_snapshot(struct met_histogram *h, uint64_t *cumulative,
                           size_t n, uint64_t *count, double *sum)
{
    /// SOLUTION
    double total = 0;

    if (n != h->n + 1)
        return MET_EINVAL;
    memset(cumulative, 0, n * sizeof *cumulative);
    met_slots_lock();
    read_shard(h, h->spare, cumulative, &total);
    for (struct met_block *b = met_blocks(); b; b = b->next) {
        union met_slot *slot = met_slot_in(b, h->place);
        if (slot && slot->shard)
            read_shard(h, slot->shard, cumulative, &total);
    }
    for (size_t i = 0; i < n; i++)
        cumulative[i] += h->counts[i];
    *sum = total + h->sum;
    met_slots_unlock();
    for (size_t i = 1; i < n; i++)
        cumulative[i] += cumulative[i - 1];
    *count = cumulative[n - 1];
    return 0;
    /// STARTER
    /// (void)h;
    /// (void)cumulative;
    /// (void)n;
    /// (void)count;
    /// (void)sum;
    /// return MET_EINVAL; /* Step 7 */
    /// END
}
