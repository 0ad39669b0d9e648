/* SPDX-License-Identifier: MIT
 *
 * service.h - what a web service tells Prometheus about itself
 *
 *     struct met_service *s;
 *     int err = met_service_create(met_registry_default(), &s);
 *
 *     ...
 *     met_service_request(s, 0.12, false);     // served, within 120 ms
 *     met_service_request(s, 2.5, true);       // failed, after 2.5 s
 *     met_service_memory(s, 300.0 * 1024 * 1024);
 *
 * Three families, as the page shows them:
 *
 *     app_requests_total{status="ok"|"error"}   counter: requests answered, by
 *                                               how they ended
 *     app_memory_usage_bytes                    gauge: memory in use now
 *     app_request_latency_seconds               histogram: from a request to
 *                                               its answer
 *
 * Both values of status are on the page from the start, at 0: an error that
 * is counted for the first time must be seen as a rise from 0, and a rule that
 * divides errors by requests must find both. The label has no other value.
 *
 * A request is one observation of the latency, whether it failed or not. The
 * buckets are met_bounds_default() of histogram.h: 0.005 to 10 s.
 *
 * Threads: request and memory may be called in any thread at any time. They
 * wait no longer than the updates of counter.h, gauge.h and histogram.h do.
 *
 * Sources: the Prometheus documentation, "Instrumentation" and "Metric and
 * label naming".
 */
#ifndef MET_SERVICE_H
#define MET_SERVICE_H

#include "met/registry.h"

#include <stdbool.h>

struct met_service;

/* Registers the three families and stores the service in *out.
 * Returns 0, MET_ENOMEM, or what the registry answers: MET_EEXIST when a name
 * belongs to another family. After an error *out is unchanged and nothing is
 * held; families that were registered stay. */
int met_service_create(struct met_registry *r, struct met_service **out);

/* Gives back what the service holds. The families stay in the registry. NULL
 * does nothing. */
void met_service_destroy(struct met_service *s);

/* A request was answered after so many seconds; failed: with an error. A
 * latency that is negative, infinite or NaN is no latency: the request is
 * counted, and not observed. */
void met_service_request(struct met_service *s, double seconds, bool failed);

/* So much memory is in use now. */
void met_service_memory(struct met_service *s, double bytes);

#endif
