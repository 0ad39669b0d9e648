/* SPDX-License-Identifier: MIT
 *
 * contract.c - the graded tests of lab 04 that a student sees
 */
#include "collected.h"

#include <math.h>

#define SUITE contract

#define LABELS(...) ((const char *const[]){__VA_ARGS__})

static struct met_registry *new_registry(void)
{
    struct met_registry *r = NULL;

    EXPECT_CODE(met_registry_create(&r), 0);
    EXPECT(r != NULL, "met_registry_create stores a registry in *out", "NULL");
    return r;
}

static struct met_family *new_counter(struct met_registry *r, const char *name,
                                      const char *const *labels, size_t n)
{
    struct met_family *f = NULL;

    EXPECT_CODE(met_registry_counter(r, name, "Help.", labels, n, &f), 0);
    EXPECT(f != NULL, "*out is the family", "NULL");
    return f;
}

static struct met_child *child_of(struct met_family *f,
                                  const char *const *values, size_t n)
{
    struct met_child *c = NULL;

    EXPECT_CODE(met_family_child(f, values, n, &c), 0);
    EXPECT(c != NULL, "*out is the child", "NULL");
    return c;
}

/* ---- registries ---- */

GRADED(destroy_takes_null, 1, "NULL does nothing.",
       .hint = "Look before you look into it.",
       .help = {"registry.c, met_registry_destroy, and family.c, "
                "met_child_release: their first lines.",
                "Whoever gives NULL has nothing to give back.",
                "`if (!r) return;` and `if (!c) return;` before anything is "
                "looked at."})
{
    met_registry_destroy(NULL);
    met_child_release(NULL);
    EXPECT_CODE(0, 0);
}

GRADED(a_new_registry_is_empty, 1,
       "Makes an empty registry and stores it in *out.",
       .hint = "malloc() does not clear what it gives.",
       .help = {
           "registry.c, met_registry_create: which members get a first value?",
           "Memory from malloc holds what was there before. A list with no "
           "families has a NULL head, or a count of 0.",
           "calloc makes pointers NULL and counts 0; the lock still needs "
           "pthread_mutex_init."})
{
    struct met_registry *r = new_registry();

    EXPECT_STR(collected(r), "");
    met_registry_destroy(r);
}

GRADED(registries_are_apart, 1, "Makes an empty registry.",
       .hint = "Is there one list for all registries?",
       .help = {"registry.c: is the list of families a member of struct "
                "met_registry, or a variable of the file?",
                "Each registry has its own families. Only the default registry "
                "is one for the whole program.",
                "Move list, count and lock into `struct met_registry`, and use "
                "`r->` everywhere."})
{
    struct met_registry *a = new_registry(), *b = new_registry();

    new_counter(a, "hits", NULL, 0);
    EXPECT_STR(collected(b), "");
    EXPECT_STR(collected(a), "counter hits \"Help.\" 0\n");
    met_registry_destroy(a);
    met_registry_destroy(b);
}

GRADED(the_default_is_always_the_same, 1,
       "Returns the registry of the program: always the same one, made when it "
       "is first asked for.",
       .hint = "A static pointer. Which threads may see it half made?",
       .help = {"registry.c, met_registry_default.",
                "A static pointer, made when it is first asked for. Two "
                "threads may ask first at once; so one of them makes it, and "
                "the other waits. An ordinary registry is another one.",
                "`pthread_once(&once, make_default);` and then `return "
                "the_default;`, where make_default calls met_registry_create. "
                "Or a static mutex around the look and the making."})
{
    struct met_registry *r = met_registry_default(), *own = new_registry();

    EXPECT(r != NULL, "met_registry_default returns a registry", "NULL");
    EXPECT(met_registry_default() == r, "it is the same one the second time",
           "another one");
    EXPECT(own != r, "a created registry is another one", "the same one");
    new_counter(r, "hits", NULL, 0);
    EXPECT_STR(collected(r), "counter hits \"Help.\" 0\n");
    met_registry_destroy(own);
}

/* ---- names ---- */

static void expect_name(const char *name, int want)
{
    struct met_registry *r = new_registry();
    struct met_family *f = NULL;

    EXPECT_CODE(met_registry_gauge(r, name, "Help.", NULL, 0, &f), want);
    if (want < 0)
        EXPECT_STR(collected(r), "");
    met_registry_destroy(r);
}

GRADED(
    metric_names, 2, "MET_ENAME: name is not [a-zA-Z_:][a-zA-Z0-9_:]*",
    .hint = "The first character has a rule of its own. isalpha() depends "
            "on the locale.",
    .help = {
        "names.c, name_is_metric; and where registry.c calls it.",
        "The first character is a letter, _ or :, and each further one may be "
        "a digit, too. The empty name has no first character. Compare with 'a' "
        "and 'z': isalpha() depends on the locale, and takes no negative char.",
        "One helper: `(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == "
        "'_'`. First character: helper or ':'. Others: that or '0' to '9'. "
        "Until the '\\0'."})
{
    expect_name("a", 0);
    expect_name("_", 0);
    expect_name(":job:rate5m", 0);
    expect_name("Http_2_z", 0);
    expect_name("", MET_ENAME);
    expect_name("2xx", MET_ENAME);
    expect_name("a-b", MET_ENAME);
    expect_name("a b", MET_ENAME);
    expect_name("a.b", MET_ENAME);
    expect_name("a\n", MET_ENAME);
    expect_name("caf\xc3\xa9", MET_ENAME);
}

static void expect_labels(const char *const *labels, size_t n, int want)
{
    struct met_registry *r = new_registry();
    struct met_family *f = NULL;

    EXPECT_CODE(met_registry_counter(r, "hits", "Help.", labels, n, &f), want);
    met_registry_destroy(r);
}

