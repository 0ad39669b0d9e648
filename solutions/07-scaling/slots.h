/* SPDX-License-Identifier: MIT
 *
 * slots.h - for each metric, a slot in each thread that updates it
 *
 * A metric has a *place*, the same in all threads. A thread has a *block*, and
 * in it a slot for each place. Only the thread that has the block writes to
 * its slots; so an update needs no lock and no read-modify-write.
 *
 *            place 0   place 1   place 2
 *  block A  [   12   |    0    |    7    ]   thread 1 writes
 *  block B  [    3   |    1    |    0    ]   thread 2 writes
 *
 * A read takes the lock and sums one column.
 *
 * When a thread ends, its block stays as it is, counts and all, and the next
 * new thread goes on with it. So nothing has to be added up at the end of a
 * thread, and there are never more blocks than threads that lived at once.
 *
 * Slots lie in chunks, which a block gets when its thread first touches them:
 * 64 slots in chunk 0, 128 in chunk 1, 256 in chunk 2 and so on. A chunk never
 * moves: its owner uses it without a lock.
 */
#ifndef SLOTS_H
#define SLOTS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MET_LINE = 64,        /* bytes of a cache line */
    MET_CHUNKS = 24,      /* of a block, at most */
    MET_FIRST_CHUNK = 64, /* slots in chunk 0 */
};

/* What a thread has counted: 16 bytes, four to a line. A new slot is zero. */
union met_slot {
    struct {
        _Atomic uint64_t count; /* of calls that added 1 */
        _Atomic double sum;     /* of the other amounts */
    } counter;
    void *shard; /* of a histogram; changed under the lock only */
};

struct met_block {
    struct met_block *next;      /* in the list of all blocks */
    struct met_block *next_free; /* in the list of those without a thread */
    union met_slot
        *chunk[MET_CHUNKS]; /* changed by the owner, under the lock */
};

struct met_place {
    unsigned chunk, offset;
};

/* Guards the list of blocks, the chunks of each, and the free places. A thread
 * that has it must not take it again: met_place_take, met_place_give_back and
 * met_slot_make take it themselves, met_blocks and met_slot_in do not. */
void met_slots_lock(void);
void met_slots_unlock(void);

/* Finds a place that no metric has; its slot is zero in all blocks. Returns 0
 * or MET_ENOMEM. */
int met_place_take(struct met_place *out);

/* The metric is gone, and no thread uses it: its slots become zero, in all
 * blocks. What they point to is for the caller to free, before. Cannot fail. */
void met_place_give_back(struct met_place place);

/* The first block of all; under the lock only. */
struct met_block *met_blocks(void);

/* The slot in a block, or NULL when its thread never touched the chunk. */
static inline union met_slot *met_slot_in(struct met_block *b,
                                          struct met_place place)
{
    union met_slot *chunk = b->chunk[place.chunk];

    return chunk ? &chunk[place.offset] : NULL;
}

/* The chunks of the calling thread that met_slot_make() has found for it: what
 * its block points to, once more, so that an update need not ask the block.
 * NULL where it has asked for none, and again when it has given its block
 * away. */
extern _Thread_local union met_slot *met_my_chunk[MET_CHUNKS];

/* Gives the calling thread what it lacks: a block, a chunk. Returns its slot,
 * or NULL: there is no memory, or the thread is about to end and has given its
 * block away. Then the update must go somewhere else. */
union met_slot *met_slot_make(struct met_place place);

/* The calling thread's own slot, or NULL if it was not made yet. Without the
 * lock: the thread itself has written all that is read here. */
static inline union met_slot *met_slot_ready(struct met_place place)
{
    union met_slot *chunk = met_my_chunk[place.chunk];

    return chunk ? &chunk[place.offset] : NULL;
}

/* The same, and it is made if need be; NULL as met_slot_make(). */
static inline union met_slot *met_slot_mine(struct met_place place)
{
    union met_slot *slot = met_slot_ready(place);

    return slot ? slot : met_slot_make(place);
}

#endif
