/* SPDX-License-Identifier: MIT
 *
 * gauge.c - a number that goes up and down: not sharded
 *
 * The handout, README.md, leads through the steps.
 */
#include "met/gauge.h"

#include "met/error.h"

struct met_gauge {
    double value; /* Step 7 */
};

int met_gauge_create(struct met_gauge **out)
{
    (void)out;
    return MET_ENOMEM; /* Step 7 */
}

void met_gauge_destroy(struct met_gauge *g)
{
    (void)g; /* Step 7 */
}

void met_gauge_set(struct met_gauge *g, double v)
{
    (void)g;
    (void)v; /* Step 7 */
}

void met_gauge_inc(struct met_gauge *g)
{
    (void)g; /* Step 7 */
}

void met_gauge_dec(struct met_gauge *g)
{
    (void)g; /* Step 7 */
}

void met_gauge_add(struct met_gauge *g, double v)
{
    (void)g;
    (void)v; /* Step 7 */
}

void met_gauge_sub(struct met_gauge *g, double v)
{
    (void)g;
    (void)v; /* Step 7 */
}

void met_gauge_set_to_current_time(struct met_gauge *g)
{
    (void)g; /* Step 7 */
}

double met_gauge_value(const struct met_gauge *g)
{
    (void)g;
    return 0.0; /* Step 7 */
}

void met_in_progress_begin(struct met_in_progress *p, struct met_gauge *g)
{
    (void)p;
    (void)g; /* Step 7 */
}

void met_in_progress_end(struct met_in_progress *p)
{
    (void)p; /* Step 7 */
}
