/* SPDX-License-Identifier: MIT
 *
 * labels.c - what does it cost to come to a child, among how many?
 *
 * Through a child that was kept, by a look-up that finds it, and by one that
 * has to create it, among 1, 100, 10000 and 100000 children. Each row is
 * compared with the same way among 1: does it stay flat? And the other two
 * ways, among 1, with the look-up.
 */
#include "suite.h"

static const struct bench_suite suite = {
    .name = "labels",
    .floor = "empty",
    .baseline = "hit-1",
};

int main(int argc, char **argv)
{
    return bench_main(&suite, argc, argv);
}
