/* SPDX-License-Identifier: MIT
 *
 * asker.h - asks a server for a page, again and again, and takes the times
 *
 * One connection, which is kept; one request at a time. All times are
 * nanoseconds of the harness' clock.
 *
 * A closed loop asks again as soon as it has the answer. It tells how many pages
 * a second there are, and nothing of latency: while the server makes it wait, it
 * does not ask, so a long stop is one long answer among thousands.
 *
 * An open loop has a schedule. Each request is due at its own time, whether or
 * not the one before is answered: other people do not wait for your answer. What
 * cannot be sent yet, since the connection is busy, waits; and latency counts from
 * when it was due.
 *
 * Any answer but a whole one with status 200 ends the program with a sentence.
 *
 * Source: G. Tene, "How not to measure latency" (2013), and his wrk2: latency
 * from the intended time, "coordinated omission" where it is not.
 */
#ifndef BENCH_OPEN_LOOP_ASKER_H
#define BENCH_OPEN_LOOP_ASKER_H

#include "recorder.h"

struct bench_asker;

/* The times of the requests of a schedule. */
struct bench_latencies {
    struct bench_recorder *due;  /* from when it was due to the answer */
    struct bench_recorder *sent; /* from when it was sent to the answer */
    struct bench_recorder
        *client; /* how late the client itself was: from due to
                                    * sent, where the connection was free */
};

/* For the page of that URL; name is the server's in sentences. Neither is
 * copied. Connects with the first request. Never NULL. */
struct bench_asker *bench_asker_new(const char *name, const char *url);
void bench_asker_free(struct bench_asker *a);

/* Closed loop for so many seconds: pages a second. */
double bench_asker_capacity(struct bench_asker *a, double seconds);

/* Open loop: so many requests, due so often a second at equal distances; adds
 * their times. Ends the program when the server is so far behind that it takes
 * more than BENCH_PATIENCE times as long as the schedule, and five seconds. */
#define BENCH_PATIENCE 10
void bench_asker_schedule(struct bench_asker *a, double per_second,
                          uint64_t requests, const struct bench_latencies *to);

#endif
