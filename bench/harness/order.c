/* SPDX-License-Identifier: MIT
 *
 * order.c - Williams' balanced Latin squares
 */
#include "order.h"

int bench_order_rows(int n)
{
    if (n == 1)
        return 1;
    return n % 2 == 0 ? n : 2 * n;
}

/* The first row is the zigzag 0, 1, n-1, 2, n-2, ...: its steps from one to
 * the next, modulo n, are all different. That is what makes the square that
 * is got by adding 1 in each further row balanced. */
static int zigzag(int n, int position)
{
    int half = (position + 1) / 2;

    return position % 2 == 1 ? half : (n - half) % n;
}

void bench_order_row(int n, int row, int *order)
{
    row %= bench_order_rows(n);
    for (int i = 0; i < n; i++) {
        int backwards = row >= n;
        int position = backwards ? n - 1 - i : i;

        order[i] = (zigzag(n, position) + row) % n;
    }
}
