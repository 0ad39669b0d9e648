/* SPDX-License-Identifier: MIT
 *
 * exposition.h - a registry as a page of text that a monitoring system reads
 *
 *     # HELP http_requests_total Requests served.
 *     # TYPE http_requests_total counter
 *     http_requests_total{method="GET",code="200"} 1027
 *     # HELP request_seconds Time of a request.
 *     # TYPE request_seconds histogram
 *     request_seconds_bucket{method="GET",le="0.5"} 33
 *     request_seconds_bucket{method="GET",le="1"} 65
 *     request_seconds_bucket{method="GET",le="+Inf"} 100
 *     request_seconds_sum{method="GET"} 77.34375
 *     request_seconds_count{method="GET"} 100
 *
 * That is the text format. In OpenMetrics the counter is
 *
 *     # TYPE http_requests counter
 *     # HELP http_requests Requests served.
 *     http_requests_total{method="GET",code="200"} 1027
 *
 * Prometheus asks for OpenMetrics and reads both.
 *
 * A page has the families sorted by name, and of each the children sorted by
 * label values; labels in the order of the registration, le last. There are no
 * timestamps, no exemplars and no _created samples. A page that is made while
 * threads update and register is well formed every time.
 *
 * Differences of OpenMetrics from the text format:
 *   - TYPE comes before HELP; HELP escapes " too; the page ends with # EOF
 *   - a counter's family drops _total, its sample has it, whether it was
 *     registered as foo or as foo_total (the text format keeps that name)
 *   - bounds (le) are written with a fraction, or below 1e-4 and from 1e6 on
 *     with an exponent: 100000.0, 1e+06
 *   - a histogram with a negative bound, or whose sum is NaN or negative, has
 *     neither _sum nor _count (the text format always has both)
 *
 * Threads: any, any time.
 *
 * Progress: it takes the locks of a collect and holds none while it writes; so
 * neither a large page nor a slow reader of it delays an update.
 *
 * Sources: prometheus/docs, "Exposition formats" (text 0.0.4);
 * OpenMetrics 1.0. The Go client writes _sum and _count where OpenMetrics
 * forbids the sum; here the specification is followed.
 */
#ifndef MET_EXPOSITION_H
#define MET_EXPOSITION_H

#include "met/registry.h"

#include <stddef.h>

enum met_format { MET_TEXT, MET_OPENMETRICS };

/* Returns the media type for HTTP's Content-Type; it lives for ever:
 *     text/plain; version=0.0.4; charset=utf-8
 *     application/openmetrics-text; version=1.0.0; charset=utf-8 */
const char *met_content_type(enum met_format format);

/* Writes the page into the buffer, and its length in bytes into *length. No
 * byte is written behind the buffer's end, and no '\0' at the page's. The
 * buffer may be NULL when size is 0.
 *
 * Returns 0, MET_ENOSPC when the page does not fit (then *length is the size
 * that it needed, which may grow until the next call, and what is in the
 * buffer is of no use), or MET_ENOMEM (then *length is unchanged). */
int met_expose(struct met_registry *r, enum met_format format, char *buffer,
               size_t size, size_t *length);

/* What takes a piece of the page. Returns 0, or anything else to give up. */
typedef int met_write_fn(void *ctx, const char *bytes, size_t n);

/* Writes the page through write(ctx, ...), in pieces of at most 4096 bytes and
 * none of them empty. So a page of any size needs little memory.
 * Returns 0, MET_EWRITE when write gave up (it is not called again), or
 * MET_ENOMEM. */
int met_expose_stream(struct met_registry *r, enum met_format format,
                      met_write_fn *write, void *ctx);

/* Writes v as the page has it, with a '\0', and returns the length without it.
 * The text is the shortest that reads back to the same double: 0.1, 1e-05,
 * 1e+21, NaN, +Inf, -Inf. An exponent is used below 1e-4 and from 1e21 on, and
 * has two digits at least. The locale does not matter. */
enum { MET_DOUBLE_BYTES = 32 };
size_t met_format_double(double v, char *out);

/* Registers what the operating system knows of this process:
 *     process_cpu_seconds_total       counter, seconds, of user and system
 *     process_resident_memory_bytes   gauge, bytes
 *     process_open_fds                gauge, open descriptors
 *     process_start_time_seconds      gauge, Unix time
 * Returns 0, or the first error of a registration; the families before it
 * stay. What cannot be read shows as NaN. */
int met_process_register(struct met_registry *r);

#endif
