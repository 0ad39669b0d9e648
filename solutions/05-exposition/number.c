/* SPDX-License-Identifier: MIT
 *
 * number.c - a double as the shortest text that reads back to it
 *
/// SOLUTION
 * A double v stands for all numbers that are closer to it than to its
 * neighbours. The shortest decimal in that interval is wanted, and of several
 * the one closest to v. Schubfach finds it with three multiplications: it
 * scales the two ends of the interval and v by a power of ten, so that at most
 * two candidates with one digit fewer, and two with all digits, are left.
 *
 * Powers of ten are needed with 128 bits, from 10^-292 to 10^324. They are made
 * when the first number is written, by exact arithmetic on long integers:
 * 617 steps, some tens of microseconds, instead of a table of 1234 numbers that
 * nobody could check by reading it.
 *
 * Source: Raffaello Giulietti, "The Schubfach way to render doubles", 2020.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "page.h"

/// SOLUTION
#include <math.h>
#include <pthread.h>
/// END
#include <string.h>

/// SOLUTION
/* ---- powers of ten ---- */

enum { LOWEST = -292, HIGHEST = 324, LIMBS = 20 };

/* 128 bits of 10^k, rounded up; the highest bit is set. */
static struct power {
    uint64_t high, low;
} powers[HIGHEST - LOWEST + 1];

/* The long integer, the least limb first. */
typedef uint64_t longint[LIMBS];

static void multiply(longint x, uint64_t by)
{
    uint64_t carry = 0;

    for (int i = 0; i < LIMBS; i++) {
        unsigned __int128 product = (unsigned __int128)x[i] * by + carry;
        x[i] = (uint64_t)product;
        carry = (uint64_t)(product >> 64);
    }
}

static void divide(longint x, uint64_t by)
{
    uint64_t rest = 0;

    for (int i = LIMBS - 1; i >= 0; i--) {
        unsigned __int128 part = (unsigned __int128)rest << 64 | x[i];
        x[i] = (uint64_t)(part / by);
        rest = (uint64_t)(part % by);
    }
}

/* Beyond both ends there are zeros. */
static uint64_t limb(const longint x, int i)
{
    return i >= 0 && i < LIMBS ? x[i] : 0;
}

/* 64 bits of x, the lowest of which is bit `from`. */
static uint64_t bits(const longint x, int from)
{
    int i = from >> 6, shift = from & 63;

    if (shift == 0)
        return limb(x, i);
    return limb(x, i) >> shift | limb(x, i + 1) << (64 - shift);
}

static int highest_bit(const longint x)
{
    int i = LIMBS - 1;

    while (x[i] == 0)
        i--;
    return i * 64 + 63 - __builtin_clzll(x[i]);
}

/* `exact`: x has all bits of the number, else there are more behind them. */
static struct power top_of(const longint x, bool exact)
{
    int highest = highest_bit(x), from = highest - 127;
    struct power p = {bits(x, from + 64), bits(x, from)};
    bool more = !exact;

    for (int i = 0; i < from && !more; i += 64)
        more = from - i >= 64 ? x[i / 64] != 0
                              : x[i / 64] << (64 - (from - i)) != 0;
    p.low += more; /* rounded up; the low half is never all ones */
    p.high += more && p.low == 0;
    return p;
}

/* Dividing by 10 again and again, rounding down, is exact: the whole part of
 * 2^1279 / 10^k comes out, which has 309 bits for the largest k. */
static void make_powers(void)
{
    longint up = {1}, down = {0};

    down[LIMBS - 1] = UINT64_C(1) << 63;
    for (int k = 0; k <= HIGHEST; k++) {
        struct power p = top_of(up, true);
        powers[k - LOWEST] = p;
        multiply(up, 10);
    }
    for (int k = -1; k >= LOWEST; k--) {
        divide(down, 10);
        struct power p = top_of(down, false);
        powers[k - LOWEST] = p;
    }
}

