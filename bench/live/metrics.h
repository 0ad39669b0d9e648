/* SPDX-License-Identifier: MIT
 *
 * metrics.h - what hammer measures, for a page or a Prometheus
 *
 *     live_updates_per_second{design="racy"}  of all threads, in the last trial
 *     live_lost_ratio{design="racy"}          the share that got lost, 0..1
 *     live_running{design="racy"}             1 for the design that is picked
 *     live_key{design="racy"}                 the number of the key that picks it
 *     live_threads
 *
 * Made with the reference of the course, and served by its server.
 */
#ifndef LIVE_METRICS_H
#define LIVE_METRICS_H

#include <stdint.h>

#include "rows.h"

/* Serves on 127.0.0.1; ends the program with a sentence when it cannot. */
void metrics_start(const struct rows *r, uint16_t port, int threads);

/* Takes over what the rows hold. Nothing without metrics_start(). */
void metrics_set(const struct rows *r);

void metrics_stop(void);

#endif
