/* SPDX-License-Identifier: MIT
 *
 * contract.c - the graded tests of lab 05 that a student sees
 */
#include "page.h"

#define SUITE contract

/* ---- doubles ---- */

static void expect_text(double v, const char *want)
{
    char out[MET_DOUBLE_BYTES];

    char expected[80];

    memset(out, '#', sizeof out);
    size_t n = met_format_double(v, out);
    size_t length = strnlen(out, sizeof out);
    bool ends = length < sizeof out;
    snprintf(expected, sizeof expected,
             "\"%s\" and its length, %zu, without the '\\0'", want,
             strlen(want));
    EXPECT(ends || n >= sizeof out, "a '\\0' behind the text",
           "\"%.*s\" and no '\\0'", (int)n, out);
    EXPECT(ends && n == strlen(want) && memcmp(out, want, n + 1) == 0, expected,
           "\"%.*s\", and %zu is returned", (int)length, out, n);
}

GRADED(whole_numbers, 1,
       "The text is the shortest that reads back to the same "
       "double.",
       .hint = "No .0, and no exponent before 1e21.",
       .help = {"number.c, number_write: how do you write 5, and 1e20?",
                "A whole number has no point and no zeros behind it. Up to "
                "1e21 it is written in digits, without an exponent.",
                "From your digits and the place of the point: if the point "
                "lies behind the last digit and below `large`, write the "
                "digits, then zeros up to the point, and nothing more."})
{
    expect_text(0, "0");
    expect_text(1, "1");
    expect_text(-7, "-7");
    expect_text(1027, "1027");
    expect_text(1000000, "1000000");
    expect_text(9007199254740992, "9007199254740992");
    expect_text(123456789012345680000.0, "123456789012345680000");
}

GRADED(
    fractions, 2,
    "The text is the shortest that reads back to the same "
    "double.",
    .hint = "Try 1 digit, then 2, ... until strtod() gives the same double. "
            "17 are always enough.",
    .help = {
        "number.c, number_write: how many digits do you write?",
        "As few as read back to the same double. Try 1 digit, 2, ... up to 17: "
        "17 are always enough. Compare the double that comes back with ==.",
        "`for (n = 1; n <= 17; n++) { snprintf(t, sizeof t, \"%.*e\", n - 1, "
        "v); if (strtod(t, NULL) == v) break; }`, then build your text from "
        "the digits and the exponent in t."})
{
    expect_text(0.1, "0.1");
    expect_text(0.1 + 0.2, "0.30000000000000004");
    expect_text(-2.5, "-2.5");
    expect_text(1 / 3.0, "0.3333333333333333");
    expect_text(100.125, "100.125");
    expect_text(5e-324, "5e-324");
    expect_text(1.7976931348623157e308, "1.7976931348623157e+308");
    expect_text(9007199254740993e-16, "0.9007199254740993");
}

GRADED(exponents, 1,
       "An exponent is used below 1e-4 and from 1e21 on, and has "
       "two digits at least.",
       .hint = "1e-05, not 1e-5 and not 0.00001.",
       .help = {"number.c: the condition for an exponent, and its digits.",
                "It is used below 1e-4, and from 1e21 on (`large`). It has a "
                "sign and at least two digits: 1e-05, 1e+21, 1e+100.",
                "With the exponent x of the first digit: `if (x < -4 || x >= "
                "large)` write digit, perhaps a point and the rest, e, sign, "
                "and %02d of the number."})
{
    expect_text(1e21, "1e+21");
    expect_text(1.5e300, "1.5e+300");
    expect_text(0.0001, "0.0001");
    expect_text(0.00001, "1e-05");
    expect_text(-1.25e-7, "-1.25e-07");
    expect_text(1e20, "100000000000000000000");
}

