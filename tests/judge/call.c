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

#include <stdio.h>
#include <string.h>

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
    if (fate_finding(output))
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
