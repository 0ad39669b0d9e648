/* SPDX-License-Identifier: MIT
 *
 * locale.c - printf with more and more digits, in the locale of the program
 *
 * file: number.c
 * loses: the_locale_does_not_matter
 * sentence: "The locale does not matter"
 */
#include "page.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A number is digits * 10^exponent. */
struct decimal {
    uint64_t digits;
    int exponent;
};

/* 1 digit, then 2, ... until the text reads back. */
static struct decimal decimal_of(double v)
{
    char text[40];
    int n = 0;

    do
        snprintf(text, sizeof text, "%.*e", n, v);
    while (strtod(text, NULL) != v && ++n < 17);
    struct decimal d = {0, -n};
    const char *p = text;
    for (; *p != 'e'; p++)
        if (*p != '.')
            d.digits = d.digits * 10 + (uint64_t)(*p - '0');
    bool negative = p[1] == '-';
    int e = 0;
    for (p += 2; *p; p++)
        e = e * 10 + (*p - '0');
    d.exponent += negative ? -e : e;
    return d;
}

/* ---- text ---- */

static size_t write_exponent(int e, char *out)
{
    char *p = out;

    *p++ = 'e';
    *p++ = e < 0 ? '-' : '+';
    e = e < 0 ? -e : e;
    if (e >= 100)
        *p++ = (char)('0' + e / 100);
    *p++ = (char)('0' + e / 10 % 10);
    *p++ = (char)('0' + e % 10);
    return (size_t)(p - out);
}

/* The digits without zeros at the end; *point is where the decimal point
 * belongs: 0 before the first digit. Returns how many digits there are. */
static int digits_of(struct decimal d, char *digits, int *point)
{
    char all[20];
    int n = 0;

    for (; d.digits > 0; d.digits /= 10)
        all[n++] = (char)('0' + d.digits % 10);
    *point = n + d.exponent;
    int zeros = 0;
    while (zeros < n - 1 && all[zeros] == '0')
        zeros++;
    for (int i = 0; i < n - zeros; i++)
        digits[i] = all[n - 1 - i];
    return n - zeros;
}

static char *put(char *to, const char *from, int n)
{
    memcpy(to, from, (size_t)n);
    return to + n;
}

static char *put_zeros(char *to, int n)
{
    memset(to, '0', (size_t)n);
    return to + n;
}

static size_t write_digits(const char *digits, int n, int point, int large,
                           char *out)
{
    char *p = out;

    if (point - 1 < -4 || point - 1 >= large) {
        *p++ = digits[0];
        if (n > 1) {
            *p++ = '.';
            p = put(p, digits + 1, n - 1);
        }
        p += write_exponent(point - 1, p);
    } else if (point <= 0) {
        p = put_zeros(put(p, "0.", 2), -point);
        p = put(p, digits, n);
    } else if (point >= n) {
        p = put_zeros(put(p, digits, n), point - n);
    } else {
        p = put(p, digits, point);
        *p++ = '.';
        p = put(p, digits + point, n - point);
    }
    return (size_t)(p - out);
}

static size_t write_positive(double v, int large, char *out)
{
    char digits[20];
    int point;

    int n = digits_of(decimal_of(v), digits, &point);
    return write_digits(digits, n, point, large, out);
}

size_t number_write(double v, int large, char *out)
{
    size_t sign = signbit(v) && !isnan(v);

    if (sign)
        *out++ = '-';
    if (isnan(v)) {
        memcpy(out, "NaN", 3);
        return 3;
    }
    if (isinf(v)) {
        memcpy(out - sign, sign ? "-Inf" : "+Inf", 4);
        return 4;
    }
    if (v == 0) {
        *out = '0';
        return sign + 1;
    }
    return sign + write_positive(fabs(v), large, out);
}

size_t met_format_double(double v, char *out)
{
    size_t n = number_write(v, 21, out);

    out[n] = '\0';
    return n;
}