/* ---- Schubfach ---- */

/* A number is digits * 10^exponent. */
struct decimal {
    uint64_t digits;
    int exponent;
};

/* The whole part of g * c / 2^127, whose last bit says whether it is exact. */
static uint64_t scaled(struct power g, uint64_t c)
{
    unsigned __int128 low = (unsigned __int128)g.low * c;
    unsigned __int128 high = (unsigned __int128)g.high * c + (low >> 64);

    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* floor(log2(10^k)) and, for a double c * 2^q, floor(log10(2^q)) or, where the
 * neighbour below is closer, floor(log10(3/4 * 2^q)); exact for all that can
 * come. The shift of a negative number rounds down with gcc and clang. */
static int log2_of_power(int k)
{
    return (k * 1741647) >> 19;
}

static int log10_of(int q, bool closer)
{
    return (q * 1262611 - (closer ? 524031 : 0)) >> 22;
}

/* v = c * 2^q. `closer`: v is a power of two, and its lower neighbour is only
 * half as far as the upper one. */
static struct decimal shortest(uint64_t c, int q, bool closer)
{
    bool odd = c & 1; /* then the ends of the interval are not in it */
    int k = log10_of(q, closer);
    int h = q + log2_of_power(-k) + 1;
    struct power g = powers[-k - LOWEST];
    uint64_t low = scaled(g, (4 * c - 2 + closer) << h) + odd;
    uint64_t middle = scaled(g, 4 * c << h);
    uint64_t high = scaled(g, (4 * c + 2) << h) - odd;
    uint64_t s = middle / 4, t = s / 10;

    if (s >= 10) { /* with one digit fewer? */
        bool down = low <= 40 * t, up = 40 * t + 40 <= high;
        if (down != up)
            return (struct decimal){t + up, k + 1};
    }
    bool down = low <= 4 * s, up = 4 * s + 4 <= high;
    if (down == up) /* both, or none: the closer one, and of equals the even */
        up = middle > 4 * s + 2 || (middle == 4 * s + 2 && (s & 1));
    return (struct decimal){s + up, k};
}

/* v is finite and above 0. */
static struct decimal decimal_of(double v)
{
    uint64_t all, fraction;

    memcpy(&all, &v, sizeof all);
    fraction = all & ((UINT64_C(1) << 52) - 1);
    int exponent = (int)(all >> 52);
    if (exponent == 0)
        return shortest(fraction, -1074, false);
    uint64_t c = fraction | UINT64_C(1) << 52;
    int q = exponent - 1075;
    if (q <= 0 && q > -53 && (c & ((UINT64_C(1) << -q) - 1)) == 0)
        return (struct decimal){c >> -q, 0}; /* a whole number below 2^53 */
    return shortest(c, q, fraction == 0 && exponent > 1);
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

/* The numbers of most pages: counts. */
static size_t write_whole(uint64_t n, char *out)
{
    char digits[20], *end = digits + sizeof digits, *at = end;

    for (; n > 0; n /= 10)
        *--at = (char)('0' + n % 10);
    memcpy(out, at, (size_t)(end - at));
    return (size_t)(end - at);
}

static size_t write_positive(double v, int large, char *out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    char digits[20];
    int point;

    if (v < (large < 15 ? 1e6 : 1e15) && v == (double)(uint64_t)v)
        return write_whole((uint64_t)v, out);
    pthread_once(&once, make_powers);
    int n = digits_of(decimal_of(v), digits, &point);
    return write_digits(digits, n, point, large, out);
}

/// END
size_t number_write(double v, int large, char *out)
{
    /// SOLUTION
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
    /// STARTER
    /// (void)v;
    /// (void)large;
    /// memcpy(out, "NaN", 3);
    /// return 3; /* Step 1 */
    /// END
}

size_t met_format_double(double v, char *out)
{
    size_t n = number_write(v, 21, out);

    out[n] = '\0';
    return n;
}
