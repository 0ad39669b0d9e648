/* SPDX-License-Identifier: MIT
 *
 * tally.c - a sum that many threads add to
 *
/// SOLUTION
 * The sum and the lock that guards it. The amount is asked for before the
 * lock is taken: it may take any time, and may itself add.
/// STARTER
///  * This tally loses updates. The handout, README.md, asks you to see it, to
///  * explain it, and to repair it.
/// END
 */
#include "met/tally.h"

#include "met/error.h"

/// SOLUTION
#include <pthread.h>
/// END
#include <stdlib.h>

struct met_tally {
    /// SOLUTION
    pthread_mutex_t lock; /* guards total */
    /// END
    long total;
};

int met_tally_create(struct met_tally **out)
{
    struct met_tally *t = calloc(1, sizeof *t);

    if (!t)
        return MET_ENOMEM;
    /// SOLUTION
    pthread_mutex_init(&t->lock, NULL); /* cannot fail without attributes */
    /// END
    *out = t;
    return 0;
}

void met_tally_destroy(struct met_tally *t)
{
    /// SOLUTION
    if (t)
        pthread_mutex_destroy(&t->lock);
    /// END
    free(t);
}

void met_tally_add(struct met_tally *t, met_amount_fn *amount, void *ctx)
{
    /// SOLUTION
    long more = amount(ctx);

    pthread_mutex_lock(&t->lock);
    t->total += more;
    pthread_mutex_unlock(&t->lock);
    /// STARTER
    /// long seen = t->total;
    ///
    /// seen += amount(ctx);
    /// t->total = seen;
    /// END
}

long met_tally_total(const struct met_tally *t)
{
    /// SOLUTION
    /* The lock is not part of the value: reading may take it. */
    pthread_mutex_t *lock = (pthread_mutex_t *)&t->lock;

    pthread_mutex_lock(lock);
    long total = t->total;
    pthread_mutex_unlock(lock);
    return total;
    /// STARTER
    /// return t->total;
    /// END
}
