/* SPDX-License-Identifier: MIT
 *
 * metrics.c - see metrics.h
 */
#include "metrics.h"

#include "fail.h"
#include "met/error.h"
#include "met/gauge.h"
#include "met/registry.h"
#include "met/server.h"

enum { SPEED, LOST, RUNNING, KEY, KINDS };

static struct met_registry *registry;
static struct met_server *server;
static struct met_child *child[KINDS][ROWS], *threads_child;

static void need(int err, const char *what)
{
    if (err)
        bench_fail("%s: %s", what, met_strerror(err));
}

static struct met_family *family(const char *name, const char *help,
                                 size_t labels)
{
    static const char *const label[] = {"design"};
    struct met_family *f;

    need(met_registry_gauge(registry, name, help, label, labels, &f), name);
    return f;
}

static void make_children(int kind, const char *name, const char *help,
                          const struct rows *r)
{
    struct met_family *f = family(name, help, 1);

    for (size_t i = 0; i < ROWS; i++)
        need(met_family_child(f, &r->row[i].design->name, 1, &child[kind][i]),
             name);
}

void metrics_start(const struct rows *r, uint16_t port, int threads)
{
    need(met_registry_create(&registry), "the registry");
    make_children(SPEED, "live_updates_per_second",
                  "Updates a second of all threads, in the last trial.", r);
    make_children(LOST, "live_lost_ratio",
                  "The share of the updates that got lost.", r);
    make_children(RUNNING, "live_running",
                  "1 for the design that the threads hammer now.", r);
    make_children(KEY, "live_key", "The key that picks the design.", r);
    for (size_t i = 0; i < ROWS; i++)
        met_gauge_set(met_child_gauge(child[KEY][i]), r->row[i].key - '0');
    need(met_family_child(family("live_threads", "How many threads.", 0), NULL,
                          0, &threads_child),
         "live_threads");
    met_gauge_set(met_child_gauge(threads_child), threads);
    need(met_server_start(registry, NULL, port, NULL, &server), "the server");
}

void metrics_set(const struct rows *r)
{
    for (size_t i = 0; server && i < ROWS; i++) {
        met_gauge_set(met_child_gauge(child[SPEED][i]), r->row[i].per_second);
        met_gauge_set(met_child_gauge(child[LOST][i]), r->row[i].lost);
        met_gauge_set(met_child_gauge(child[RUNNING][i]), i == r->picked);
    }
}

void metrics_stop(void)
{
    met_server_stop(server);
    for (size_t i = 0; server && i < ROWS; i++)
        for (int kind = 0; kind < KINDS; kind++)
            met_child_release(child[kind][i]);
    if (server)
        met_child_release(threads_child);
    met_registry_destroy(registry);
}
