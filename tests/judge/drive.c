/* SPDX-License-Identifier: MIT
 *
 * drive.c - a test's own driver
 */
#include "drive.h"

#include "message.h"
#include "wire/pass.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* How long a call and a scenario may take. One that has hung makes the rest of
 * the suite impatient, or twenty hangs would cost a minute. */
enum {
    CALL_MS = 2000,
    SCENARIO_MS = 10000,
    CALL_AFTER_HANG_MS = 500,
    SCENARIO_AFTER_HANG_MS = 1000,
    CLIENT_MS = 7000,
    CLIENT_AFTER_HANG_MS = 2000,
    WARDEN_MS = 30000 /* ours: it answers, once the machine lets it */
};

enum { STARVED_MOST = 3 /* how often a test's driver gets more time */ };

static int wire = -1, leash = -1, output = -1;
static bool impatient;

static _Noreturn void no_sandbox(const char *what)
{
    message_send("error", "a driver for this test", what);
}

static void reach_sandbox(struct leash_hello *hello)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    const char *where = getenv(DRIVE_ENV);
    char name[64], key[2 * LEASH_KEY + 1];
    int hurry;

    if (!where || sscanf(where, "%63s %32s %d", name, key, &hurry) != 3)
        no_sandbox("the test was not started by its judge");
    for (int i = 0; i < LEASH_KEY; i++)
        sscanf(key + 2 * i, "%2hhx", &hello->key[i]);
    impatient = hurry;
    memcpy(a.sun_path + 1, name, strlen(name));
    leash = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    socklen_t size = offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name);
    if (leash < 0 || connect(leash, (struct sockaddr *)&a, size) != 0)
        no_sandbox("the sandbox is gone");
}

void drive_open(void)
{
    struct leash_hello hello;
    struct leash_greeting greeting;
    int pair[2];

    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_DUMPABLE, 0); /* nobody looks into a judge */
    reach_sandbox(&hello);
    output = memfd_create("output", MFD_CLOEXEC);
    if (output < 0 ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        no_sandbox("out of descriptors");
    pass_send(leash, &hello, sizeof hello, (int[]){pair[1], output}, 2);
    close(pair[1]);
    wire = pair[0];
    struct pollfd p = {.fd = leash, .events = POLLIN};
    if (poll(&p, 1, WARDEN_MS) != 1 ||
        recv(leash, &greeting, sizeof greeting, 0) != sizeof greeting)
        no_sandbox("the sandbox does not answer");
    impatient = impatient || greeting.hangs > 0;
}

int drive_wire(void)
{
    return wire;
}

static int patience_ms(bool is_scenario)
{
    if (impatient)
        return is_scenario ? SCENARIO_AFTER_HANG_MS : CALL_AFTER_HANG_MS;
    return is_scenario ? SCENARIO_MS : CALL_MS;
}

int64_t drive_deadline(bool is_scenario)
{
    return clock_ms() + patience_ms(is_scenario);
}

/* Gives an order and waits for its answer, or for the driver's end. */
static struct leash_news ordered(struct leash_order order, int *fd)
{
    struct leash_news news;
    struct pollfd p = {.fd = leash, .events = POLLIN};

    send(leash, &order, sizeof order, MSG_NOSIGNAL);
    do {
        if (poll(&p, 1, WARDEN_MS) != 1 ||
            pass_receive(leash, &news, sizeof news, fd, 1) != sizeof news)
            no_sandbox("the warden does not answer");
    } while (news.what != order.what && !news.ended);
    for (int i = 0; i < LEASH_PLACES; i++)
        news.place[i][LEASH_PLACE - 1] = '\0';
    return news;
}

int64_t drive_client_deadline(void)
{
    return clock_ms() + (impatient ? CLIENT_AFTER_HANG_MS : CLIENT_MS);
}

bool drive_is_impatient(void)
{
    return impatient;
}

struct leash_news drive_news(enum leash_what what)
{
    int none;

    if (what != LEASH_LOCATE)
        shutdown(wire, SHUT_RDWR); /* one that only closed its end dies, too */
    return ordered((struct leash_order){.what = what}, &none);
}

struct leash_news drive_news_of_client(void)
{
    int none;

    return ordered((struct leash_order){.what = LEASH_HUNG}, &none);
}

int drive_connect(uint8_t host, uint16_t port, struct leash_news *news)
{
    int fd;

    *news = ordered((struct leash_order){LEASH_CONNECT, port, host}, &fd);
    if (fd < 0 && news->error == 0 && !news->ended)
        no_sandbox("out of descriptors");
    return fd >= 0 ? fd : -news->error;
}

struct leash_news drive_count(void)
{
    int none;

    return ordered((struct leash_order){.what = LEASH_COUNT}, &none);
}

/* The first time, what came before the call counts, too: nobody has asked at
 * its beginning. A submission with threads that only spin runs enough, all of
 * them together, and one that sleeps does not wait for a processor. */
bool drive_starved(bool is_scenario, struct leash_news *news)
{
    static struct leash_count before;
    static int times;

    *news = drive_count();
    int64_t waited = news->count.waited_ms - before.waited_ms;
    int64_t ran = news->count.ran_ms - before.ran_ms;

    before = news->count;
    return times++ < STARVED_MOST && waited > patience_ms(is_scenario) / 2 &&
           ran < patience_ms(is_scenario) / 2;
}

void drive_output(char *text, size_t size)
{
    ssize_t n = output < 0 ? 0 : pread(output, text, size - 1, 0);

    text[n > 0 ? n : 0] = '\0';
}
