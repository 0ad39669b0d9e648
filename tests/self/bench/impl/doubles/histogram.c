/* SPDX-License-Identifier: MIT
 *
 * histogram.c - observes twice of what it was given: as many values as it
 * should, in other buckets
 */
#define met_histogram_observe observe_right
#include "../../../../../solutions/03-histogram/histogram.c"
#undef met_histogram_observe

void met_histogram_observe(struct met_histogram *h, double v);

void met_histogram_observe(struct met_histogram *h, double v)
{
    observe_right(h, 2 * v);
}
