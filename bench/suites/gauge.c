/* SPDX-License-Identifier: MIT
 *
 * gauge.c - what does it cost to set a gauge, and to add to it?
 *
 * All designs of designs/gauge/, and any implementation of gauge.h. The rows
 * `set` are compared with set-mutex, the rows `add` with add-mutex; the further
 * pairs differ in one thing each.
 */
#include "suite.h"

static const char *pairs[][2] = {
    {"set-store-relaxed", "set-store-seq-cst"}, /* the memory order */
    {"set-own", "set-store-relaxed"},           /* own line: no gauge */
    {"add-cas-relaxed", "add-cas-seq-cst"},     /* the memory order */
    {"add-integer", "add-cas-relaxed"},         /* a number, not a double */
    {"add-own", "add-cas-relaxed"},             /* own line, one writer */
    {"set-store-relaxed", "add-cas-relaxed"},   /* which of the two is asked */
};

static const struct bench_suite suite = {
    .name = "gauge",
    .floor = "empty",
    .baseline = "set-mutex",
    .pairs = pairs,
    .n_pairs = sizeof pairs / sizeof pairs[0],
};

int main(int argc, char **argv)
{
    return bench_main(&suite, argc, argv);
}
