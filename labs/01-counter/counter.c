/* SPDX-License-Identifier: MIT
 *
 * counter.c - a number that only goes up
 *
 * The handout, README.md, leads through the steps.
 */
#include "met/counter.h"

#include "met/error.h"

struct met_counter {
    double value; /* Step 2: may two threads use this at once? */
};

int met_counter_create(struct met_counter **out)
{
    (void)out;
    return MET_ENOMEM; /* Step 2 */
}

void met_counter_destroy(struct met_counter *c)
{
    (void)c; /* Step 2 */
}

void met_counter_inc(struct met_counter *c)
{
    (void)c; /* Step 3 */
}

int met_counter_add(struct met_counter *c, double v)
{
    (void)c;
    (void)v;
    return 0; /* Step 4 */
}

double met_counter_value(const struct met_counter *c)
{
    (void)c;
    return 0.0; /* Step 3 */
}
