/* SPDX-License-Identifier: MIT
 *
 * number.c - a double as the shortest text that reads back to it
 *
 * The handout, README.md, leads through the steps.
 */
#include "page.h"

#include <string.h>

size_t number_write(double v, int large, char *out)
{
    (void)v;
    (void)large;
    memcpy(out, "NaN", 3);
    return 3; /* Step 1 */
}

size_t met_format_double(double v, char *out)
{
    size_t n = number_write(v, 21, out);

    out[n] = '\0';
    return n;
}
