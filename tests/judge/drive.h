/* SPDX-License-Identifier: MIT
 *
 * drive.h - a test's own driver: getting it, asking it, hearing of its end
 */
#ifndef JUDGE_DRIVE_H
#define JUDGE_DRIVE_H

#include "wire/frame.h"
#include "wire/leash.h"

#include <stddef.h>

/* Gets a new driver from the suite's sandbox, whose address is in the
 * environment (ABACUS_SANDBOX). Ends the test when there is none. */
void drive_open(void);

/* The wire to it. */
int drive_wire(void);

/* When a call that starts now is late, on clock_ms(). */
int64_t drive_deadline(bool is_scenario);

/* Whether the driver, after a time like that of drive_deadline() without an
 * answer, was kept waiting by the machine: it was ready for a processor most of
 * the time and hardly had one. Then it has not hung, and gets the time once
 * more; not for ever, so that nobody can live on it. news->ended says that the
 * driver is no more. */
bool drive_starved(bool is_scenario, struct leash_news *news);

/* The same for what a client waits for. */
int64_t drive_client_deadline(void);

/* Whether something of this suite has hung before. */
bool drive_is_impatient(void);

/* The driver has gone, hangs, or has written a report: asks the warden. */
struct leash_news drive_news(enum leash_what what);

/* Its server hangs, while it serves calls. */
struct leash_news drive_news_of_client(void);

/* Asks the warden for a connection to 127.0.0.host. Returns a socket that does
 * not block, perhaps not yet connected, or a negative errno; news->ended says
 * that the driver is no more. */
int drive_connect(uint8_t host, uint16_t port, struct leash_news *news);

/* Asks the warden what the driver's process holds. */
struct leash_news drive_count(void);

/* What the submission printed, cut to the buffer, as a string. */
void drive_output(char *text, size_t size);

#define DRIVE_ENV "ABACUS_SANDBOX" /* socket's name, key in hex, hurry 0|1 */

#endif
