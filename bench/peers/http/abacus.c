/* SPDX-License-Identifier: MIT
 *
 * abacus.c - serves the page, with the server of lab 06
 *
 *     abacus    prints its port, and serves until SIGTERM
 */
#include "../page/page.h"

#include "met/server.h"

#include <signal.h>

int main(void)
{
    struct met_registry *r;
    struct met_server *s;
    sigset_t ends;
    int which;

    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    need(met_registry_create(&r));
    page_fill(r, "/api/v1/organizations/abacus/warehouses/north/items/");
    need(met_server_start(r, NULL, 0, NULL, &s));
    printf("%d\n", met_server_port(s));
    fflush(stdout);
    sigwait(&ends, &which);
    met_server_stop(s);
    met_registry_destroy(r);
    return 0;
}