GRADED(special_doubles, 1, "NaN, +Inf, -Inf.", .hint = "Not nan, not inf.",
       .help = {"number.c, number_write: its first lines.",
                "printf would write nan and inf. The page has NaN, +Inf and "
                "-Inf. NaN has no sign here.",
                "`if (isnan(v))` copy \"NaN\"; `if (isinf(v))` copy v < 0 ? "
                "\"-Inf\" : \"+Inf\"; and return the length."})
{
    expect_text(NAN, "NaN");
    expect_text(-NAN, "NaN");
    expect_text(INFINITY, "+Inf");
    expect_text(-INFINITY, "-Inf");
}

GRADED(the_locale_does_not_matter, 2, "The locale does not matter.",
       .hint = "printf() writes a comma where the locale has one.",
       .help = {
           "number.c: which functions do you call that ask for the locale?",
           "snprintf writes the point of the locale, which may be a comma, and "
           "strtod reads that. What comes between the first and the second "
           "digit is the point, whatever it is.",
           "Take the digits only: of the text of \"%.*e\" keep '0' to '9' "
           "before the 'e'. Write the '.' yourself. strtod and snprintf of one "
           "locale understand each other."})
{
    EXPECT(RUN(format_in_a_locale_with_comma, 1.5) == 0,
           "1.5 is written \"1.5\", also in a locale with a decimal comma",
           "another text where the locale has a comma");
}

/* ---- pages ---- */

GRADED(content_types, 1,
       "Returns the media type for HTTP's Content-Type: text/plain; "
       "version=0.0.4; charset=utf-8; application/openmetrics-text; "
       "version=1.0.0; charset=utf-8",
       .hint = "Word for word.",
       .help = {
           "exposition.c, met_content_type.",
           "Two strings that live for ever: literals. Word for word as in "
           "labs/include/met/exposition.h, with `; ` between the parts.",
           "`return format == MET_OPENMETRICS ? "
           "\"application/openmetrics-text; ...\" : \"text/plain; ...\";`."})
{
    EXPECT_STR(met_content_type(MET_TEXT),
               "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_STR(met_content_type(MET_OPENMETRICS),
               "application/openmetrics-text; version=1.0.0; charset=utf-8");
}

GRADED(an_empty_registry, 1, "The page ends with # EOF.",
       .hint = "In OpenMetrics, always; in the text format, never.",
       .help = {"exposition.c: what is written after the collect?",
                "OpenMetrics ends with `# EOF` and a line feed, also when "
                "there is nothing else. The text format has no such line.",
                "After met_registry_collect: `if (format == MET_OPENMETRICS) "
                "page_put_text(page, \"# EOF\\n\");`."})
{
    struct met_registry *r = new_registry();
    size_t size = 99;

    EXPECT_STR(page_of(r, MET_TEXT, &size), "");
    EXPECT_STR(page_of(r, MET_OPENMETRICS, &size), "# EOF\n");
    met_registry_destroy(r);
}

