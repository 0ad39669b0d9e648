/* SPDX-License-Identifier: MIT
 *
 * service.c - what the service tells about itself
 *
 * The children are looked up once, and held: a request then costs two
 * updates and no look-up.
 */
#include "met/service.h"

#include "met/error.h"

#include <math.h>
#include <stdlib.h>

struct met_service {
    /// SOLUTION
    struct met_child *ok, *error, *memory, *latency;
    /// STARTER
    /// struct met_registry *registry; /* Step 1: instead, what it updates */
    /// END
};

/// SOLUTION
/* A family without labels has one child. */
static int only_child(struct met_family *f, struct met_child **out)
{
    return met_family_child(f, NULL, 0, out);
}

static int register_requests(struct met_registry *r, struct met_service *s)
{
    static const char *const names[] = {"status"};
    struct met_family *f;
    int err = met_registry_counter(r, "app_requests_total",
                                   "Total number of requests", names, 1, &f);

    if (err == 0)
        err = met_family_child(f, (const char *const[]){"ok"}, 1, &s->ok);
    if (err == 0)
        err = met_family_child(f, (const char *const[]){"error"}, 1, &s->error);
    return err;
}

static int register_memory(struct met_registry *r, struct met_service *s)
{
    struct met_family *f;
    int err = met_registry_gauge(r, "app_memory_usage_bytes",
                                 "Current memory usage", NULL, 0, &f);

    return err == 0 ? only_child(f, &s->memory) : err;
}

static int register_latency(struct met_registry *r, struct met_service *s)
{
    double bounds[MET_DEFAULT_BOUNDS];
    struct met_family *f;

    met_bounds_default(bounds);
    int err = met_registry_histogram(r, "app_request_latency_seconds",
                                     "Request latency", NULL, 0, bounds,
                                     MET_DEFAULT_BOUNDS, &f);
    return err == 0 ? only_child(f, &s->latency) : err;
}

/// END
int met_service_create(struct met_registry *r, struct met_service **out)
{
    /// SOLUTION
    struct met_service *s = calloc(1, sizeof *s);
    int err = s ? 0 : MET_ENOMEM;

    if (err == 0)
        err = register_requests(r, s);
    if (err == 0)
        err = register_memory(r, s);
    if (err == 0)
        err = register_latency(r, s);
    if (err == 0)
        *out = s;
    else
        met_service_destroy(s);
    return err;
    /// STARTER
    /// /* Step 1: the counter, first without a label, as the lesson has it;
    ///  * then the gauge and the histogram. Step 2: the label. */
    /// (void)r;
    /// (void)out;
    /// return MET_ENOMEM;
    /// END
}

void met_service_destroy(struct met_service *s)
{
    /// SOLUTION
    if (!s)
        return;
    met_child_release(s->ok);
    met_child_release(s->error);
    met_child_release(s->memory);
    met_child_release(s->latency);
    free(s);
    /// STARTER
    /// (void)s; /* Step 1 */
    /// END
}

void met_service_request(struct met_service *s, double seconds, bool failed)
{
    /// SOLUTION
    struct met_child *c = failed ? s->error : s->ok;

    met_counter_inc(met_child_counter(c));
    if (isfinite(seconds) && seconds >= 0)
        met_histogram_observe(met_child_histogram(s->latency), seconds);
    /// STARTER
    /// (void)s; /* Steps 1 and 2 */
    /// (void)seconds;
    /// (void)failed;
    /// END
}

void met_service_memory(struct met_service *s, double bytes)
{
    /// SOLUTION
    met_gauge_set(met_child_gauge(s->memory), bytes);
    /// STARTER
    /// (void)s; /* Step 1 */
    /// (void)bytes;
    /// END
}
