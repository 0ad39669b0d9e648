/* SPDX-License-Identifier: MIT
 *
 * order.h - in which order the designs take their turns
 *
 * A machine drifts: it warms up, a neighbour wakes. A design that always runs
 * first meets another machine than one that always runs last. So the turns
 * follow a Latin square: a row is one round, in which every design runs once;
 * over all rows every design stands equally often in every position. The
 * square is also balanced: over all rows every design follows every other one
 * equally often, so that nobody always runs behind the hottest neighbour.
 *
 * For two designs the rows are AB and BA: one after the other, ABBA.
 * For an odd number of designs one square cannot be balanced; a second one,
 * each row backwards, makes it so.
 *
 * Source: E. J. Williams, "Experimental designs balanced for the estimation
 * of residual effects of treatments", Australian J. of Sci. Res. A 2 (1949).
 */
#ifndef BENCH_ORDER_H
#define BENCH_ORDER_H

/* How many rows a whole design for n has: n when n is even, 2n when odd, and
 * 1 for n = 1. */
int bench_order_rows(int n);

/* Writes the order of that row (taken modulo the rows) into order[0..n-1]:
 * each of 0..n-1 once. */
void bench_order_row(int n, int row, int *order);

#endif
