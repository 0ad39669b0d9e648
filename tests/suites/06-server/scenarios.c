/* SPDX-License-Identifier: MIT
 *
 * scenarios.c - what the tests of lab 06 run beside the submission
 */
#include "driver/sanitized.h"
#include "driver/scenario.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* out: 1 in a replay under a sanitizer, where memory that was freed is kept
 * for a while and all is slower; 0 otherwise */
SCENARIO(is_sanitized)
{
    (void)in;
    out[0] = SANITIZED;
}

/* ---- a stop beside clients ---- */

static pthread_t stopper;

static void *stop(void *server)
{
    met_server_stop(server);
    return NULL;
}

/* in: the server's handle, as a number: begins to stop it, in a thread */
SCENARIO(begin_stop)
{
    if (pthread_create(&stopper, NULL, stop, (void *)(uintptr_t)in[0]) != 0)
        _exit(122);
    out[0] = 0;
}

/* Returns when that call has returned. */
SCENARIO(end_stop)
{
    (void)in;
    pthread_join(stopper, NULL);
    out[0] = 0;
}

/* ---- updates beside scrapes ---- */

enum { UPDATERS = 3, BURST = 100 };

static pthread_t updater[UPDATERS];
static atomic_bool over;
static struct met_child *histogram;
static struct met_family *counters;
static atomic_long observations;

static void update_once(long i)
{
    const char *const values[] = {(const char *[]){"a", "b", "c", "d"}[i % 4]};
    struct met_child *c;

    met_histogram_observe(met_child_histogram(histogram), i % 2 ? 0.5 : 3);
    atomic_fetch_add(&observations, 1);
    if (met_family_child(counters, values, 1, &c) != 0)
        _exit(118);
    met_counter_inc(met_child_counter(c));
    met_child_release(c);
    if (i % 7 == 0)
        met_family_remove(counters, values, 1);
}

/* Bursts: a scrape must not wait for a processor that only counts. */
static void *update(void *arg)
{
    (void)arg;
    for (long i = 0; !atomic_load(&over); i++) {
        update_once(i);
        if (i % BURST == 0)
            nanosleep(&(struct timespec){0, 300000}, NULL);
    }
    return NULL;
}

/* Begins to update the default registry, in threads. */
SCENARIO(begin_updates)
{
    struct met_registry *r = met_registry_default();
    static const char *const label[] = {"x"};
    struct met_family *h;

    (void)in;
    if (met_registry_histogram(r, "h", "Help.", NULL, 0, (const double[]){1, 2},
                               2, &h) != 0 ||
        met_registry_counter(r, "c_total", "Help.", label, 1, &counters) != 0 ||
        met_family_child(h, NULL, 0, &histogram) != 0)
        _exit(118);
    for (int i = 0; i < UPDATERS; i++)
        if (pthread_create(&updater[i], NULL, update, NULL) != 0)
            _exit(122);
    out[0] = 0;
}

/* out: how many observations there were */
SCENARIO(end_updates)
{
    (void)in;
    atomic_store(&over, 1);
    for (int i = 0; i < UPDATERS; i++)
        pthread_join(updater[i], NULL);
    met_child_release(histogram);
    out[0] = (double)atomic_load(&observations);
}

/* ---- descriptors ---- */

enum { MOST_DESCRIPTORS = 2048 };

static int taken[MOST_DESCRIPTORS];
static int takes;

/* in: how many descriptors the process may still open */
SCENARIO(leave_descriptors)
{
    int fd;

    while (takes < MOST_DESCRIPTORS && (fd = open("/dev/null", O_RDONLY)) >= 0)
        taken[takes++] = fd;
    for (int i = 0; i < (int)in[0] && takes > 0; i++)
        close(taken[--takes]);
    out[0] = 0;
}

SCENARIO(free_descriptors)
{
    (void)in;
    while (takes > 0)
        close(taken[--takes]);
    out[0] = 0;
}

static struct rlimit limit_before;

/* in: the new limit on descriptors, perhaps below what is open */
SCENARIO(lower_limit)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit_before) != 0)
        _exit(123);
    limit = (struct rlimit){(rlim_t)in[0], limit_before.rlim_max};
    out[0] = setrlimit(RLIMIT_NOFILE, &limit);
}

SCENARIO(restore_limit)
{
    (void)in;
    out[0] = setrlimit(RLIMIT_NOFILE, &limit_before);
}
