/* SPDX-License-Identifier: MIT
 *
 * server-forged-frame.c - this lab may write to descriptors: it writes an
 * answer of its own to each that it finds, in the hope that one is the wire
 *
 * lab: 06-server
 * file: server.c
 * named: bytes that are no answer
 */
#include "met/server.h"

#include "met/error.h"

#ifndef NO_ATTACK
#include <stdint.h>
#include <unistd.h>

/* The head of wire/frame.h, and "it returned 0". */
struct forged {
    uint32_t length, op;
    uint64_t serial;
    int32_t result;
};

static void forge(void)
{
    struct forged answer = {sizeof answer.result, 0, 1, 0};

    for (int fd = 3; fd < 64; fd++)
        for (answer.serial = 1; answer.serial < 8; answer.serial++)
            if (write(fd, &answer, 20) != 20)
                break;
}
#endif

int met_server_start(struct met_registry *r, const char *address, uint16_t port,
                     const struct met_server_options *options,
                     struct met_server **out)
{
#ifndef NO_ATTACK
    forge();
#endif
    (void)r;
    (void)address;
    (void)port;
    (void)options;
    (void)out;
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