GRADED(label_names, 2, "MET_ELABEL: a label name is not [a-zA-Z_][a-zA-Z0-9_]*",
       .hint = "As a metric name, but without colons. Look at every label.",
       .help = {"names.c, names_check_labels: does it look at each label, and "
                "at each of its characters?",
                "The rule of metric names without the colon. The first label "
                "that breaks it gives MET_ELABEL.",
                "A loop over all n labels: first character helper(c), further "
                "ones helper(c) or a digit, and not empty."})
{
    expect_labels(LABELS("code"), 1, 0);
    expect_labels(LABELS("_1", "Z9"), 2, 0);
    expect_labels(LABELS("a:b"), 1, MET_ELABEL);
    expect_labels(LABELS(""), 1, MET_ELABEL);
    expect_labels(LABELS("good", "1st"), 2, MET_ELABEL);
    expect_labels(LABELS("\xc3\xa4"), 1, MET_ELABEL);
}

GRADED(reserved_labels, 1, "MET_ERESERVED: a label name begins with __",
       .hint = "One underscore is allowed.",
       .help = {
           "names.c, names_check_labels: the two first characters of a label.",
           "Names that begin with two underscores belong to Prometheus. One "
           "underscore is allowed, also at the end.",
           "`if (strncmp(label, \"__\", 2) == 0) return MET_ERESERVED;`, after "
           "the check of its characters."})
{
    expect_labels(LABELS("__name__"), 1, MET_ERESERVED);
    expect_labels(LABELS("ok", "__x"), 2, MET_ERESERVED);
    expect_labels(LABELS("_x_"), 1, 0);
}

