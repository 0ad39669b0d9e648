/* SPDX-License-Identifier: MIT
 *
 * location.c - the atomic variables of one execution
 *
 * An address becomes a location at the first atomic access to it; the value
 * that it has in plain memory then is its first store.
 */
#include "memory.h"

enum { BUCKETS = 4096 };

static struct {
    uint32_t stamp;
    int loc;
} buckets[BUCKETS];

/* ---- plain memory behind an atomic ---- */

static uint64_t memory_get(uintptr_t a, int size)
{
    switch (size) {
    case 1: return *(volatile uint8_t *)a;
    case 2: return *(volatile uint16_t *)a;
    case 4: return *(volatile uint32_t *)a;
    default: return *(volatile uint64_t *)a;
    }
}

void il_memory_set(uintptr_t a, int size, uint64_t v)
{
    switch (size) {
    case 1: *(volatile uint8_t *)a = (uint8_t)v; break;
    case 2: *(volatile uint16_t *)a = (uint16_t)v; break;
    case 4: *(volatile uint32_t *)a = (uint32_t)v; break;
    default: *(volatile uint64_t *)a = v; break;
    }
}

/* ---- locations ---- */

/* The bucket of the address, or the free one where it would go. There are
 * fewer locations than buckets, so there is one. */
static unsigned bucket_of(uintptr_t a)
{
    unsigned h = (unsigned)((a * UINT64_C(0x9E3779B97F4A7C15)) >> 52);
    while (buckets[h].stamp == il_w.stamp &&
           il_w.locs[buckets[h].loc].addr != a)
        h = (h + 1) % BUCKETS;
    return h;
}

struct location *il_location_find(uintptr_t a)
{
    unsigned h = bucket_of(a);
    return buckets[h].stamp == il_w.stamp ? &il_w.locs[buckets[h].loc] : NULL;
}

/* The value that the variable has before the first atomic access to it. */
static int first_store(int loc, uintptr_t a, int size)
{
    if (il_w.nevents >= EVENTS)
        il_stop(INCONCLUSIVE, "an execution has more than %d steps", EVENTS);
    struct event *e = EVENT(il_w.nevents);
    *e = (struct event){.kind = OP_NONE,
                        .size = (uint8_t)size,
                        .wrote = true,
                        .addr = a,
                        .value = memory_get(a, size),
                        .loc = loc,
                        .rf = -1,
                        .earlier = -1,
                        .mo_next = -1};
    return il_w.nevents++;
}

static struct location *add_location(uintptr_t a, int size)
{
    if (il_w.nlocs >= LOCATIONS)
        il_stop(INCONCLUSIVE, "more than %d atomic variables", LOCATIONS);
    unsigned h = bucket_of(a);
    int loc = il_w.nlocs++;
    int first = first_store(loc, a, size);
    il_w.locs[loc] = (struct location){.addr = a,
                                       .size = (uint8_t)size,
                                       .first = first,
                                       .newest = first,
                                       .last = first};
    buckets[h].stamp = il_w.stamp;
    buckets[h].loc = loc;
    return &il_w.locs[loc];
}

struct location *il_location_at(uintptr_t a, int size)
{
    struct location *l = il_location_find(a);
    if (!l)
        l = add_location(a, size);
    if (l->size != size)
        il_stop(INCONCLUSIVE, "one atomic variable is used in two sizes");
    if (l->refresh) {
        EVENT(l->newest)->value = memory_get(a, size);
        l->refresh = false;
    }
    return l;
}
