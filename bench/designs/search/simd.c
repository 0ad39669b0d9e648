/* SPDX-License-Identifier: MIT
 *
 * simd.c - the value against all bounds, two in each instruction
 *
 * The bucket is the number of bounds below the value. Vectors of 16 bytes,
 * which every x86-64 and every 64-bit ARM has, so nothing has to be asked of
 * the processor before. No comparison waits for another one.
 */
#include <string.h>

#include "search/search.h"

typedef double two_doubles __attribute__((vector_size(16)));
typedef int64_t two_counts __attribute__((vector_size(16)));

static void prepare(struct state *s)
{
    (void)s;
}

/* -1 for each of the two bounds that is below. */
static inline two_counts below(two_doubles v, const double *bound)
{
    two_doubles bounds;

    memcpy(&bounds, bound, sizeof bounds);
    return v > bounds;
}

static inline size_t find(const struct state *s, double v)
{
    two_doubles both = {v, v};
    two_counts a = {0, 0}, b = a, c = a, d = a;

    /* The numbers of buckets are multiples of 8. Four sums, since each waits
     * for its own last addition only. */
    for (size_t i = 0; i < s->values.buckets; i += 8) {
        const double *bound = s->values.bound + i;

        a -= below(both, bound);
        b -= below(both, bound + 2);
        c -= below(both, bound + 4);
        d -= below(both, bound + 6);
    }
    a += b + c + d;
    return (size_t)(a[0] + a[1]);
}

#include "search/walk.h"

SEARCH_ROWS("simd", 1, "all bounds, two at once");
