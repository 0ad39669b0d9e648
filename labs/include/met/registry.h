/* SPDX-License-Identifier: MIT
 *
 * registry.h - all metrics of a program, by name and by labels
 *
 * A family is a name, a help text, a type, and label names. Each combination
 * of label values has a child of its own: a counter, a gauge or a histogram.
 *
 *     struct met_family *requests;
 *     struct met_child *ok;
 *     const char *const names[] = {"method", "code"};
 *     const char *const values[] = {"GET", "200"};
 *
 *     if (met_registry_counter(met_registry_default(), "http_requests_total",
 *                              "Requests served.", names, 2, &requests) < 0)
 *         ...
 *     if (met_family_child(requests, values, 2, &ok) < 0)  // found or created
 *         ...
 *     met_counter_inc(met_child_counter(ok));              // as often as wanted
 *     met_child_release(ok);                               // when it is enough
 *
 * A family without labels has one child from the start: its value is shown as
 * 0 before anybody counts. Families stay as long as their registry.
 *
 * Each combination of values costs memory here and in the monitoring system,
 * for ever. So a family has a limit on its children. A label must not hold
 * what has no end: no user, no address, no text of an error.
 *
 * Threads: every call but create and destroy may run in any thread at any
 * time. The caller sees to it that create comes before all other calls, and
 * destroy after them; the default registry is always there.
 *
 * Progress: updates of a child are those of counter.h, gauge.h and histogram.h;
 * of a collect they only meet the reading of their own value. Looking up a
 * child, registering, removing and collecting are locked: they may wait for
 * each other for a bounded number of steps, but never for a visitor or a
 * callback.
 *
 * Text: names and help texts are copied. Everything is UTF-8.
 *
 * Errors: each rule has its own code. When several are broken, it is free
 * which one is returned. After an error nothing has changed.
 *
 * Sources: Prometheus, "Writing client libraries" and "Data model";
 * OpenMetrics 1.0. The Go client panics where MustRegister() finds an error;
 * here a code is returned. It answers AlreadyRegisteredError where the same
 * family is registered again; here the family is handed out again.
 */
#ifndef MET_REGISTRY_H
#define MET_REGISTRY_H

#include "met/counter.h"
#include "met/gauge.h"
#include "met/histogram.h"

#include <stddef.h>
#include <stdint.h>

enum met_type { MET_COUNTER, MET_GAUGE, MET_HISTOGRAM };

struct met_registry;
struct met_family;
struct met_child;

/* Makes an empty registry and stores it in *out.
 * Returns 0, or MET_ENOMEM. */
int met_registry_create(struct met_registry **out);

/* Releases the registry with its families. Children that somebody still holds
 * stay usable until they are released. NULL does nothing. The default
 * registry must not be destroyed. */
void met_registry_destroy(struct met_registry *r);

/* Returns the registry of the program: always the same one, made when it is
 * first asked for, or NULL when there was no memory for it (whether a later
 * call tries again is free). */
struct met_registry *met_registry_default(void);

/* ---- families ---- */

/* Registers a family of counters, gauges or histograms with n label names (n
 * may be 0, and then labels may be NULL) and stores it in *out.
 *
 * The same registration again (name, type, help, the label names in the same
 * order, and the bounds) stores the family that is there already.
 *
 * Returns 0, or
 *   MET_ENAME       name is not [a-zA-Z_:][a-zA-Z0-9_:]*
 *   MET_EINVAL      help is empty, or the bounds are not finite and strictly
 *                   increasing
 *   MET_EUTF8       help is not UTF-8
 *   MET_ELABEL      a label name is not [a-zA-Z_][a-zA-Z0-9_]*
 *   MET_ERESERVED   a label name begins with __
 *   MET_EBUCKET     a label of a histogram is called le
 *   MET_EDUPLICATE  two labels have one name
 *   MET_EEXIST      the name belongs to another family
 *   MET_ECOLLIDE    a sample would have the name of another family or of one
 *                   of its samples. A histogram h has h_bucket, h_count, h_sum
 *                   and h_created. A counter foo has foo_total and
 *                   foo_created; a counter foo_total has the same ones, since
 *                   OpenMetrics calls its family just foo
 *   MET_ENOMEM      no memory could be had
 */
