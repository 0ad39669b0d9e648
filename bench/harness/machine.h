/* SPDX-License-Identifier: MIT
 *
 * machine.h - what the machine tells of itself, for meta.json
 *
 * What it does not tell is null, not left out. Each result belongs to the
 * caller (json_decref).
 */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

#include <jansson.h>

#include "cpus.h"

/* Host, kernel, processor, caches, clock source, power governor, ... */
json_t *bench_machine(const struct bench_cpus *cpus);

/* The first line of a file. */
json_t *bench_line_of(const char *path);

/* "2024-05-01T12:00:00Z" */
json_t *bench_utc_now(void);

#endif
