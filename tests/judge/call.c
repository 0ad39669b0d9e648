/* SPDX-License-Identifier: MIT
 *
 * call.c - one call over the wire; the beginning and the end of a test
 */
#include "call.h"

#include "drive.h"
#include "fate.h"
#include "judge.h"
#include "message.h"
#include "steps.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CALLBACKS = 64, REPORT = 16384 };

static struct frame frame;
static uint64_t serial;
static unsigned calls;
static const char *calling = "the start of the test";

/* ---- what can go wrong ---- */

static _Noreturn void fail_ended(const struct leash_news *news)
{
    static char output[REPORT];
    char text[512];

    drive_output(output, sizeof output);
    fate_sentence(text, sizeof text, news, calling, calls, output);
    if (!*news->missing && fate_finding(output))
        message_send_finding("no finding of a sanitizer", text);
    message_send("failed", "the call returns", text);
}

_Noreturn void call_nonsense(void)
{
    char text[160];

    snprintf(text, sizeof text,
             "answered with bytes that are no answer, in %s (call %u)", calling,
             calls);
    message_send("failed", "the call returns", text);
}

static _Noreturn void fail_receive(enum frame_result r)
{
    if (r == FRAME_NONSENSE)
        call_nonsense();
    struct leash_news news =
        drive_news(r == FRAME_LATE ? LEASH_HUNG : LEASH_EXPECT_END);
    fail_ended(&news);
}

static _Noreturn void fail_missing(void)
{
    char text[160];

    snprintf(text, sizeof text, "the function %s is missing", calling);
    message_send("failed", "the contract's functions are there", text);
}

/* ---- a call ---- */

struct frame *call_begin(uint32_t op, const char *name)
{
    calling = name;
    calls++;
    frame_start(&frame, op, ++serial);
    return &frame;
}

static void serve_callback(struct frame *f, uint64_t mine, const char *name)
{
    if (f->serial != mine)
        call_nonsense();
    step_interrupt();
    if (!stubs_serve(f))
        call_nonsense();
    calling = name;
    step_resume(name);
    if (!frame_send(drive_wire(), f))
        fail_receive(FRAME_GONE);
}

/* Waits until something has come, or the deadline is over by right. */
static void await_answer(bool is_scenario, int64_t *deadline)
{
    struct leash_news news;

    while (frame_await(drive_wire(), *deadline) == FRAME_LATE) {
        bool starved = drive_starved(is_scenario, &news);
        if (news.ended)
            fail_ended(&news);
        if (!starved)
            return;
        *deadline = drive_deadline(is_scenario);
    }
}

void call_send(struct frame *f)
{
    uint32_t op = f->op;
    uint64_t mine = f->serial;
    const char *name = calling;
    int64_t deadline = drive_deadline(op == OP_SCENARIO);

    if (f->bad)
        message_send("error", "arguments that fit into a frame", name);
    if (frame_unasked(drive_wire()))
        call_nonsense();
    if (!frame_send(drive_wire(), f))
        fail_receive(FRAME_GONE);
    for (;;) {
        await_answer(op == OP_SCENARIO, &deadline);
        enum frame_result r = frame_receive(drive_wire(), f, deadline);
        if (r != FRAME_OK)
            fail_receive(r);
        if (f->op == OP_MISSING && f->serial == mine)
            fail_missing();
        if (f->op == op && f->serial == mine)
            return;
        serve_callback(f, mine, name);
    }
}

void call_end(const struct frame *f)
{
    if (!frame_read_up(f))
        call_nonsense();
}

/* ---- callbacks ---- */

static struct callback callbacks[CALLBACKS];
static int callback_count;

void *callback_token(uint32_t op, void (*function)(void), void *context)
{
    for (int i = 0; i < callback_count; i++) {
        const struct callback *c = &callbacks[i];
        if (c->op == op && c->function == function && c->context == context)
            return (void *)(uintptr_t)(i + 1);
    }
    if (callback_count == CALLBACKS)
        message_send("error", "a free callback token", "too many in one test");
    callbacks[callback_count] = (struct callback){op, function, context};
    return (void *)(uintptr_t)++callback_count;
}

