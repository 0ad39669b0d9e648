/* SPDX-License-Identifier: MIT
 *
 * server-hang-in-a-crowd.c - a call that never returns, among threads that only
 * spin: as if the machine had no processor for it
 *
 * lab: 06-server
 * file: server.c
 * named: hung: no answer
 */
#include "met/server.h"

#include "met/error.h"

#ifndef NO_ATTACK
#include <pthread.h>

enum { CROWD = 16 };

static void *spin(void *arg)
{
    for (volatile int i = 0;; i = 1)
        ;
    return arg;
}

static void hang(void)
{
    pthread_t t;

    for (int i = 0; i < CROWD; i++)
        pthread_create(&t, NULL, spin, NULL);
    spin(NULL);
}
#endif

int met_server_start(struct met_registry *r, const char *address, uint16_t port,
                     const struct met_server_options *options,
                     struct met_server **out)
{
    (void)r;
    (void)address;
    (void)port;
    (void)options;
    (void)out;
#ifndef NO_ATTACK
    hang();
#endif
    return MET_ESYSTEM;
}

uint16_t met_server_port(const struct met_server *s)
{
    (void)s;
    return 0;
}

void met_server_stop(struct met_server *s)
{
    (void)s;
}
