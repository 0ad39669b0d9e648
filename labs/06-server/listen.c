/* SPDX-License-Identifier: MIT
 *
 * listen.c - what a server needs of the system, whatever its threads do
 *
 * The handout, README.md, leads through the steps.
 */
#include "http.h"

#include "met/error.h"

int limits_read(struct met_server_options *limits,
                const struct met_server_options *options)
{
    (void)limits;
    (void)options;
    return MET_ESYSTEM; /* Step 1 */
}

/* SO_REUSEADDR: the port can be had although connections of a server before us
 * are still winding up. Two that listen it does not allow on Linux. */
int listen_on(const char *address, uint16_t port, int *listener, uint16_t *got)
{
    (void)address;
    (void)port;
    (void)listener;
    (void)got;
    return MET_ESYSTEM; /* Step 1 */
}

int accept_next(int listener)
{
    (void)listener;
    return MET_ESYSTEM; /* Step 2 */
}

int start_thread(pthread_t *thread, void *(*run)(void *), void *arg)
{
    (void)thread;
    (void)run;
    (void)arg;
    return MET_ESYSTEM; /* Step 2 */
}

/* poll(2) refuses where the limit on descriptors was lowered below their
 * number. To ask again at once would be to ask for ever. */
void wait_for(struct pollfd *polled, size_t n, int ms)
{
    (void)polled;
    (void)n;
    (void)ms; /* Step 2 */
}