const struct callback *callback_of(uint32_t op, void *token)
{
    uintptr_t i = (uintptr_t)token;
    char text[160];

    if (i >= 1 && i <= (uintptr_t)callback_count && callbacks[i - 1].op == op &&
        callbacks[i - 1].function)
        return &callbacks[i - 1];
    snprintf(text, sizeof text, "%s passed another context", calling);
    message_send("failed", "the callback gets the context that was given",
                 text);
}

/* ---- scenarios ---- */

void scenario(const char *name, const double *in, size_t n, double *out,
              size_t m)
{
    struct frame *f = call_begin(OP_SCENARIO, name);

    frame_put_blob(f, name, strlen(name) + 1);
    frame_put_blob(f, in, n * sizeof *in);
    frame_put_blob(f, out, m * sizeof *out);
    step_begin(name);
    for (size_t i = 0; i < n; i++)
        step_double(in[i]);
    call_send(f);
    size_t size;
    const void *bytes = frame_get_blob(f, &size);
    if (!bytes || size != m * sizeof *out)
        call_nonsense();
    memcpy(out, bytes, size);
    call_end(f);
    step_result();
    for (size_t i = 0; i < m; i++)
        step_double(out[i]);
    step_end();
}

double scenario_value(const char *name, const double *in, size_t n)
{
    double out = 0;

    scenario(name, in, n, &out, 1);
    return out;
}

/* ---- clients of a server ---- */

/* Waits until the connection stands. Returns 0 or an errno. */
static int await_connection(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLOUT};
    int64_t left = drive_client_deadline() - clock_ms();
    int error = 0;

    if (poll(&p, 1, (int)left) != 1)
        client_late("a connection is accepted", "none within its deadline");
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &(socklen_t){sizeof error});
    return error;
}

int connect_to_host(int host, int port)
{
    struct leash_news news;
    int fd = drive_connect((uint8_t)host, (uint16_t)port, &news);

    if (news.ended)
        fail_ended(&news);
    int error = fd < 0 ? -fd : await_connection(fd);
    if (error && fd >= 0)
        close(fd);
    return error ? -error : fd;
}

int connect_to(int port)
{
    return connect_to_host(1, port);
}

static void ping(const char *name)
{
    struct frame *f = call_begin(OP_PING, name);

    call_send(f);
    call_end(f);
}

/* One that has answered has begun, and is behind its fence. */
struct held count_held(void)
{
    ping("the count of what it holds");
    struct leash_news news = drive_count();

    if (news.ended)
        fail_ended(&news);
    return (struct held){news.count.descriptors, news.count.threads,
                         news.count.memory_bytes};
}

int64_t client_deadline(void)
{
    return drive_client_deadline();
}

bool client_is_impatient(void)
{
    return drive_is_impatient();
}

_Noreturn void client_late(const char *expected, const char *got)
{
    struct leash_news news = drive_news_of_client();
    char text[512];

    if (news.what != LEASH_HUNG)
        fail_ended(&news);
    snprintf(text, sizeof text, "hung: %s", got);
    message_send("failed", expected, text);
}

/* A process that dies closes its connections before it has died: only a call
 * tells whether it is there. */
void client_lost(void)
{
    ping("a request");
}

void client_step(const char *format, ...)
{
    char text[160];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    step_event(text);
}

/* ---- a test ---- */

void judge_open(void)
{
    drive_open();
}

void judge_finish(void)
{
    int leaks = 0;
    struct frame *f = call_begin(OP_FINISH, "the end of the test");

    call_send(f);
    frame_get(f, &leaks, sizeof leaks);
    call_end(f);
    if (leaks) {
        struct leash_news news = drive_news(LEASH_LOCATE);
        fail_ended(&news);
    }
}