GRADED(
    counters_and_gauges, 3,
    "A page has the families sorted by name, and of each the children sorted "
    "by label values; labels in the order of the registration.",
    .hint = "HELP, TYPE, then a line for each child.",
    .help = {"exposition.c, the visitor: the line of one point.",
             "The collect comes sorted already. A line is the name, the labels "
             "in braces if there are any, a space, the value, and a line feed. "
             "Between labels stands a comma.",
             "For each label: `{` before the first, `,` before the others, "
             "then name, `=\"`, the value escaped, `\"`; after the last one "
             "`}`. Without labels no braces."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = NULL;

    EXPECT_CODE(met_registry_counter(r, "requests", "Requests.",
                                     LABELS("method", "code"), 2, &f),
                0);
    for (int i = 0; i < 2; i++) {
        struct met_child *c = new_child(f, LABELS("GET", i ? "200" : "404"), 2);
        met_counter_add(met_child_counter(c), 1.5 + i);
        met_child_release(c);
    }
    add_gauge(r, "depth", "Depth.", -4);
    EXPECT_STR(says(r, MET_TEXT),
               "depth -4 (gauge)\n"
               "requests{method=\"GET\",code=\"200\"} 2.5 (counter)\n"
               "requests{method=\"GET\",code=\"404\"} 1.5 (counter)\n");
    met_registry_destroy(r);
}

GRADED(
    help_and_type, 2, "# HELP http_requests_total Requests served.",
    .hint = "Both lines, once a family, before its first sample.",
    .help = {
        "exposition.c, the visitor: when does it write HELP and TYPE?",
        "Once a family, before its first sample. The collect shows child after "
        "child; so the visitor must know the name of the point before. A point "
        "lives only during the call of the visitor: keep a copy of the name.",
        "`if (strcmp(s->last, p->name) != 0)` write `# HELP name help` and `# "
        "TYPE name counter`, and copy the name."})
{
    struct met_registry *r = new_registry();
    size_t size = 0;

    add_gauge(r, "depth", "How deep?", 2);
    const char *page = page_of(r, MET_TEXT, &size);
    EXPECT(strstr(page, "# HELP depth How deep?\n"),
           "the page has the line \"# HELP depth How deep?\"", "%.300s", page);
    EXPECT(strstr(page, "# TYPE depth gauge\n"),
           "the page has the line \"# TYPE depth gauge\"", "%.300s", page);
    met_registry_destroy(r);
}

GRADED(histograms, 3, "Labels in the order of the registration, le last.",
       .hint = "A line for each bound, one for +Inf, _sum and _count.",
       .help = {
           "exposition.c: the lines of a histogram.",
           "For each bound a line name_bucket with the labels and le last, and "
           "the cumulative count. One more for +Inf, with the count of all. "
           "Then name_sum and name_count, with the labels and without le.",
           "le=\"...\" holds the bound as met_format_double writes it, and "
           "\"+Inf\" for the last. p->cumulative[i] belongs to p->bound[i]."})
{
    struct met_registry *r = new_registry();

    add_histogram(r, (double[]){0.5, 2}, 2, (double[]){0.25, 1, 1, 9}, 4);
    EXPECT_STR(says(r, MET_TEXT),
               "h_bucket{x=\"y\",le=\"0.5\"} 1 (histogram)\n"
               "h_bucket{x=\"y\",le=\"2\"} 3 (histogram)\n"
               "h_bucket{x=\"y\",le=\"+Inf\"} 4 (histogram)\n"
               "h_sum{x=\"y\"} 11.25 (histogram)\n"
               "h_count{x=\"y\"} 4 (histogram)\n");
    met_registry_destroy(r);
}

GRADED(large_counts, 1, "The cumulative counts, in digits.",
       .hint = "A count has 64 bits.",
       .help = {
           "exposition.c: how do you write the counts of buckets and _count?",
           "They are uint64_t. A double has 53 bits only, an int 31: both "
           "change large counts.",
           "page_put_count, or snprintf with \"%\" PRIu64."})
{
    expect_double("h_count after 100000 observations",
                  RUN(count_on_a_page, 100000), 100000);
}

GRADED(
    label_values_are_escaped, 2,
    "Source: Exposition formats: label values escape \\, \" and line feed.",
    .hint = "A backslash, too; and what is escaped is not escaped again.",
    .help = {
        "page.c, page_put_escaped, and where exposition.c calls it for label "
        "values.",
        "Three bytes are special in a label value: backslash, quote and line "
        "feed. Each gets a backslash before it, and the line feed becomes \\n. "
        "Go through the value once: what you wrote is not looked at again.",
        "Copy up to the next special byte (strcspn), write '\\\\', then 'n' "
        "for a line feed, else the byte itself; go on behind it."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = NULL;

    EXPECT_CODE(met_registry_gauge(r, "g", "Help.", LABELS("x"), 1, &f), 0);
    met_child_release(new_child(f, LABELS("a\\b\"c\nd\t\xc3\xa9"), 1));
    EXPECT_STR(says(r, MET_TEXT),
               "g{x=\"a\\\\b\\\"c\\nd\t\xc3\xa9\"} 0 (gauge)\n");
    EXPECT_STR(says(r, MET_OPENMETRICS),
               "g{x=\"a\\\\b\\\"c\\nd\t\xc3\xa9\"} 0 (gauge)\n");
    met_registry_destroy(r);
}

GRADED(help_is_escaped, 2, "HELP escapes \" too (OpenMetrics).",
       .hint = "\\ and the line feed in both formats, the quote in one.",
       .help = {"exposition.c: the call of page_put_escaped for the help text.",
                "The text format escapes the backslash and the line feed of a "
                "help. OpenMetrics escapes the quote, too.",
                "The special bytes are `format == MET_TEXT ? \"\\\\\\n\" : "
                "\"\\\\\\n\\\"\"`."})
{
    struct met_registry *r = new_registry();
    size_t size = 0;

    add_gauge(r, "g", "a\\b\"c\nd", 0);
    const char *page = page_of(r, MET_TEXT, &size);
    EXPECT(strstr(page, "# HELP g a\\\\b\"c\\nd\n"), "# HELP g a\\\\b\"c\\nd",
           "%.300s", page);
    page = page_of(r, MET_OPENMETRICS, &size);
    EXPECT(strstr(page, "# HELP g a\\\\b\\\"c\\nd\n"),
           "# HELP g a\\\\b\\\"c\\nd", "%.300s", page);
    met_registry_destroy(r);
}

GRADED(openmetrics_counters, 3,
       "A counter's family drops _total, its sample has it, whether it was "
       "registered as foo or as foo_total.",
       .hint = "Both for a counter that is called foo and for foo_total.",
       .help = {
           "exposition.c: the name of a counter in HELP, in TYPE and in its "
           "sample.",
           "In OpenMetrics the family is called without _total, and the sample "
           "with it, whichever way it was registered. In the text format both "
           "have the name as it was registered.",
           "Once a family: if it is OpenMetrics, a counter, and the name ends "
           "in \"_total\", take 6 off its length. HELP and TYPE write that "
           "many bytes; the sample writes them and \"_total\"."})
{
    struct met_registry *r = new_registry();
    size_t size = 0;

    add_counter(r, "a", 3);
    add_counter(r, "b_total", 4);
    EXPECT_STR(says(r, MET_TEXT), "a 3 (counter)\nb_total 4 (counter)\n");
    EXPECT_STR(says(r, MET_OPENMETRICS),
               "a_total 3 (counter)\nb_total 4 (counter)\n");
    const char *page = page_of(r, MET_OPENMETRICS, &size);
    EXPECT(strstr(page, "# TYPE b counter\n"), "# TYPE b counter", "%.300s",
           page);
    met_registry_destroy(r);
}

GRADED(openmetrics_order, 1, "TYPE comes before HELP; the page ends with # EOF",
       .hint = "The other way round in the text format.",
       .help = {
           "exposition.c: the order of the two lines of a head, and the end of "
           "the page.",
           "Text: HELP, then TYPE. OpenMetrics: TYPE, then HELP, and `# EOF` "
           "at the end of the page.",
           "`if (text) put_help(); put_type(); if (openmetrics) put_help();`."})
{
    struct met_registry *r = new_registry();
    size_t size = 0;

    add_gauge(r, "g", "Help.", 1);
    EXPECT_STR(page_of(r, MET_OPENMETRICS, &size),
               "# TYPE g gauge\n# HELP g Help.\ng 1\n# EOF\n");
    EXPECT_STR(page_of(r, MET_TEXT, &size),
               "# HELP g Help.\n# TYPE g gauge\ng 1\n");
    met_registry_destroy(r);
}

GRADED(openmetrics_bounds, 2,
       "Bounds (le) are written with a fraction, or below 1e-4 and from 1e6 "
       "on with an exponent: 100000.0, 1e+06",
       .hint = "The values of the buckets are whole numbers as before.",
       .help = {"exposition.c: the text of le. number.c, number_write has an "
                "argument for it: `large`.",
                "In OpenMetrics a bound is a float with a fraction: 1 becomes "
                "1.0. From 1e6 on it has an exponent, and then needs no .0.",
                "`n = number_write(bound, 6, out);` and if there is neither "
                "'.' nor 'e' in it, append \".0\". +Inf stays +Inf."})
{
    struct met_registry *r = new_registry();

    add_histogram(r, (double[]){0.00001, 0.25, 1, 100000, 1e6, 2.5e7}, 6,
                  (double[]){1}, 1);
    EXPECT_STR(says(r, MET_OPENMETRICS),
               "h_bucket{x=\"y\",le=\"1e-05\"} 0 (histogram)\n"
               "h_bucket{x=\"y\",le=\"0.25\"} 0 (histogram)\n"
               "h_bucket{x=\"y\",le=\"1.0\"} 1 (histogram)\n"
               "h_bucket{x=\"y\",le=\"100000.0\"} 1 (histogram)\n"
               "h_bucket{x=\"y\",le=\"1e+06\"} 1 (histogram)\n"
               "h_bucket{x=\"y\",le=\"2.5e+07\"} 1 (histogram)\n"
               "h_bucket{x=\"y\",le=\"+Inf\"} 1 (histogram)\n"
               "h_sum{x=\"y\"} 1 (histogram)\n"
               "h_count{x=\"y\"} 1 (histogram)\n");
    met_registry_destroy(r);
}

static void expect_no_sum(const double *bounds, size_t n, double v,
                          const char *text, const char *open)
{
    struct met_registry *r = new_registry();

    add_histogram(r, bounds, n, &v, 1);
    EXPECT_STR(says(r, MET_TEXT), text);
    EXPECT_STR(says(r, MET_OPENMETRICS), open);
    met_registry_destroy(r);
}

GRADED(
    openmetrics_without_sum, 2,
    "A histogram with a negative bound, or whose sum is NaN or negative, has "
    "neither _sum nor _count (the text format always has both).",
    .hint = "Three reasons; each leaves out both lines.",
    .help = {
        "exposition.c: the condition for _sum and _count.",
        "OpenMetrics forbids a sum that is NaN, negative, or may fall. It may "
        "fall if a bound is negative: then negative values are expected. "
        "Without _sum there is no _count. The text format has both always.",
        "`format == MET_TEXT || (!(bounds > 0 && bound[0] < 0) && sum >= 0)`. "
        "sum >= 0 is false for NaN."})
{
    expect_no_sum((double[]){-1}, 1, 5,
                  "h_bucket{x=\"y\",le=\"-1\"} 0 (histogram)\n"
                  "h_bucket{x=\"y\",le=\"+Inf\"} 1 (histogram)\n"
                  "h_sum{x=\"y\"} 5 (histogram)\n"
                  "h_count{x=\"y\"} 1 (histogram)\n",
                  "h_bucket{x=\"y\",le=\"-1.0\"} 0 (histogram)\n"
                  "h_bucket{x=\"y\",le=\"+Inf\"} 1 (histogram)\n");
    expect_no_sum((double[]){1}, 1, -5,
                  "h_bucket{x=\"y\",le=\"1\"} 1 (histogram)\n"
                  "h_bucket{x=\"y\",le=\"+Inf\"} 1 (histogram)\n"
                  "h_sum{x=\"y\"} -5 (histogram)\n"
                  "h_count{x=\"y\"} 1 (histogram)\n",
                  "h_bucket{x=\"y\",le=\"1.0\"} 1 (histogram)\n"
                  "h_bucket{x=\"y\",le=\"+Inf\"} 1 (histogram)\n");
    expect_no_sum((double[]){1}, 1, NAN,
                  "h_bucket{x=\"y\",le=\"1\"} 0 (histogram)\n"
                  "h_bucket{x=\"y\",le=\"+Inf\"} 1 (histogram)\n"
                  "h_sum{x=\"y\"} nan (histogram)\n"
                  "h_count{x=\"y\"} 1 (histogram)\n",
                  "h_bucket{x=\"y\",le=\"1.0\"} 0 (histogram)\n"
                  "h_bucket{x=\"y\",le=\"+Inf\"} 1 (histogram)\n");
}

GRADED(values_are_shortest_and_special, 1, "NaN, +Inf, -Inf, 1e-05 on a page.",
       .hint = "The page uses what met_format_double uses.",
       .help = {"exposition.c: the line that writes a value.",
                "It must use the same function as met_format_double, with 21 "
                "for `large`. printf with %g would cut digits and write nan.",
                "`n = number_write(v, 21, text); text[n++] = '\\n'; "
                "page_put(page, text, n);`."})
{
    struct met_registry *r = new_registry();
    size_t size = 0;

    add_gauge(r, "a", "Help.", NAN);
    add_gauge(r, "b", "Help.", -INFINITY);
    add_gauge(r, "c", "Help.", 1e-5);
    add_gauge(r, "d", "Help.", 0.1 + 0.2);
    const char *page = page_of(r, MET_TEXT, &size);
    EXPECT(strstr(page, "\na NaN\n") && strstr(page, "\nb -Inf\n") &&
               strstr(page, "\nc 1e-05\n") &&
               strstr(page, "\nd 0.30000000000000004\n"),
           "the lines a NaN, b -Inf, c 1e-05 and d 0.30000000000000004",
           "%.400s", page);
    met_registry_destroy(r);
}

/* ---- buffers and streams ---- */

GRADED(a_buffer_that_is_too_small, 3,
       "No byte is written behind the buffer's end. MET_ENOSPC when the page "
       "does not fit (then *length is the size that it needed).",
       .hint = "Count on, even where nothing more is written. A page that just "
               "fits, fits.",
       .help = {
           "page.c, page_put: what does it do when there is no room?",
           "It writes what fits, and counts all: `length` grows by n in any "
           "case. A page that needs exactly `size` bytes fits. The buffer may "
           "be NULL when size is 0: then nothing is copied.",
           "`p->length += n; room = p->size - p->used; part = n < room ? n : "
           "room; if (part) memcpy(...); p->used += part;`. In the end `length "
           "> size` is MET_ENOSPC, and *length is stored in both cases."})
{
    struct met_registry *r = new_registry();
    static char buffer[PAGE];
    size_t need = 0, length = 0;

    add_counter(r, "a", 1);
    add_histogram(r, (double[]){1, 2}, 2, (double[]){1}, 1);
    page_of(r, MET_TEXT, &need);
    EXPECT_CODE(met_expose(r, MET_TEXT, NULL, 0, &length), MET_ENOSPC);
    EXPECT(length == need, "*length is the size that the page needs",
           "%zu instead of %zu", length, need);
    for (size_t size = 1; size < need; size += size < need - 5 ? 7 : 1) {
        length = 0;
        /* ends at a page that nobody may touch */
        EXPECT_CODE(met_expose(r, MET_TEXT, buffer, size, &length), MET_ENOSPC);
        EXPECT(length == need, "*length is the size that the page needs",
               "%zu instead of %zu", length, need);
    }
    EXPECT_CODE(met_expose(r, MET_TEXT, buffer, need, &length), 0);
    EXPECT(length == need, "*length is the length of the page",
           "%zu instead of %zu", length, need);
    met_registry_destroy(r);
}

struct stream {
    char text[PAGE];
    size_t used, largest, pieces, stop_at;
};

static int take_piece(void *ctx, const char *bytes, size_t n)
{
    struct stream *s = ctx;

    if (++s->pieces == s->stop_at)
        return s->stop_at % 2 ? 7 : -7;
    s->largest = n > s->largest ? n : s->largest;
    EXPECT(n > 0, "no piece is empty", "an empty one");
    EXPECT(s->pieces <= PAGE / 512, "pieces that are worth a call",
           "%zu pieces for %zu bytes", s->pieces, s->used);
    EXPECT(s->used + n <= sizeof s->text, "a page that ends", "more and more");
    memcpy(s->text + s->used, bytes, n);
    s->used += n;
    return 0;
}

/* Some hundreds of lines. */
static void fill(struct met_registry *r)
{
    struct met_family *f = NULL;
    char value[8];

    EXPECT_CODE(
        met_registry_counter(r, "a_metric_with_a_name_that_is_rather_long",
                             "And a help text that is not short either.",
                             LABELS("and_its_label", "another_label"), 2, &f),
        0);
    for (int i = 0; i < 200; i++) {
        snprintf(value, sizeof value, "%d", 1000 + i);
        met_child_release(new_child(f, LABELS(value, "its value"), 2));
    }
}

GRADED(a_stream_is_the_same_page, 3,
       "Writes the page through write(ctx, ...), in pieces of at most 4096 "
       "bytes and none of them empty.",
       .hint = "A line may go on in the next piece.",
       .help = {
           "page.c, page_put for a stream, and page_flush.",
           "A stream has a piece of 4096 bytes. When it is full it is handed "
           "to write, and filling goes on with the rest of the text. At the "
           "end the last piece is handed out, if there is anything in it.",
           "`while (n > 0) { if (used == size) hand_out(); part = smaller of n "
           "and size - used; memcpy; ... }`. hand_out calls write only if used "
           "> 0, and sets used to 0."})
{
    static struct stream s;
    struct met_registry *r = new_registry();
    size_t size = 0;

    fill(r);
    for (int format = MET_TEXT; format <= MET_OPENMETRICS; format++) {
        const char *page = page_of(r, (enum met_format)format, &size);
        s = (struct stream){.used = 0};
        EXPECT_CODE(
            met_expose_stream(r, (enum met_format)format, take_piece, &s), 0);
        EXPECT(s.used == size && memcmp(s.text, page, size) == 0,
               "the pieces are the page of met_expose",
               "they differ (%zu bytes, %zu)", s.used, size);
        EXPECT(s.largest <= 4096, "at most 4096 bytes in a piece", "%zu",
               s.largest);
        EXPECT(s.pieces <= size / 512 + 1, "pieces that are worth a call",
               "%zu pieces for %zu bytes", s.pieces, size);
    }
    met_registry_destroy(r);
}

/* A writer that gives up at the piece with this number. */
static void expect_given_up(struct met_registry *r, enum met_format format,
                            size_t number)
{
    static struct stream s;

    s = (struct stream){.stop_at = number};
    int code = met_expose_stream(r, format, take_piece, &s);
    EXPECT(s.pieces <= number, "write is not called again when it gave up",
           "it gave up at call %zu, and there were %zu calls", number,
           s.pieces);
    EXPECT(s.pieces == number, "write is called until it gives up",
           "it would have given up at call %zu, and there were %zu calls",
           number, s.pieces);
    expect_code("met_expose_stream", code, MET_EWRITE);
}

GRADED(a_writer_may_give_up, 2,
       "MET_EWRITE when write gave up (it is not called again).",
       .hint = "At the first piece, and at the last one.",
       .help = {"page.c: what happens after write has returned something else "
                "than 0? And the end of met_expose_stream.",
                "It is never called again, also not for the last piece. The "
                "collect may end at once. The result is MET_EWRITE.",
                "Keep `gave_up` in the page: hand_out does not call write when "
                "it is set. The visitor returns MET_EWRITE when it is set, and "
                "so does met_expose_stream after the flush."})
{
    struct met_registry *r = new_registry();

    fill(r);
    for (size_t stop = 1; stop <= 3; stop++)
        expect_given_up(r, MET_TEXT, stop);
    met_registry_destroy(r);
    r = new_registry();
    expect_given_up(r, MET_OPENMETRICS, 1);
    met_registry_destroy(r);
}

GRADED(a_writer_may_give_up_within_a_line, 1,
       "MET_EWRITE when write gave up (it is not called again).",
       .hint = "A help of 10000 bytes is longer than a piece.",
       .help = {"page.c: a text that is longer than a piece, when write gives "
                "up in its middle.",
                "The loop that hands out piece after piece must look at "
                "`gave_up` each time. It must still end: throw the rest away.",
                "hand_out: `if (used > 0 && !gave_up) gave_up = write(...) != "
                "0; used = 0;`. So the loop goes on without calls."})
{
    static char help[10001];
    struct met_registry *r = new_registry();

    memset(help, 'h', sizeof help - 1);
    add_gauge(r, "g", help, 0);
    for (size_t stop = 1; stop <= 2; stop++)
        expect_given_up(r, MET_TEXT, stop);
    met_registry_destroy(r);
}

/* ---- process ---- */

static double sample_of(const char *page, const char *name)
{
    const char *p = strstr(page, name);

    EXPECT(p != NULL, "the page has the sample", "it has no%s", name);
    return strtod(p + strlen(name), NULL);
}

GRADED(process_metrics, 2,
       "Registers what the operating system knows of this process.",
       .hint = "process.c is given: does the registry take callbacks?",
       .help = {"process.c is given. So look at the lab 04 that is linked "
                "here: met_registry_callback.",
                "The four families are callbacks: their values are read when "
                "somebody collects, and they have no labels.",
                "Grade lab 04 first (make grade LAB=04). BACKFILL=1 takes the "
                "registry of the solutions where that is there."})
{
    struct met_registry *r = new_registry();
    size_t size = 0;

    EXPECT_CODE(met_process_register(r), 0);
    EXPECT_CODE(met_process_register(r), MET_EEXIST);
    says(r, MET_OPENMETRICS);
    const char *page = page_of(r, MET_TEXT, &size);
    double cpu = sample_of(page, "\nprocess_cpu_seconds_total ");
    double bytes = sample_of(page, "\nprocess_resident_memory_bytes ");
    double fds = sample_of(page, "\nprocess_open_fds ");
    double start = sample_of(page, "\nprocess_start_time_seconds ");
    EXPECT(cpu >= 0 && cpu < 1000, "seconds of processor time", "%g", cpu);
    EXPECT(bytes > 4096 * 16.0, "bytes that are resident", "%g", bytes);
    EXPECT(fds >= 1 && fds < 1000, "open descriptors", "%g", fds);
    EXPECT(start > 1.6e9 && start < 1e10, "the Unix time of the start", "%g",
           start);
    met_registry_destroy(r);
}

GRADED(what_cannot_be_read, 1, "What cannot be read shows as NaN.",
       .hint = "A file may not open; then the page must still be made.",
       .help = {"The visitor in exposition.c, and number.c: is NaN a value "
                "like others?",
                "A callback that cannot open its file returns NaN. The page is "
                "made all the same, with NaN in that line, and each file and "
                "folder that was opened is closed.",
                "process.c does it already. If a page fails here, see what "
                "your collect and number_write do with NaN."})
{
    struct met_registry *r = new_registry();
    size_t size = 0;

    EXPECT_CODE(met_process_register(r), 0);
    RUN(forbid_files, 0);
    const char *page = page_of(r, MET_TEXT, &size);
    double bytes = sample_of(page, "\nprocess_resident_memory_bytes ");
    double fds = sample_of(page, "\nprocess_open_fds ");
    EXPECT(isnan(bytes), "NaN, when no file can be read", "%g", bytes);
    EXPECT(isnan(fds), "NaN, when no folder can be read", "%g", fds);
    met_registry_destroy(r);
}

/* ---- threads ---- */

GRADED(a_page_beside_updates, 4,
       "A page that is made while threads update and register is well formed "
       "every time.",
       .hint = "One snapshot for all lines of a histogram.",
       .help = {"exposition.c: how often do you read a histogram for one page? "
                "And what does the visitor keep in variables of the file?",
                "All lines of a histogram must come from one snapshot: the "
                "point that the collect gives has it. Two pages may be made at "
                "once, so nothing may be static.",
                "Use p->cumulative, p->count and p->sum of the one point; call "
                "no met_histogram_snapshot again. Put the state of a page into "
                "a struct on the stack and give it as ctx."},
       .threads = true,
       .schedules = "page_beside_observe page_beside_register "
                    "page_beside_page")
{
    double out[3];

    scenario("pages_beside_updates", (double[]){400}, 1, out, 3);
    EXPECT(out[0] == 0, "each page is valid, in both formats",
           "%g were not (does a test above fail, too? Begin there)", out[0]);
    EXPECT(out[1] > 0, "pages were made", "none");
}
