/* SPDX-License-Identifier: MIT
 *
 * expo_series.c - which series, groups and names a page has had already
 *
 * A hash table with open addressing. An entry keeps where its line is; when
 * two hashes are equal the line is read again and compared, so a page cannot
 * make two series look like one.
 */
#include "expo_parts.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 };

/* ---- hashes ---- */

/* Eight bytes at a time, with the mixing step of MurmurHash3 (Appleby). */
static uint64_t mix(uint64_t h)
{
    h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdU;
    h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53U;
    return h ^ (h >> 33);
}

static uint64_t hash_span(struct expo_span s, uint64_t h)
{
    uint64_t part;

    for (; s.n >= sizeof part; s.at += sizeof part, s.n -= sizeof part) {
        memcpy(&part, s.at, sizeof part);
        h = mix(h ^ part);
    }
    part = s.n;
    for (size_t i = 0; i < s.n; i++)
        part = part << 8 | (unsigned char)s.at[i];
    return mix(h ^ part);
}

/* The order of the labels does not matter: their hashes are added. */
static uint64_t hash_sample(const struct expo_sample *s, const char *without)
{
    uint64_t h = 0;

    for (size_t i = 0; i < s->labels; i++)
        if (!without || !span_is(s->label[i].name, without))
            h += hash_span(s->label[i].value,
                           hash_span(s->label[i].name, 0x9e3779b97f4a7c15U));
    return without ? mix(h) : hash_span(s->name, h);
}

/* ---- comparing ---- */

static bool same_labels(const struct expo_sample *a,
                        const struct expo_sample *b, const char *without)
{
    for (size_t i = 0; i < a->labels; i++) {
        const struct expo_label *l = &a->label[i];
        bool found = without && span_is(l->name, without);
        for (size_t k = 0; k < b->labels && !found; k++)
            found = span_equal(l->name, b->label[k].name) &&
                    span_equal(l->value, b->label[k].value);
        if (!found)
            return false;
    }
    return true;
}

/* Reads the entry's line again; it was right the first time. */
static bool same_sample(const struct reader *r, const struct seen_entry *e,
                        const struct expo_sample *s, const char *without)
{
    struct reader again = *r;
    struct expo_sample old;

    again.at = e->name.at;
    old.name = line_metric_name(&again);
    line_sample(&again, &old);
    return (without || span_equal(old.name, s->name)) &&
           same_labels(&old, s, without) && same_labels(s, &old, without);
}

/* ---- the table ---- */

static void grow(struct reader *r, struct seen *seen)
{
    size_t room = seen->room ? 2 * seen->room : FIRST_ROOM;
    struct seen_entry *entries = calloc(room, sizeof *entries);

    if (!entries)
        expo_refuse(r, "memory", "there is not enough memory for the check");
    for (size_t i = 0; i < seen->room; i++) {
        struct seen_entry *e = &seen->entries[i];
        size_t at = e->hash & (room - 1);
        while (e->name.at && entries[at].name.at)
            at = (at + 1) & (room - 1);
        if (e->name.at)
            entries[at] = *e;
    }
    free(seen->entries);
    seen->entries = entries;
    seen->room = room;
}

/* The entry that is the same, or the free place for it. */
static struct seen_entry *place_of(struct reader *r, struct seen *seen,
                                   uint64_t hash, const struct expo_sample *s,
                                   const char *without, struct expo_span name)
{
    if (seen->count >= seen->room / 2)
        grow(r, seen);
    for (size_t at = hash;; at++) {
        struct seen_entry *e = &seen->entries[at & (seen->room - 1)];
        if (!e->name.at)
            return e;
        if (e->hash == hash &&
            (s ? same_sample(r, e, s, without) : span_equal(e->name, name)))
            return e;
    }
}

static struct seen_entry *find(struct reader *r, struct seen *seen,
                               uint64_t hash, const struct expo_sample *s,
                               const char *without, struct expo_span name,
                               bool *is_new)
{
    struct seen_entry *e = place_of(r, seen, hash, s, without, name);

    *is_new = !e->name.at;
    if (*is_new) {
        *e = (struct seen_entry){
            .hash = hash, .name = name, .line = r->line, .index = seen->count};
        seen->count++;
    }
    return e;
}

struct seen_entry *seen_sample(struct reader *r, struct seen *seen,
                               const struct expo_sample *s, const char *without,
                               bool *is_new)
{
    return find(r, seen, hash_sample(s, without), s, without, s->name, is_new);
}

struct seen_entry *seen_name(struct reader *r, struct seen *seen,
                             struct expo_span name, bool *is_new)
{
    return find(r, seen, hash_span(name, 0), NULL, NULL, name, is_new);
}

void seen_clear(struct seen *seen)
{
    if (seen->count)
        memset(seen->entries, 0, seen->room * sizeof *seen->entries);
    seen->count = 0;
}

void seen_free(struct seen *seen)
{
    free(seen->entries);
    *seen = (struct seen){0};
}
