/* SPDX-License-Identifier: MIT
 *
 * scenario.h - code that must run beside the submission, called by name
 *
 * A call over the wire takes tens of microseconds and comes from one thread.
 * What needs loops of thousands, or threads, is a scenario: it is compiled
 * into the driver, calls the contract as plain C, and is run by a test with
 * scenario() of judge.h. Numbers go in and out; the test alone compares.
 *
 *     SCENARIO(count_from_threads)     // in: threads, rounds   out: value
 *     {
 *         ...
 *         out[0] = met_counter_value(c);
 *     }
 *
 * A scenario shares its process with the submission, which could overwrite
 * its answer: that it does not is the object gate's and the attacks' care.
 */
#ifndef DRIVER_SCENARIO_H
#define DRIVER_SCENARIO_H

#include "wire/contract.h"

#include <stddef.h>

struct scenario {
    const char *name;
    void (*run)(const double *in, double *out);
};

#define SCENARIO(name)                                                       \
    static void scenario_##name(const double *in, double *out);              \
    static const struct scenario name##_entry = {#name, scenario_##name};    \
    __attribute__((used, section("scenarios"))) static const struct scenario \
        *const name##_pointer = &name##_entry;                               \
    static void scenario_##name(const double *in, double *out)

/* Runs `body(i, shared)` in n threads, 1 <= n <= 64, i from 0; they start
 * together, and the call returns when all have ended. Ends the driver when a
 * thread cannot be had: a half-run scenario has no answer. */
void scenario_threads(size_t n, void (*body)(size_t i, void *shared),
                      void *shared);

/* For the dispatcher: NULL when there is no such scenario. */
const struct scenario *scenario_find(const char *name);

#endif
