/* SPDX-License-Identifier: MIT
 *
 * numbers.c - doubles as the reference writes them
 *
 *     numbers COUNT [LOCALE]
 *
 * A line for each: its 64 bits as hexadecimal digits, a space, the text. First
 * the hard ones (zeros, powers of two and ten and their neighbours, the ends
 * of the range), then COUNT random bits. With a LOCALE, that of the program;
 * LOCPATH says where it lies.
 */
#include "met/exposition.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int refused;

static void show(double v)
{
    char out[MET_DOUBLE_BYTES];
    uint64_t bits;

    memcpy(&bits, &v, sizeof bits);
    size_t n = met_format_double(v, out);
    refused += n >= sizeof out || strlen(out) != n;
    printf("%016" PRIx64 " %s\n", bits, out);
}

static void show_around(double v)
{
    show(nextafter(v, -INFINITY));
    show(v);
    show(-v);
    show(nextafter(v, INFINITY));
}

static void show_hard(void)
{
    static const double hard[] = {0,
                                  INFINITY,
                                  NAN,
                                  5e-324,
                                  4.4501477170144023e-308,
                                  2.2250738585072014e-308,
                                  1.7976931348623157e308,
                                  9007199254740992};
    char text[16];

    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++)
        show_around(hard[i]);
    for (int e = -1074; e < 1024; e++)
        show_around(ldexp(1, e));
    for (int e = -323; e <= 308; e++) {
        snprintf(text, sizeof text, "1e%d", e);
        show_around(strtod(text, NULL));
    }
}

int main(int argc, char **argv)
{
    uint64_t state = 1;

    if (argc < 2 || (argc > 2 && !setlocale(LC_NUMERIC, argv[2]))) {
        fprintf(stderr, "usage: numbers COUNT [LOCALE]\n");
        return 2;
    }
    show_hard();
    for (long i = atol(argv[1]); i > 0; i--) {
        /* MMIX, by Knuth; the low bits are poor, so they are exchanged. */
        state = state * 6364136223846793005U + 1442695040888963407U;
        uint64_t bits = state ^ state >> 32;
        double v;
        memcpy(&v, &bits, sizeof v);
        show(v);
    }
    return refused > 0;
}
