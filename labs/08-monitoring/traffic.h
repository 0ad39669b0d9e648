/* SPDX-License-Identifier: MIT
 *
 * traffic.h - simulated visitors of a web service
 *
 *     struct traffic t;
 *     struct visit v;
 *
 *     traffic_start(&t, seed, 10);       // about 10 requests a second
 *     for (;;) {
 *         traffic_next(&t, &v);
 *         ...                            // wait v.gap_seconds, serve
 *     }
 *
 * One seed always gives the same visitors. Of each minute the last fifteen
 * seconds are a slow phase: latencies are four times as long, and of five
 * requests one fails, where else it is one of a hundred.
 *
 * Given: nothing in this file is to be changed.
 */
#ifndef TRAFFIC_H
#define TRAFFIC_H

#include <stdbool.h>
#include <stdint.h>

struct traffic {
    uint64_t state;
    double per_second;
    double now_seconds; /* since the start */
};

struct visit {
    double gap_seconds;     /* from the visit before */
    double latency_seconds; /* 0 to 0.5, in a slow phase 0 to 2 */
    bool failed;
    double memory_bytes; /* of the service, then: 200 to 500 MiB */
};

void traffic_start(struct traffic *t, uint64_t seed, double per_second);
void traffic_next(struct traffic *t, struct visit *v);

/* Whether that moment is in a slow phase. */
bool traffic_is_slow(double seconds);

#endif
