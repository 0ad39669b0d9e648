/* SPDX-License-Identifier: MIT
 *
 * slots.c - for each metric, a slot in each thread that updates it
 *
/// SOLUTION
 * One lock guards everything here. Updates take it when a thread meets a chunk
 * for the first time, and when it ends; between these, never.
 *
 * Blocks and chunks are never given back to malloc(): a thread may always come
 * that goes on with them. They begin on a line of their own and fill it, so
 * that no other thread writes there.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "slots.h"

#include "met/error.h"

#include <pthread.h>
/// SOLUTION
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
/// END

_Thread_local union met_slot *met_my_chunk[MET_CHUNKS];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void met_slots_lock(void)
{
    pthread_mutex_lock(&lock);
}

void met_slots_unlock(void)
{
    pthread_mutex_unlock(&lock);
}

/// SOLUTION
static struct met_block *blocks;      /* all that were ever made */
static struct met_block *free_blocks; /* whose threads have ended */

static _Thread_local struct met_block *my_block; /* NULL at the beginning */

/// END
struct met_block *met_blocks(void)
{
    /// SOLUTION
    return blocks;
    /// STARTER
    /// return NULL; /* Step 3 */
    /// END
}

/// SOLUTION
/* Memory that is zero, and that shares no line with other memory. */
static void *new_lines(size_t bytes)
{
    size_t whole = (bytes + MET_LINE - 1) / MET_LINE * MET_LINE;
    void *p = aligned_alloc(MET_LINE, whole);

    return p ? memset(p, 0, whole) : NULL;
}

/// END
/* ---- places ---- */

/// SOLUTION
static unsigned *given_back; /* numbers of places; room for all */
static unsigned given_back_count, places, room;

/* 0 to 63 are in chunk 0, 64 to 191 in chunk 1, ... */
static struct met_place place_of(unsigned number)
{
    unsigned slots = MET_FIRST_CHUNK;
    struct met_place p = {0, number};

    for (; p.offset >= slots; slots *= 2, p.chunk++)
        p.offset -= slots;
    return p;
}

static unsigned number_of(struct met_place p)
{
    return MET_FIRST_CHUNK * ((1u << p.chunk) - 1) + p.offset;
}

/* There is always room to give all places back: that must not fail. */
static bool make_room(void)
{
    unsigned more = room ? 2 * room : 16;
    unsigned *list = NULL;

    if (places < room)
        return true;
    if (place_of(places).chunk < MET_CHUNKS)
        list = realloc(given_back, more * sizeof *list);
    if (!list)
        return false;
    given_back = list;
    room = more;
    return true;
}

/// END
int met_place_take(struct met_place *out)
{
    /// SOLUTION
    struct met_place place = {0, 0};
    int err = 0;

    met_slots_lock();
    if (given_back_count > 0)
        place = place_of(given_back[--given_back_count]);
    else if (make_room())
        place = place_of(places++);
    else
        err = MET_ENOMEM;
    met_slots_unlock();
    *out = place;
    return err;
    /// STARTER
    /// (void)out;
    /// return MET_ENOMEM; /* Step 2 */
    /// END
}

void met_place_give_back(struct met_place place)
{
    /// SOLUTION
    met_slots_lock();
    for (struct met_block *b = blocks; b; b = b->next) {
        union met_slot *slot = met_slot_in(b, place);
        if (slot)
            *slot = (union met_slot){.counter = {0}};
    }
    given_back[given_back_count++] = number_of(place);
    met_slots_unlock();
    /// STARTER
    /// (void)place; /* Step 2 */
    /// END
}

/* ---- threads ---- */

/// SOLUTION
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool has_key;
static _Thread_local bool ending;

/* The thread ends. Its counts stay in the block, for readers and for the
 * thread that goes on with it. The lock orders the last update of this one
 * before the first of that one. */
static void hand_over(void *p)
{
    struct met_block *mine = p;

    memset(met_my_chunk, 0, sizeof met_my_chunk);
    ending = true; /* destructors of other keys may still count something */
    met_slots_lock();
    mine->next_free = free_blocks;
    free_blocks = mine;
    met_slots_unlock();
}

static void make_key(void)
{
    has_key = pthread_key_create(&key, hand_over) == 0;
}

/* Under the lock: a block without a thread, or a new one. */
static struct met_block *take_block(void)
{
    struct met_block *b = free_blocks;

    if (b) {
        free_blocks = b->next_free;
        return b;
    }
    b = new_lines(sizeof *b);
    if (b) {
        b->next = blocks;
        blocks = b;
    }
    return b;
}

/* Under the lock: makes it the thread's own, until it ends. */
static struct met_block *adopt(struct met_block *b)
{
    if (b && pthread_setspecific(key, b) != 0) {
        b->next_free = free_blocks;
        free_blocks = b;
        return NULL;
    }
    return b;
}

/// END
union met_slot *met_slot_make(struct met_place place)
{
    /// SOLUTION
    union met_slot *slot = NULL;

    if (ending || pthread_once(&once, make_key) != 0 || !has_key)
        return NULL;
    met_slots_lock();
    struct met_block *mine = my_block ? my_block : adopt(take_block());
    my_block = mine;
    if (mine && !mine->chunk[place.chunk])
        mine->chunk[place.chunk] =
            new_lines(((size_t)MET_FIRST_CHUNK << place.chunk) * sizeof *slot);
    if (mine) {
        met_my_chunk[place.chunk] = mine->chunk[place.chunk];
        slot = met_slot_in(mine, place);
    }
    met_slots_unlock();
    return slot;
    /// STARTER
    /// (void)place;
    /// return NULL; /* Steps 3 and 4 */
    /// END
}
