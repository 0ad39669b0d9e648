/* SPDX-License-Identifier: MIT
 *
 * leak-a-thread.c - a block is never taken over: each thread that ever
 * lives needs a new one
 *
 * file: slots.c
 * loses: threads_over_time_need_no_memory
 * sentence: "memory grows with the threads that live at once"
 */
#include "slots.h"

#include "met/error.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

_Thread_local struct met_block *met_my_block;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void met_slots_lock(void)
{
    pthread_mutex_lock(&lock);
}

void met_slots_unlock(void)
{
    pthread_mutex_unlock(&lock);
}

static struct met_block *blocks;      /* all that were ever made */
static struct met_block *free_blocks; /* whose threads have ended */

struct met_block *met_blocks(void)
{
    return blocks;
}

/* Memory that is zero, and that shares no line with other memory. */
static void *new_lines(size_t bytes)
{
    size_t whole = (bytes + MET_LINE - 1) / MET_LINE * MET_LINE;
    void *p = aligned_alloc(MET_LINE, whole);

    return p ? memset(p, 0, whole) : NULL;
}

/* ---- places ---- */

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

int met_place_take(struct met_place *out)
{
    int err = 0;

    met_slots_lock();
    if (given_back_count > 0)
        *out = place_of(given_back[--given_back_count]);
    else if (make_room())
        *out = place_of(places++);
    else
        err = MET_ENOMEM;
    met_slots_unlock();
    return err;
}

void met_place_give_back(struct met_place place)
{
    met_slots_lock();
    for (struct met_block *b = blocks; b; b = b->next) {
        union met_slot *slot = met_slot_in(b, place);
        if (slot)
            *slot = (union met_slot){.counter = {0}};
    }
    given_back[given_back_count++] = number_of(place);
    met_slots_unlock();
}

/* ---- threads ---- */

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

    met_my_block = NULL;
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
    struct met_block *b = new_lines(sizeof *b);

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

union met_slot *met_slot_make(struct met_place place)
{
    union met_slot *slot = NULL;

    if (ending || pthread_once(&once, make_key) != 0 || !has_key)
        return NULL;
    met_slots_lock();
    struct met_block *mine = met_my_block ? met_my_block : adopt(take_block());
    met_my_block = mine;
    if (mine && !mine->chunk[place.chunk])
        mine->chunk[place.chunk] =
            new_lines(((size_t)MET_FIRST_CHUNK << place.chunk) * sizeof *slot);
    if (mine)
        slot = met_slot_in(mine, place);
    met_slots_unlock();
    return slot;
}
