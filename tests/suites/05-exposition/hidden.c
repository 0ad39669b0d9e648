/* SPDX-License-Identifier: MIT
 *
 * hidden.c - the graded tests of lab 05 that a student does not see
 *
 * Their numbers cannot be foreseen, so answers cannot be written down.
 */
#include "page.h"

#include <float.h>

#define SUITE hidden

/* The shortest by trying: no text of fewer digits reads back. */
static int digits_needed(double v)
{
    char text[40];
    int digits = 1;

    do
        snprintf(text, sizeof text, "%.*e", digits - 1, v);
    while (strtod(text, NULL) != v && ++digits < 17);
    return digits;
}

static int digits_of(const char *text)
{
    int n = 0, zeros = 0;

    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (n == 0 && *text == '0'))
            continue;
        n++;
        zeros = *text == '0' ? zeros + 1 : 0;
    }
    return n - zeros;
}

static double unforeseen_double(int i)
{
    double v = (double)unforeseen(1, 1L << 52) *
               (i % 2 ? 1 : (double)unforeseen(1, 1L << 52));

    return ldexp(v, (int)unforeseen(-600, 300)) * (i % 3 ? 1 : -1);
}

GRADED(any_double_reads_back, 3,
       "The text is the shortest that reads back to the same double.",
       .hint = "The numbers of digits from 1 to 17, and every size.")
{
    char out[MET_DOUBLE_BYTES];

    for (int i = 0; i < 60; i++) {
        double v = i < 50 ? unforeseen_double(i)
                          : (double)unforeseen(1, 999999) / 1000;
        memset(out, '#', sizeof out);
        size_t n = met_format_double(v, out);
        size_t length = strnlen(out, sizeof out);
        EXPECT(length < sizeof out, "a '\\0' behind the text", "none");
        EXPECT(length == n, "the length of the text is returned",
               "%zu for \"%s\"", n, out);
        EXPECT(strtod(out, NULL) == v, "the text reads back to the same double",
               "\"%s\" for %.17g", out, v);
        EXPECT(digits_of(out) <= digits_needed(v), "the shortest text",
               "\"%s\" has %d digits, %d are enough", out, digits_of(out),
               digits_needed(v));
    }
}

/* Writes what the page must say in its own simple way. */
GRADED(any_page, 4,
       "A registry as a page of text that a monitoring system "
       "reads.",
       .hint = "Several families, types and labels on one page.")
{
    struct met_registry *r = new_registry();
    struct met_family *f = NULL;
    char want[4096] = "", value[32];
    size_t n = 0;
    double count = (double)unforeseen(1, 100000);

    add_counter(r, "a_total", count);
    n += (size_t)snprintf(want + n, sizeof want - n,
                          "a_total %.17g (counter)\n", count);
    EXPECT_CODE(met_registry_gauge(r, "b", "Help.", LABELS("x", "y"), 2, &f),
                0);
    for (int i = 0; i < 6; i++) {
        double v = (double)unforeseen(-1000000, 1000000) / 8;
        snprintf(value, sizeof value, "v%d", i);
        struct met_child *c = new_child(f, LABELS(value, ""), 2);
        met_gauge_set(met_child_gauge(c), v);
        met_child_release(c);
        n += (size_t)snprintf(want + n, sizeof want - n,
                              "b{x=\"v%d\",y=\"\"} %.17g (gauge)\n", i, v);
    }
    double v = (double)unforeseen(1, 7) / 4;
    add_histogram(r, (double[]){2}, 1, &v, 1);
    snprintf(want + n, sizeof want - n,
             "h_bucket{x=\"y\",le=\"2.0\"} 1 (histogram)\n"
             "h_bucket{x=\"y\",le=\"+Inf\"} 1 (histogram)\n"
             "h_sum{x=\"y\"} %.17g (histogram)\n"
             "h_count{x=\"y\"} 1 (histogram)\n",
             v);
    EXPECT_STR(says(r, MET_OPENMETRICS), want);
    met_registry_destroy(r);
}

GRADED(no_memory_is_an_error, 2, "MET_ENOMEM (then *length is unchanged).",
       .hint = "The page of a histogram, with no memory left.")
{
    struct met_registry *r = new_registry();
    static char page[PAGE];

    add_histogram(r, (double[]){1, 2, 3}, 3, (double[]){1}, 1);
    for (int allowed = 0; allowed < 6; allowed++) {
        size_t length = 77;
        RUN(allow_allocations, allowed);
        int err = met_expose(r, MET_TEXT, page, sizeof page, &length);
        RUN(allow_allocations, -1);
        if (err == 0)
            continue;
        EXPECT_CODE(err, MET_ENOMEM);
        EXPECT(length == 77, "*length is unchanged after MET_ENOMEM", "%zu",
               length);
    }
    says(r, MET_TEXT);
    met_registry_destroy(r);
}
