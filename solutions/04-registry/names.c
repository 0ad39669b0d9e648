/* SPDX-License-Identifier: MIT
 *
 * names.c - which names are right, and which get in each other's way
 */
#include "parts.h"

#include "met/error.h"

#include <string.h>

/// SOLUTION
/* Not isalpha(): that depends on the locale. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name(const char *name, bool colons)
{
    const char *p = name;

    while (is_letter(*p) || (colons && *p == ':') || (p > name && is_digit(*p)))
        p++;
    return p > name && *p == '\0';
}

/// END
bool name_is_metric(const char *name)
{
    /// SOLUTION
    return is_name(name, true);
    /// STARTER
    /// (void)name;
    /// return true; /* Step 1 */
    /// END
}

int names_check_labels(enum met_type type, const char *const *labels, size_t n)
{
    /// SOLUTION
    for (size_t i = 0; i < n; i++) {
        if (!is_name(labels[i], false))
            return MET_ELABEL;
        if (strncmp(labels[i], "__", 2) == 0)
            return MET_ERESERVED;
        if (type == MET_HISTOGRAM && strcmp(labels[i], "le") == 0)
            return MET_EBUCKET;
        for (size_t k = 0; k < i; k++)
            if (strcmp(labels[i], labels[k]) == 0)
                return MET_EDUPLICATE;
    }
    return 0;
    /// STARTER
    /// (void)type;
    /// (void)labels;
    /// (void)n;
    /// return 0; /* Step 1 */
    /// END
}

/// SOLUTION
/* The length of the sequence that begins with this byte, or 0. C0 and C1 begin
 * only overlong forms, F5 and above only what is beyond U+10FFFF. */
static int sequence_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return 2;
    if (first >= 0xE0 && first <= 0xEF)
        return 3;
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

/* The second byte of some sequences has a narrower range: below it would be
 * overlong, above it a surrogate or beyond U+10FFFF. */
static bool second_is_right(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xE0: return second >= 0xA0 && second <= 0xBF;
    case 0xED: return second >= 0x80 && second <= 0x9F;
    case 0xF0: return second >= 0x90 && second <= 0xBF;
    case 0xF4: return second >= 0x80 && second <= 0x8F;
    default: return second >= 0x80 && second <= 0xBF;
    }
}

/// END
bool text_is_utf8(const char *text)
{
    /// SOLUTION
    const unsigned char *p = (const unsigned char *)text;

    while (*p) {
        int n = sequence_length(*p);
        if (n == 0 || (n > 1 && !second_is_right(p[0], p[1])))
            return false;
        for (int i = 2; i < n; i++)
            if (p[i] < 0x80 || p[i] > 0xBF)
                return false;
        p += n;
    }
    return true;
    /// STARTER
    /// (void)text;
    /// return true; /* Step 1 */
    /// END
}

/// SOLUTION
/* What a family of a type puts behind its name; the first is the family's own
 * name. OpenMetrics keeps _created for itself. */
static const char *const *suffixes(enum met_type type)
{
    static const char *const of_counter[] = {"", "_total", "_created", NULL};
    static const char *const of_gauge[] = {"", NULL};
    static const char *const of_histogram[] = {"",     "_bucket",  "_count",
                                               "_sum", "_created", NULL};

    switch (type) {
    case MET_COUNTER: return of_counter;
    case MET_GAUGE: return of_gauge;
    default: return of_histogram;
    }
}

/* Without _total, which OpenMetrics takes from the name of a counter. */
static size_t base_length(enum met_type type, const char *name)
{
    size_t n = strlen(name);

    if (type == MET_COUNTER && n > 6 && strcmp(name + n - 6, "_total") == 0)
        return n - 6;
    return n;
}

/* Whether a + suffix and b + suffix are one text. */
static bool equal_joined(const char *a, size_t a_length, const char *a_suffix,
                         const char *b, size_t b_length, const char *b_suffix)
{
    if (a_length > b_length)
        return equal_joined(b, b_length, b_suffix, a, a_length, a_suffix);
    size_t more = b_length - a_length;
    return strncmp(a, b, a_length) == 0 &&
           strncmp(a_suffix, b + a_length, more) == 0 &&
           strlen(a_suffix) >= more && strcmp(a_suffix + more, b_suffix) == 0;
}

/// END
bool names_collide(enum met_type a_type, const char *a, enum met_type b_type,
                   const char *b)
{
    /// SOLUTION
    size_t a_length = base_length(a_type, a), b_length = base_length(b_type, b);

    for (const char *const *i = suffixes(a_type); *i; i++)
        for (const char *const *k = suffixes(b_type); *k; k++)
            if (equal_joined(a, a_length, *i, b, b_length, *k))
                return true;
    return false;
    /// STARTER
    /// (void)a_type;
    /// (void)b_type;
    /// return strcmp(a, b) == 0; /* Step 6 */
    /// END
}