GRADED(le_belongs_to_histograms, 1,
       "MET_EBUCKET: a label of a histogram is called le",
       .hint = "A counter may have it.",
       .help = {"names.c, names_check_labels: what does it do with `type`?",
                "The buckets of a histogram are told apart by a label le. So "
                "the label is not free there; in a counter or gauge it is.",
                "`if (type == MET_HISTOGRAM && strcmp(label, \"le\") == 0) "
                "return MET_EBUCKET;`. strcmp, so that \"lee\" is allowed."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = NULL;

    EXPECT_CODE(met_registry_histogram(r, "h", "Help.", LABELS("a", "le"), 2,
                                       (double[]){1}, 1, &f),
                MET_EBUCKET);
    EXPECT_CODE(met_registry_counter(r, "c", "Help.", LABELS("le"), 1, &f), 0);
    EXPECT_CODE(met_registry_histogram(r, "h", "Help.", LABELS("lee"), 1,
                                       (double[]){1}, 1, &f),
                0);
    met_registry_destroy(r);
}

GRADED(
    labels_with_one_name, 1, "MET_EDUPLICATE: two labels have one name",
    .hint = "They need not be neighbours.",
    .help = {
        "names.c, names_check_labels: which pairs of labels does it compare?",
        "Two labels with one name may stand anywhere. So each one is compared "
        "with all before it. Capital letters are other letters.",
        "Two loops: `for (j = 0; j < i; j++) if (strcmp(labels[i], labels[j]) "
        "== 0) return MET_EDUPLICATE;`."})
{
    expect_labels(LABELS("a", "a"), 2, MET_EDUPLICATE);
    expect_labels(LABELS("a", "b", "c", "a"), 4, MET_EDUPLICATE);
    expect_labels(LABELS("a", "A"), 2, 0);
}

GRADED(
    help_is_needed, 1, "MET_EINVAL: help is empty",
    .hint = "And MET_EUTF8 when it is not UTF-8.",
    .help = {
        "registry.c: the checks of `help`, before the family is made.",
        "Empty is MET_EINVAL; bytes that are no UTF-8 are MET_EUTF8. What is "
        "UTF-8 says text_is_utf8 of names.c, which label values need, too.",
        "`if (!help[0]) return MET_EINVAL; if (!text_is_utf8(help)) return "
        "MET_EUTF8;`."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = NULL;

    EXPECT_CODE(met_registry_gauge(r, "g", "", NULL, 0, &f), MET_EINVAL);
    EXPECT_CODE(met_registry_gauge(r, "g", "\xff", NULL, 0, &f), MET_EUTF8);
    EXPECT_CODE(met_registry_gauge(r, "g",
                                   "Gr\xc3\xb6\xc3\x9f"
                                   "e",
                                   NULL, 0, &f),
                0);
    met_registry_destroy(r);
}

GRADED(bounds_are_checked, 1,
       "MET_EINVAL: the bounds are not finite and strictly increasing",
       .hint = "met_histogram_create knows the rule. A family with labels has "
               "no histogram yet.",
       .help = {
           "registry.c, met_registry_histogram, or family.c, family_create: "
           "who looks at the bounds when there are labels?",
           "A family with labels has no histogram yet, so nobody has called "
           "met_histogram_create. The registration itself must ask.",
           "Make a histogram with these bounds and destroy it at once: "
           "met_histogram_create returns MET_EINVAL for wrong ones. Or check "
           "them as in lab 03. Do it before the family is in the list."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = NULL;

    EXPECT_CODE(met_registry_histogram(r, "h", "Help.", NULL, 0,
                                       (double[]){2, 1}, 2, &f),
                MET_EINVAL);
    EXPECT_CODE(met_registry_histogram(r, "h", "Help.", LABELS("a"), 1,
                                       (double[]){1, INFINITY}, 2, &f),
                MET_EINVAL);
    EXPECT_STR(collected(r), "");
    EXPECT_CODE(met_registry_histogram(r, "h", "Help.", NULL, 0, NULL, 0, &f),
                0);
    met_registry_destroy(r);
}

GRADED(out_is_unchanged_after_an_error, 1,
       "After an error nothing has changed.", .hint = "*out is written last.",
       .help = {"registry.c and family.c: every line that writes *out.",
                "After an error nothing has changed, and *out is part of that. "
                "So a call writes it last, when nothing can fail any more.",
                "Work with a local pointer, and store `*out = it;` just before "
                "`return 0;`."})
{
    struct met_registry *r = new_registry();
    struct met_family *none = (struct met_family *)&none, *f = none;
    struct met_child *no_child = (struct met_child *)&no_child, *c = no_child;
    struct met_family *hits = new_counter(r, "hits", LABELS("a"), 1);

    EXPECT_CODE(met_registry_counter(r, "2", "Help.", NULL, 0, &f), MET_ENAME);
    EXPECT_CODE(met_registry_gauge(r, "hits", "Help.", NULL, 0, &f),
                MET_EEXIST);
    EXPECT(f == none, "*out is unchanged after an error", "it was overwritten");
    EXPECT_CODE(met_family_child(hits, NULL, 0, &c), MET_ECOUNT);
    EXPECT(c == no_child, "*out is unchanged after an error",
           "it was overwritten");
    met_registry_destroy(r);
}

/* ---- families ---- */

GRADED(the_same_registration_again, 2,
       "The same registration again (name, type, help, the label names in the "
       "same order, and the bounds) stores the family that is there already.",
       .hint = "Compare what the strings say, not where they lie.",
       .help = {"family.c, family_is; and the place in registry.c that finds a "
                "family by its name.",
                "Strings are the same when they say the same: strcmp, not ==. "
                "Bounds are compared one by one. If all is the same, the "
                "family that is there is stored in *out and 0 returned.",
                "`f = find(r, name); if (f) { if (!family_is(f, spec)) return "
                "MET_EEXIST; *out = f; return 0; }`, under the lock."})
{
    struct met_registry *r = new_registry();
    struct met_family *a = new_counter(r, "hits", LABELS("x", "y"), 2), *b;
    struct met_family *h = NULL, *again = NULL;

    b = new_counter(r, "hits", LABELS("x", "y"), 2);
    EXPECT(a == b, "the same family is stored", "another one");
    EXPECT_CODE(met_registry_histogram(r, "h", "Help.", NULL, 0,
                                       (double[]){1, 2}, 2, &h),
                0);
    EXPECT_CODE(met_registry_histogram(r, "h", "Help.", NULL, 0,
                                       (double[]){1, 2}, 2, &again),
                0);
    EXPECT(h == again, "the same family is stored", "another one");
    met_registry_destroy(r);
}

GRADED(a_taken_name, 3, "MET_EEXIST: the name belongs to another family",
       .hint = "Type, help, number, names and order of the labels, bounds: one "
               "difference is enough.",
       .help = {"family.c, family_is: which parts of the spec does it compare?",
                "All of them: type, help, the number of labels, each label in "
                "its place, the number of bounds, each bound. One difference, "
                "and the name is taken.",
                "A chain of `&&` with two loops. Compare the counts before the "
                "elements, or you read past an end."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = new_counter(r, "hits", LABELS("x", "y"), 2);

    EXPECT_CODE(met_registry_gauge(r, "hits", "Help.", LABELS("x", "y"), 2, &f),
                MET_EEXIST);
    EXPECT_CODE(
        met_registry_counter(r, "hits", "Other.", LABELS("x", "y"), 2, &f),
        MET_EEXIST);
    EXPECT_CODE(
        met_registry_counter(r, "hits", "Help.", LABELS("y", "x"), 2, &f),
        MET_EEXIST);
    EXPECT_CODE(met_registry_counter(r, "hits", "Help.", LABELS("x"), 1, &f),
                MET_EEXIST);
    EXPECT_CODE(met_registry_histogram(r, "h", "Help.", NULL, 0,
                                       (double[]){1, 2}, 2, &f),
                0);
    EXPECT_CODE(met_registry_histogram(r, "h", "Help.", NULL, 0,
                                       (double[]){1, 3}, 2, &f),
                MET_EEXIST);
    EXPECT_CODE(
        met_registry_histogram(r, "h", "Help.", NULL, 0, (double[]){1}, 1, &f),
        MET_EEXIST);
    met_registry_destroy(r);
}

static double two_and_a_half(void *ctx)
{
    return ctx ? *(double *)ctx : 2.5;
}

static void expect_collision(enum met_type a, const char *a_name,
                             enum met_type b, const char *b_name, int want)
{
    struct met_registry *r = new_registry();
    struct met_family *f = NULL;
    const enum met_type types[] = {a, b};
    const char *const names[] = {a_name, b_name};
    static const char *const kinds[] = {"counter", "gauge", "histogram"};
    char what[120];

    /* two that are in nobody's way, one before and one after */
    EXPECT_CODE(met_registry_gauge(r, "A", "Help.", NULL, 0, &f), 0);
    EXPECT_CODE(met_registry_gauge(r, "zz", "Help.", NULL, 0, &f), 0);
    for (int i = 0; i < 2; i++) {
        int code;
        if (types[i] == MET_COUNTER)
            code = met_registry_counter(r, names[i], "Help.", NULL, 0, &f);
        else if (types[i] == MET_GAUGE)
            code = met_registry_gauge(r, names[i], "Help.", NULL, 0, &f);
        else
            code = met_registry_histogram(r, names[i], "Help.", NULL, 0, NULL,
                                          0, &f);
        snprintf(what, sizeof what, "the answer for the %s %s%s%s%s%s",
                 kinds[types[i]], names[i], i ? ", after the " : "",
                 i ? kinds[a] : "", i ? " " : "", i ? a_name : "");
        expect_code(what, code, i == 0 ? 0 : want);
    }
    met_registry_destroy(r);
}

GRADED(
    samples_that_collide, 3,
    "MET_ECOLLIDE: a sample would have the name of another family or of one "
    "of its samples. A histogram h has h_bucket, h_count, h_sum and "
    "h_created. A counter foo has foo_total and foo_created; a counter "
    "foo_total has the same ones, since OpenMetrics calls its family just foo",
    .hint = "Write down for each type which names it takes. Two families "
            "collide when they want one name.",
    .help = {
        "names.c, names_collide.",
        "Write down for each type which names it takes beside its own. "
        "Histogram h: h_bucket, h_count, h_sum, h_created. Counter: without a "
        "final _total first, then foo, foo_total and foo_created. Gauge: only "
        "its own. Two families collide when they both take one name.",
        "A helper that gives the i-th name that a family takes (its base and a "
        "list of endings), and two loops that compare all names of the one "
        "with all names of the other. Compare whole names, not beginnings. And "
        "with every family of the registry, not only its neighbours."})
{
    expect_collision(MET_HISTOGRAM, "h", MET_GAUGE, "h_count", MET_ECOLLIDE);
    expect_collision(MET_GAUGE, "h_sum", MET_HISTOGRAM, "h", MET_ECOLLIDE);
    expect_collision(MET_HISTOGRAM, "h", MET_COUNTER, "h_bucket", MET_ECOLLIDE);
    expect_collision(MET_COUNTER, "foo", MET_COUNTER, "foo_total",
                     MET_ECOLLIDE);
    expect_collision(MET_GAUGE, "foo", MET_COUNTER, "foo_total", MET_ECOLLIDE);
    expect_collision(MET_COUNTER, "foo", MET_GAUGE, "foo_total", MET_ECOLLIDE);
    expect_collision(MET_COUNTER, "a_total", MET_GAUGE, "a_created",
                     MET_ECOLLIDE);
    expect_collision(MET_GAUGE, "foo", MET_GAUGE, "foo_total", 0);
    expect_collision(MET_GAUGE, "h", MET_GAUGE, "h_count", 0);
    expect_collision(MET_HISTOGRAM, "h", MET_HISTOGRAM, "hh", 0);
    expect_collision(MET_COUNTER, "total", MET_COUNTER, "foo_total", 0);
}

GRADED(without_labels_from_the_start, 1,
       "A family without labels has one child from the start: its value is "
       "shown as 0 before anybody counts.",
       .hint = "And a family with labels has none.",
       .help = {"family.c, family_create: what is done when label_count is 0?",
                "A family without labels has exactly one child, with no "
                "values. It is made with the family, so it is shown as 0. A "
                "family with labels has none.",
                "After the family is set up: `if (spec->label_count == 0 && "
                "!spec->read)` make the child with no values, and release all "
                "again if that fails."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = new_counter(r, "hits", NULL, 0);

    new_counter(r, "misses", LABELS("code"), 1);
    EXPECT_STR(collected(r), "counter hits \"Help.\" 0\n");
    struct met_child *c = child_of(f, NULL, 0);
    met_counter_inc(met_child_counter(c));
    EXPECT_STR(collected(r), "counter hits \"Help.\" 1\n");
    met_child_release(c);
    met_registry_destroy(r);
}

/* ---- children ---- */

GRADED(a_child_is_found_again, 3,
       "Stores the child with these n label values in *out; creates it, at 0, "
       "when there is none.",
       .hint = "Values are compared one by one: {\"a\",\"bc\"} is not "
               "{\"ab\",\"c\"}.",
       .help = {
           "family.c: how does the look-up compare values?",
           "Children are the same when each value is the same as the one in "
           "its place. {\"a\",\"bc\"} and {\"ab\",\"c\"} are two children.",
           "`for (i = 0; i < n; i++) if (strcmp(c->values[i], values[i]) != "
           "0)` it is another one. With a hash table: equal hashes only say "
           "where to look; compare all the same."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = new_counter(r, "hits", LABELS("x", "y"), 2);
    struct met_child *a = child_of(f, LABELS("a", "bc"), 2);
    struct met_child *b = child_of(f, LABELS("ab", "c"), 2);
    struct met_child *again = child_of(f, LABELS("a", "bc"), 2);

    EXPECT(a != b, "other values, another child", "the same one");
    EXPECT(a == again, "the same values, the same child", "another one");
    met_counter_inc(met_child_counter(a));
    met_counter_inc(met_child_counter(again));
    met_counter_inc(met_child_counter(b));
    EXPECT_STR(collected(r), "counter hits \"Help.\" {x=\"a\",y=\"bc\"} 2\n"
                             "counter hits \"Help.\" {x=\"ab\",y=\"c\"} 1\n");
    met_child_release(a);
    met_child_release(again);
    met_child_release(b);
    met_registry_destroy(r);
}

/* Whatever byte stands between the values, where they are one text. */
GRADED(values_are_not_joined, 1,
       "Stores the child with these n label values in *out.",
       .hint = "Whatever you put between two values may also stand in a value.",
       .help = {"family.c: do you make one text of all values, to compare or "
                "to hash it?",
                "Whatever byte you put between two values may also stand in a "
                "value. Then two different children look like one.",
                "Compare value by value with strcmp. If it must be one text, "
                "write the length before each value, or keep the '\\0' of "
                "each: a value has none inside."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = new_counter(r, "hits", LABELS("x", "y"), 2);

    for (char byte = 1; byte < 127; byte++) {
        const char ab[] = {'a', byte, 'b', '\0'};
        const char bc[] = {'b', byte, 'c', '\0'};
        struct met_child *one = child_of(f, LABELS(ab, "c"), 2);
        struct met_child *other = child_of(f, LABELS("a", bc), 2);
        EXPECT(one != other, "other values, another child",
               "the same one for {\"%s\",\"c\"} and {\"a\",\"%s\"}", ab, bc);
        met_child_release(one);
        met_child_release(other);
    }
    met_registry_destroy(r);
}

GRADED(
    children_have_the_familys_type, 1,
    "Return the metric of a child, or NULL when it is of another type.",
    .hint = "Three types, three functions.",
    .help = {
        "family.c, met_child_counter, met_child_gauge and met_child_histogram.",
        "A child has one metric, of its family's type. The two other functions "
        "answer NULL.",
        "`return c->type == MET_COUNTER ? c->counter : NULL;` and so on; or "
        "three pointers of which two are NULL."})
{
    struct met_registry *r = new_registry();
    struct met_family *f[3] = {new_counter(r, "c", NULL, 0)};

    EXPECT_CODE(met_registry_gauge(r, "g", "Help.", NULL, 0, &f[1]), 0);
    EXPECT_CODE(
        met_registry_histogram(r, "h", "Help.", NULL, 0, NULL, 0, &f[2]), 0);
    for (int i = 0; i < 3; i++) {
        struct met_child *c = child_of(f[i], NULL, 0);
        EXPECT(
            (met_child_counter(c) != NULL) == (i == 0),
            "met_child_counter gives the counter of a counter family's child, "
            "and NULL for a child of another family",
            met_child_counter(c) ? "the child of another family has one, too"
                                 : "NULL for the child of a counter family");
        EXPECT((met_child_gauge(c) != NULL) == (i == 1),
               "met_child_gauge gives the gauge of a gauge family's child, "
               "and NULL for a child of another family",
               met_child_gauge(c) ? "the child of another family has one, too"
                                  : "NULL for the child of a gauge family");
        EXPECT((met_child_histogram(c) != NULL) == (i == 2),
               "met_child_histogram gives the histogram of a histogram "
               "family's child, "
               "and NULL for a child of another family",
               met_child_histogram(c)
                   ? "the child of another family has one, too"
                   : "NULL for the child of a histogram family");
        met_child_release(c);
    }
    met_registry_destroy(r);
}

GRADED(
    the_number_of_values, 1,
    "MET_ECOUNT: n is not the number of the family's labels",
    .hint = "Ask before you look at the values.",
    .help = {
        "family.c, the first lines of met_family_child and met_family_remove.",
        "The caller says how many values there are. If it is not the number of "
        "labels, there is nothing to look up, and reading the values would go "
        "past an end.",
        "Compare n with the number of labels in the spec of the family, in the "
        "first line of both functions."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = new_counter(r, "hits", LABELS("x", "y"), 2);
    struct met_child *c = NULL;

    EXPECT_CODE(met_family_child(f, LABELS("a"), 1, &c), MET_ECOUNT);
    EXPECT_CODE(met_family_child(f, LABELS("a", "b", "c"), 3, &c), MET_ECOUNT);
    EXPECT_CODE(met_family_remove(f, LABELS("a"), 1), MET_ECOUNT);
    EXPECT_STR(collected(r), "");
    met_registry_destroy(r);
}

GRADED(values_are_utf8, 2, "MET_EUTF8: a value is not UTF-8",
       .hint = "Overlong forms, surrogates, what is beyond U+10FFFF, and a "
               "sequence that is cut off (RFC 3629).",
       .help = {"names.c, text_is_utf8.",
                "The first byte says how many follow: 0xxxxxxx none, 110xxxxx "
                "one, 1110xxxx two, 11110xxx three. Each that follows is "
                "10xxxxxx. Forbidden are forms that are longer than needed, "
                "surrogates (U+D800 to U+DFFF), and what is above U+10FFFF.",
                "Put the bits together and look at the number: with one byte "
                "more at least 0x80, with two at least 0x800, with three at "
                "least 0x10000. The '\\0' at the end is no following byte, so "
                "a cut sequence is found by itself. Use unsigned char."})
{
    static const char *const good[] = {"",
                                       "a",
                                       "\xc2\x80",
                                       "\xe2\x82\xac",
                                       "\xed\x9f\xbf",
                                       "\xf0\x90\x80\x80",
                                       "\xf4\x8f\xbf\xbf",
                                       "\n\"\\"};
    static const char *const bad[] = {"\x80",
                                      "\xc0\x80",
                                      "\xc3",
                                      "\xc3(",
                                      "\xe2\x82",
                                      "\xe0\x80\x80",
                                      "\xed\xa0\x80",
                                      "\xf0\x80\x80\x80",
                                      "\xf4\x90\x80\x80",
                                      "\xf8\x88\x80\x80\x80",
                                      "a\xff"};
    struct met_registry *r = new_registry();
    struct met_family *f = new_counter(r, "hits", LABELS("x"), 1);
    struct met_child *c = NULL;

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        EXPECT_CODE(met_family_child(f, &good[i], 1, &c), 0);
        met_child_release(c);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        EXPECT_CODE(met_family_child(f, &bad[i], 1, &c), MET_EUTF8);
    met_registry_destroy(r);
}

GRADED(a_limit_on_children, 2,
       "MET_ELIMIT: the child is new, and the family is at its limit. What is "
       "there already stays.",
       .hint = "A child that is there is found, whatever the limit is. What is "
               "removed makes room.",
       .help = {"family.c, met_family_child: where does it ask for the limit?",
                "A child that is there is always found. Only who must be "
                "created needs room: the children of now are fewer than the "
                "limit. A removed child counts no more.",
                "After the look-up failed: `if (f->count >= f->limit) return "
                "MET_ELIMIT;`. create sets the limit to MET_CHILDREN, "
                "met_family_remove counts down."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = new_counter(r, "hits", LABELS("x"), 1);
    struct met_child *c = NULL;

    met_family_set_limit(f, 2);
    met_child_release(child_of(f, LABELS("a"), 1));
    met_child_release(child_of(f, LABELS("b"), 1));
    EXPECT_CODE(met_family_child(f, LABELS("c"), 1, &c), MET_ELIMIT);
    met_child_release(child_of(f, LABELS("a"), 1));
    EXPECT_CODE(met_family_remove(f, LABELS("a"), 1), 0);
    met_child_release(child_of(f, LABELS("c"), 1));
    met_family_set_limit(f, 0);
    met_child_release(child_of(f, LABELS("b"), 1));
    EXPECT_CODE(met_family_child(f, LABELS("d"), 1, &c), MET_ELIMIT);
    EXPECT_STR(collected(r), "counter hits \"Help.\" {x=\"b\"} 0\n"
                             "counter hits \"Help.\" {x=\"c\"} 0\n");
    met_registry_destroy(r);
}

GRADED(a_removed_child_is_not_shown, 2,
       "Removes the child from its family: it is no longer collected. The same "
       "values asked for again make a new child, at 0. MET_ENOENT: there is no "
       "such child.",
       .hint = "Which of the places that point to a child must forget it?",
       .help = {"family.c, met_family_remove.",
                "The child leaves the table (or list) of its family, and the "
                "number of children goes down. The family no longer holds it. "
                "If it is not found: MET_ENOENT.",
                "Unlink it under the lock, then give back the family's own "
                "hold as met_child_release does. All places that point to it "
                "must forget it, also a chain of the table."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = new_counter(r, "hits", LABELS("x"), 1);
    struct met_child *c = child_of(f, LABELS("a"), 1);

    met_counter_inc(met_child_counter(c));
    met_child_release(c);
    EXPECT_CODE(met_family_remove(f, LABELS("b"), 1), MET_ENOENT);
    EXPECT_CODE(met_family_remove(f, LABELS("a"), 1), 0);
    EXPECT_STR(collected(r), "");
    EXPECT_CODE(met_family_remove(f, LABELS("a"), 1), MET_ENOENT);
    met_child_release(child_of(f, LABELS("a"), 1));
    EXPECT_STR(collected(r), "counter hits \"Help.\" {x=\"a\"} 0\n");
    met_registry_destroy(r);
}

GRADED(a_handle_lives_until_its_release, 2,
       "Those who hold it may still use it. Children that somebody still holds "
       "stay usable until they are released.",
       .hint = "Count who holds a child: the family does, too.",
       .help = {
           "family.c: who frees a child, and when?",
           "Count the holders: the family is one, and each met_family_child "
           "that was not released is another. The last one frees. Removing the "
           "child, or destroying the registry, only ends the family's hold.",
           "An `atomic_int refs` in the child, 1 for the family. "
           "met_family_child adds 1 under the lock; release subtracts 1, and "
           "frees when it was the last. The child must need nothing of its "
           "family after that: copy what it uses."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = new_counter(r, "hits", LABELS("x"), 1);
    struct met_child *a = child_of(f, LABELS("a"), 1);
    struct met_child *a2 = child_of(f, LABELS("a"), 1);
    struct met_child *b = child_of(f, LABELS("b"), 1);

    EXPECT_CODE(met_family_remove(f, LABELS("a"), 1), 0);
    met_child_release(a2);
    met_counter_inc(met_child_counter(a));
    EXPECT_DOUBLE(met_counter_value(met_child_counter(a)), 1);
    met_registry_destroy(r);
    met_counter_inc(met_child_counter(a));
    met_counter_inc(met_child_counter(b));
    EXPECT_DOUBLE(met_counter_value(met_child_counter(a)), 2);
    EXPECT_DOUBLE(met_counter_value(met_child_counter(b)), 1);
    met_child_release(a);
    met_child_release(b);
}

/* ---- collect ---- */

GRADED(
    collect_is_sorted, 2,
    "The families sorted by name, the children of each by their label "
    "values, the first label first; all as bytes.",
    .hint = "Bytes: upper case comes before lower case, and 10 before 9. "
            "strcmp() compares bytes. Is a line missing: was its child found "
            "in place of another one?",
    .help = {
        "registry.c, met_registry_collect, and family.c, family_children: "
        "where is something sorted, and how is it compared?",
        "Families by name, children by their values, the first label first. As "
        "bytes: strcmp does that. Compare value by value, not one joined text.",
        "qsort over an array of pointers. The comparison of children: `for (i "
        "= 0; i < n; i++) { int d = strcmp(a->values[i], b->values[i]); if (d) "
        "return d; } return 0;`."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = new_counter(r, "b", LABELS("x", "y"), 2);

    new_counter(r, "a", NULL, 0);
    new_counter(r, "Z", NULL, 0);
    new_counter(r, "a_", NULL, 0);
    met_child_release(child_of(f, LABELS("9", "1"), 2));
    met_child_release(child_of(f, LABELS("\xc3\xa4", "1"), 2));
    met_child_release(child_of(f, LABELS("10", "2"), 2));
    met_child_release(child_of(f, LABELS("10", ""), 2));
    met_child_release(child_of(f, LABELS("z", "1"), 2));
    met_child_release(child_of(f, LABELS("1 ", ""), 2));
    met_child_release(child_of(f, LABELS("1", "z"), 2));
    EXPECT_STR(collected(r),
               "counter Z \"Help.\" 0\n"
               "counter a \"Help.\" 0\n"
               "counter a_ \"Help.\" 0\n"
               "counter b \"Help.\" {x=\"1\",y=\"z\"} 0\n"
               "counter b \"Help.\" {x=\"1 \",y=\"\"} 0\n"
               "counter b \"Help.\" {x=\"10\",y=\"\"} 0\n"
               "counter b \"Help.\" {x=\"10\",y=\"2\"} 0\n"
               "counter b \"Help.\" {x=\"9\",y=\"1\"} 0\n"
               "counter b \"Help.\" {x=\"z\",y=\"1\"} 0\n"
               "counter b \"Help.\" {x=\"\xc3\xa4\",y=\"1\"} 0\n");
    met_registry_destroy(r);
}

GRADED(collect_shows_every_type, 2,
       "One child, as a collect shows it: name, help, type, labels, the value "
       "of a counter or gauge; bounds, counts and sum of a histogram.",
       .hint = "struct met_point, field by field.",
       .help = {"registry.c: the function that fills struct met_point.",
                "name, help, type and labels come from the family; value from "
                "a counter or gauge; bounds, cumulative counts, count and sum "
                "from met_histogram_bounds and met_histogram_snapshot.",
                "A switch over the type. A histogram with n bounds needs an "
                "array of n doubles and one of n + 1 counts, which live until "
                "the visitor has returned."})
{
    struct met_registry *r = new_registry();
    struct met_family *g = NULL, *h = NULL;

    EXPECT_CODE(met_registry_gauge(r, "g", "A gauge.", LABELS("x"), 1, &g), 0);
    EXPECT_CODE(met_registry_histogram(r, "h", "A histogram.", LABELS("y"), 1,
                                       (double[]){1, 2}, 2, &h),
                0);
    struct met_child *gc = child_of(g, LABELS("1"), 1);
    struct met_child *hc = child_of(h, LABELS("2"), 1);
    met_gauge_set(met_child_gauge(gc), -3.5);
    met_histogram_observe(met_child_histogram(hc), 0.5);
    met_histogram_observe(met_child_histogram(hc), 9);
    EXPECT_STR(
        collected(r),
        "gauge g \"A gauge.\" {x=\"1\"} -3.5\n"
        "histogram h \"A histogram.\" {y=\"2\"} [1:1 2:1 +Inf:2] count 2 "
        "sum 9.5\n");
    met_child_release(gc);
    met_child_release(hc);
    met_registry_destroy(r);
}

GRADED(names_and_help_are_copied, 1, "Names and help texts are copied.",
       .hint = "The caller's strings may be gone when the call has returned; "
               "label values, too.",
       .help = {"family.c, family_create, and where a child is made: each char "
                "pointer that is kept.",
                "The strings belong to the caller, who may change or free them "
                "after the call. So keep copies: name, help, label names, "
                "bounds, and label values.",
                "strdup for each (each can answer NULL), and free for each in "
                "destroy."})
{
    struct met_registry *r = new_registry();
    char name[] = "hits", help[] = "Some.", label[] = "x", value[] = "v";
    const char *labels[] = {label}, *values[] = {value};
    struct met_family *f = NULL;

    /* in the driver these are memory that is gone after each call */
    EXPECT_CODE(met_registry_counter(r, name, help, labels, 1, &f), 0);
    met_child_release(child_of(f, values, 1));
    EXPECT_STR(collected(r), "counter hits \"Some.\" {x=\"v\"} 0\n");
    met_registry_destroy(r);
}

struct stop {
    int seen, code;
};

static int stop_at_the_second(void *ctx, const struct met_point *p)
{
    struct stop *s = ctx;

    (void)p;
    return ++s->seen == 2 ? s->code : 0;
}

GRADED(a_visitor_may_end_the_collect, 1,
       "Anything but 0 ends the collect. Returns what the visitor returned "
       "when it ended the collect.",
       .hint = "What is held for the collect must be given back, too.",
       .help = {"registry.c, met_registry_collect: what follows after the "
                "visitor was called?",
                "Anything but 0 ends the collect, negative numbers, too, and "
                "is what collect returns. What was held and allocated for the "
                "collect is released all the same.",
                "`err = visit(ctx, &point);` with `err == 0` in the conditions "
                "of both loops; the release of all children and arrays after "
                "the loops; `return err;`."})
{
    struct met_registry *r = new_registry();
    const int codes[] = {42, -42};

    new_counter(r, "a", NULL, 0);
    new_counter(r, "b", NULL, 0);
    new_counter(r, "c", NULL, 0);
    for (int i = 0; i < 2; i++) {
        struct stop s = {0, codes[i]};
        EXPECT_LONG(met_registry_collect(r, stop_at_the_second, &s), codes[i]);
        EXPECT_LONG(s.seen, 2);
    }
    met_registry_destroy(r);
}

/* What the visitor below does to the registry that is collected. */
struct busy {
    struct met_registry *registry;
    struct met_family *family;
    int seen;
};

static int change_the_registry(void *ctx, const struct met_point *p)
{
    struct busy *b = ctx;
    struct met_family *f = NULL;
    struct met_child *c = NULL;

    (void)p;
    b->seen++;
    EXPECT_CODE(
        met_registry_counter(b->registry, "later", "Help.", NULL, 0, &f), 0);
    EXPECT_CODE(met_family_child(b->family, LABELS("new"), 1, &c), 0);
    met_child_release(c);
    met_family_remove(b->family, LABELS("old"), 1);
    return 0;
}

GRADED(a_visitor_may_call_the_registry, 2,
       "It may call the registry. Never for a visitor or a callback do others "
       "wait.",
       .hint = "Take a list under the lock, and walk it after.",
       .help = {"registry.c, met_registry_collect: which locks are held while "
                "the visitor runs?",
                "A visitor may register, look up and remove. If collect holds "
                "a lock meanwhile, it waits for itself. So make the list of "
                "what is there under the lock, hold the children in it, give "
                "the lock back, and then call the visitor.",
                "family_children does that for one family: it stores the "
                "children of now and holds each. After the visitor, release "
                "each. The families stay as long as the registry; a list of "
                "them is copied under its lock."})
{
    struct met_registry *r = new_registry();
    struct busy b = {.registry = r,
                     .family = new_counter(r, "hits", LABELS("x"), 1)};

    met_child_release(child_of(b.family, LABELS("old"), 1));
    EXPECT_CODE(met_registry_collect(r, change_the_registry, &b), 0);
    EXPECT(b.seen >= 1, "the child that was there is shown", "it was not");
    EXPECT_STR(collected(r), "counter hits \"Help.\" {x=\"new\"} 0\n"
                             "counter later \"Help.\" 0\n");
    met_registry_destroy(r);
}

GRADED(
    callbacks_are_read_at_collect_time, 2,
    "Registers a counter or gauge without labels, whose value is what "
    "read(ctx) returns when somebody collects.",
    .hint = "Not when it is registered.",
    .help = {
        "registry.c, met_registry_callback and met_registry_collect: when is "
        "read(ctx) called?",
        "The registration only keeps the function and its ctx. Each collect "
        "calls it, and shows what it returns then.",
        "A family whose spec has `read` set has no children: collect makes one "
        "point for it, with `value = spec->read(spec->ctx)`, without a lock."})
{
    struct met_registry *r = new_registry();
    double value = 7;

    EXPECT_CODE(met_registry_callback(r, MET_GAUGE, "g", "Help.",
                                      two_and_a_half, &value),
                0);
    EXPECT_CODE(met_registry_callback(r, MET_COUNTER, "c", "Help.",
                                      two_and_a_half, NULL),
                0);
    value = 8.25;
    EXPECT_STR(collected(r), "counter c \"Help.\" 2.5\n"
                             "gauge g \"Help.\" 8.25\n");
    value = -1;
    EXPECT_STR(collected(r), "counter c \"Help.\" 2.5\n"
                             "gauge g \"Help.\" -1\n");
    met_registry_destroy(r);
}

GRADED(wrong_callbacks_are_refused, 1,
       "MET_EINVAL also when the type is another one, and MET_EEXIST also when "
       "the same callback is registered again.",
       .hint = "A callback has the rules of all names, and no children.",
       .help = {
           "registry.c, met_registry_callback: its checks.",
           "All rules of names and help hold here, too. A histogram is "
           "MET_EINVAL. A name that is taken is MET_EEXIST, also by the same "
           "callback: there is no family to be handed out.",
           "Use the function that all registrations share. After it has found "
           "a family of that name: for a callback always MET_EEXIST; and "
           "family_is must say no when one of the two has a `read`."})
{
    struct met_registry *r = new_registry();
    struct met_family *f = NULL;

    EXPECT_CODE(met_registry_callback(r, MET_HISTOGRAM, "h", "Help.",
                                      two_and_a_half, NULL),
                MET_EINVAL);
    EXPECT_CODE(
        met_registry_callback(r, MET_GAUGE, "2", "Help.", two_and_a_half, NULL),
        MET_ENAME);
    EXPECT_CODE(
        met_registry_callback(r, MET_GAUGE, "g", "Help.", two_and_a_half, NULL),
        0);
    EXPECT_CODE(
        met_registry_callback(r, MET_GAUGE, "g", "Help.", two_and_a_half, NULL),
        MET_EEXIST);
    EXPECT_CODE(met_registry_gauge(r, "g", "Help.", NULL, 0, &f), MET_EEXIST);
    met_registry_destroy(r);
}

/* ---- memory ---- */

/* Makes all kinds of things with only so many allocations. Returns how many
 * calls failed. */
static int make_some(struct met_registry *r, int allowed)
{
    struct met_family *f = NULL, *h = NULL;
    struct met_child *c = NULL;
    struct page page = {.used = 0};
    int codes[4];

    RUN(allow_allocations, allowed);
    codes[0] = met_registry_counter(r, "hits", "Help.", LABELS("x"), 1, &f);
    codes[1] =
        met_registry_histogram(r, "h", "Help.", NULL, 0, (double[]){1}, 1, &h);
    codes[2] = codes[0] ? 0 : met_family_child(f, LABELS("a"), 1, &c);
    codes[3] = met_registry_collect(r, add_point, &page);
    RUN(allow_allocations, -1);
    if (codes[0] == 0 && codes[2] == 0)
        met_child_release(c);
    int failed = 0;
    for (int i = 0; i < 4; i++) {
        EXPECT(codes[i] == 0 || codes[i] == MET_ENOMEM,
               "0 or MET_ENOMEM, when there is no memory", "%d", codes[i]);
        failed += codes[i] != 0;
    }
    return failed;
}

GRADED(no_memory_is_an_error, 3,
       "MET_ENOMEM: no memory could be had. After an error nothing has "
       "changed.",
       .hint = "Each allocation can answer NULL. What was made before it must "
               "be released, and the registry must be as it was.",
       .help = {
           "registry.c and family.c: each malloc, calloc, strdup, realloc, and "
           "each met_..._create.",
           "Each may fail when some before it did not. Then all that this call "
           "has made is released, the registry is as it was, and MET_ENOMEM is "
           "returned. Once more with memory, the same call must succeed.",
           "Make everything first, and link it into the list or table as the "
           "last step, which cannot fail. One function releases a half-made "
           "family: it must accept. Do not forget the array of collect."})
{
    for (int allowed = 0; allowed < 24; allowed++) {
        struct met_registry *r = new_registry();
        make_some(r, allowed);
        EXPECT_LONG(make_some(r, -1), 0); /* the same again, with memory */
        EXPECT_STR(collected(r),
                   "histogram h \"Help.\" [1:0 +Inf:0] count 0 sum 0\n"
                   "counter hits \"Help.\" {x=\"a\"} 0\n");
        met_registry_destroy(r);
    }
}

/* ---- threads ---- */

GRADED(
    a_child_is_created_once, 4,
    "Of threads that ask at once, all get the same child.",
    .hint = "Between looking and creating, another thread may have "
            "created.",
    .help =
        {"family.c, met_family_child: what can another thread do between your "
         "look-up and your creation?",
         "Looking and creating are one step only if nobody comes between: the "
         "same lock is held over both. Or look again, under the lock, before "
         "you add.",
         "`lock; c = find(...); if (!c) c = create_and_add(...); if (c) hold "
         "it; unlock;`. Hold it before the unlock, or a remover frees it."},
    .threads = true, .schedules = "get_beside_get get_beside_another_get")
{
    double out[2];

    scenario("registry_children_from_threads", (double[]){4, 40, 5}, 3, out, 2);
    EXPECT(out[0] == 40, "as many children as there are values",
           "%g instead of 40", out[0]);
    EXPECT(out[1] == 4 * 40 * 5, "each count is in the one child of its values",
           "%g of 800 are there", out[1]);
}

GRADED(a_family_is_created_once, 2,
       "The same registration again stores the family that is there already. "
       "Every call may run in any thread at any time.",
       .hint = "Between looking for the name and adding it, another thread may "
               "have added it.",
       .help = {"registry.c: what can another thread do between looking for "
                "the name and adding the family? And met_registry_default.",
                "Looking and adding are one step under the lock of the "
                "registry. The default registry is made once: pthread_once(3).",
                "`lock; f = find(r, name); if (!f) f = make and add; unlock;` "
                "with the checks for MET_EEXIST and MET_ECOLLIDE in between, "
                "under the same lock."},
       .threads = true,
       .schedules = "register_beside_register default_beside_default")
{
    double out[2];

    scenario("registry_families_from_threads", (double[]){4, 20}, 2, out, 2);
    EXPECT(out[0] == 0, "all threads get the same family",
           "%g times it was another one", out[0]);
    EXPECT(out[1] == 20, "as many families as there are names",
           "%g instead of 20", out[1]);
}

GRADED(a_collect_beside_changes, 4,
       "The list is one of a moment: it has all children that were there when "
       "the call began and are not being removed during it, and each at most "
       "once.",
       .hint = "A child that is being collected must not be destroyed by who "
               "removes it.",
       .help = {"registry.c, met_registry_collect, and family.c, "
                "family_children, met_family_remove, met_child_release.",
                "A child in the list of a collect must live until the visitor "
                "has seen it, also when it is removed meanwhile. So the list "
                "holds each child: it counts as a holder. The list is made in "
                "one go, under the lock.",
                "In family_children, under the lock: allocate, and for each "
                "child store the pointer and add 1 to its refs. collect calls "
                "met_child_release for each, also after an early end."},
       .threads = true,
       .schedules = "collect_beside_get collect_beside_remove "
                    "collect_beside_register use_beside_remove "
                    "callback_beside_changes")
{
    double out[3];

    scenario("registry_collect_beside_changes", (double[]){300}, 1, out, 3);
    EXPECT(out[0] == 0, "each collect has the children that stay", "%g had not",
           out[0]);
    EXPECT(out[1] == 0, "each collect is sorted, and has each child once",
           "%g were not", out[1]);
    EXPECT(out[2] == 0, "a collect returns 0", "%g did not", out[2]);
}