int met_registry_counter(struct met_registry *r, const char *name,
                         const char *help, const char *const *labels, size_t n,
                         struct met_family **out);
int met_registry_gauge(struct met_registry *r, const char *name,
                       const char *help, const char *const *labels, size_t n,
                       struct met_family **out);
int met_registry_histogram(struct met_registry *r, const char *name,
                           const char *help, const char *const *labels,
                           size_t n, const double *bounds, size_t n_bounds,
                           struct met_family **out);

/* What a callback must be: it returns the value of now, from any thread that
 * collects, and must not call the registry. */
typedef double met_read_fn(void *ctx);

/* Registers a counter or gauge without labels, whose value is what read(ctx)
 * returns when somebody collects. A counter's must never fall; nobody checks.
 * Returns as above; MET_EINVAL also when the type is another one, and
 * MET_EEXIST also when the same callback is registered again. */
int met_registry_callback(struct met_registry *r, enum met_type type,
                          const char *name, const char *help, met_read_fn *read,
                          void *ctx);

/* ---- children ---- */

/* Stores the child with these n label values in *out; creates it, at 0, when
 * there is none. Of threads that ask at once, all get the same child. The
 * caller holds the child from then on, and may keep it: that saves the
 * look-up. Values may be empty.
 *
 * Returns 0, or
 *   MET_ECOUNT   n is not the number of the family's labels
 *   MET_EUTF8    a value is not UTF-8
 *   MET_ELIMIT   the child is new, and the family is at its limit
 *   MET_ENOMEM   no memory could be had */
int met_family_child(struct met_family *f, const char *const *values, size_t n,
                     struct met_child **out);

/* Removes the child from its family: it is no longer collected. Those who hold
 * it may still use it. The same values asked for again make a new child, at 0.
 * Returns 0, MET_ECOUNT as above, or MET_ENOENT: there is no such child. */
int met_family_remove(struct met_family *f, const char *const *values,
                      size_t n);

/* The most children that a family may have. What is there already stays. */
enum { MET_CHILDREN = 10000 }; /* unless it is set */
void met_family_set_limit(struct met_family *f, size_t most);

/* Return the metric of a child, or NULL when it is of another type. It belongs
 * to the child: it must not be destroyed, and lives until the release. */
struct met_counter *met_child_counter(struct met_child *c);
struct met_gauge *met_child_gauge(struct met_child *c);
struct met_histogram *met_child_histogram(struct met_child *c);

/* Gives back what met_family_child() handed out, once for each call of it. The
 * child itself lives on in its family unless it was removed. NULL does
 * nothing. */
void met_child_release(struct met_child *c);

/* ---- collect ---- */

/* One child, as a collect shows it. All that it points to lives only during
 * the call of the visitor. */
struct met_point {
    enum met_type type;
    const char *name, *help;
    size_t labels; /* how many; of 0, the next two may be NULL */
    const char *const *label_names, *const *label_values;

    double value; /* of a counter or gauge */

    size_t bounds; /* of a histogram: how many */
    const double *bound;
    const uint64_t *cumulative; /* bounds + 1 of them */
    uint64_t count;
    double sum;
};

/* What visits the points. Anything but 0 ends the collect. It may call the
 * registry. */
typedef int met_visit_fn(void *ctx, const struct met_point *p);

/* Shows all children: the families sorted by name, the children of each by
 * their label values, the first label first; all as bytes. A family without
 * children is not shown.
 *
 * The list is one of a moment: it has all children that were there when the
 * call began and are not being removed during it, and each at most once. The
 * values are read one after the other, while others update.
 *
 * Returns 0, what the visitor returned when it ended the collect, or
 * MET_ENOMEM. */
int met_registry_collect(struct met_registry *r, met_visit_fn *visit,
                         void *ctx);

#endif
