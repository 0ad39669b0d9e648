/* SPDX-License-Identifier: MIT
 *
 * scenarios.c - what the tests of lab 08 run beside the submission
 */
#include "crowd.h"
#include "driver/sanitized.h"
#include "driver/scenario.h"

#include <stdint.h>

/* out: 1 in a replay under a sanitizer, where a Prometheus would find out
 * nothing new, and all is slower; 0 otherwise */
SCENARIO(is_watched_by_a_sanitizer)
{
    (void)in;
    out[0] = SANITIZED;
}

/* in: the service's handle, as a number; a seed; a slot: its visitors come */
SCENARIO(visitors_come)
{
    struct met_service *s = (struct met_service *)(uintptr_t)in[0];
    uint64_t seed = (uint64_t)in[1], slot = (uint64_t)in[2];
    int n = crowd_size(seed, slot);

    for (int i = 0; i < n; i++) {
        struct visitor v = crowd_visitor(seed, slot, i);
        met_service_request(s, v.seconds, v.failed);
    }
    met_service_memory(s, crowd_memory(seed, slot));
    out[0] = n;
}

enum { THREADS = 4 };

struct rush {
    struct met_service *service;
    int rounds;
};

static void rush(size_t i, void *shared)
{
    struct rush *r = shared;

    for (int k = 0; k < r->rounds; k++) {
        met_service_request(r->service, 0.2, i % 2 == 0);
        met_service_memory(r->service, (double)(i + 1));
    }
}

/* in: the service's handle, as a number; how many requests each of four
 * threads makes, two of them failed ones only */
SCENARIO(many_at_once)
{
    struct rush r = {(struct met_service *)(uintptr_t)in[0], (int)in[1]};

    scenario_threads(THREADS, rush, &r);
    out[0] = 0;
}
