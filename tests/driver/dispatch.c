/* SPDX-License-Identifier: MIT
 *
 * dispatch.c - turn a frame into a call of the submission, and its answer
 * back into a frame
 *
 * One function for each line of the table, made by the preprocessor: GET_kind
 * unpacks an argument, BACK_kind sends back what the call may have written.
 */
#include "dispatch.h"

#include "guard.h"
#include "scenario.h"
#include "theirs.h"
#include "wire/frame.h"
#include "wire/point.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Mapped, not static: LeakSanitizer searches static memory for pointers. It
 * would take a megabyte's time in every test, and a handle that a past answer
 * left here would hide the leak of its object. */
static struct frame *frame;
static int wire;
static pthread_t speaker;

static void answer(struct frame *f);

static struct guard get_guard(struct frame *f)
{
    size_t n;
    const void *bytes = frame_get_blob(f, &n);

    return guard_copy(bytes, n);
}

/* A list of strings, each before a page of its own. */
static struct guard_list get_list(struct frame *f)
{
    struct guard_list list = {0};
    bool given;
    size_t n;

    frame_get(f, &given, sizeof given);
    frame_get(f, &n, sizeof n);
    for (size_t i = 0; given && i < n; i++) {
        const char *text = frame_get_text(f);
        guard_add(&list, text, text ? strlen(text) + 1 : 0);
        free((char *)text);
    }
    if (given)
        guard_close_list(&list);
    return list;
}

/* ---- callbacks: ask the judge, and serve what it asks meanwhile ---- */

/* Sends the question in the frame; returns when its answer lies there. */
static void ask(struct frame *f)
{
    uint64_t serial = f->serial;

    if (!frame_send(wire, f))
        _exit(121);
    for (;;) {
        if (frame_receive(wire, f, 0) != FRAME_OK)
            _exit(121);
        if (f->op == OP_RETURN && f->serial == serial)
            return;
        answer(f);
    }
}

/* More than a frame can carry comes only from a submission that is wrong. */
static void put_array(struct frame *f, const void *bytes, size_t n, size_t size)
{
    if (n > FRAME_BYTES / size)
        f->bad = true;
    else
        frame_put_blob(f, bytes, n * size);
}

static uint64_t serving; /* serial of the call that is being served */

#define ASK(type, name, kind, ...) ASK_##kind(name, __VA_ARGS__)
#define ASK_VAL(name, ...) frame_put(frame_, &name, sizeof name);
#define ASK_STR(name, ...) frame_put_text(frame_, name);
#define ASK_CTX(name, ...) frame_put(frame_, &name, sizeof name);
#define ASK_ARR(name, n) put_array(frame_, name, n, sizeof *name);
#define ASK_POINT(name, ...) point_put(frame_, name);

#define CALLBACK(result, type, ...)                                \
    static result forward_##type(LIST(MAP_PARAMETER, __VA_ARGS__)) \
    {                                                              \
        struct frame *frame_ = frame;                              \
        result result_;                                            \
        if (!pthread_equal(pthread_self(), speaker))               \
            _exit(120);                                            \
        uint64_t outer = serving;                                  \
        frame_start(frame_, OP_##type, serving);                   \
        MAP(ASK, __VA_ARGS__)                                      \
        ask(frame_);                                               \
        frame_get(frame_, &result_, sizeof result_);               \
        serving = outer;                                           \
        return result_;                                            \
    }
#include WIRE_TABLE

/* ---- functions ---- */

#define GET(type, name, kind, ...) GET_##kind(type, name, __VA_ARGS__)
#define GET_NONE(type, name, ...)
#define GET_VAL(type, name, ...) \
    type name;                   \
    frame_get(frame_, &name, sizeof name);
#define GET_HANDLE GET_VAL
#define GET_STR(type, name, ...)                   \
    struct guard name##_guard = get_guard(frame_); \
    type name = name##_guard.bytes;
#define GET_ARR GET_STR
#define GET_REF GET_STR
#define GET_NEW GET_STR
#define GET_STRS(type, name, ...)                     \
    struct guard_list name##_list = get_list(frame_); \
    type name = name##_list.array.bytes;
#define GET_CALL(type, name, callback)                     \
    bool name##_given;                                     \
    frame_get(frame_, &name##_given, sizeof name##_given); \
    type name = name##_given ? forward_##callback : NULL;
#define GET_CTX GET_VAL

#define BACK(type, name, kind, ...) BACK_##kind(name)
#define BACK_NONE(name)
#define BACK_VAL(name)
#define BACK_HANDLE(name)
#define BACK_STR(name) guard_free(&name##_guard);
#define BACK_ARR BACK_STR
#define BACK_STRS(name) guard_free_list(&name##_list);
#define BACK_REF(name)                               \
    frame_put_blob(frame_, name, name##_guard.size); \
    guard_free(&name##_guard);
#define BACK_NEW BACK_REF
#define BACK_CALL(name)
#define BACK_CTX(name)

#define SERVE(name, call, put, ...)                                  \
    static void serve_##name(struct frame *frame_, uint64_t serial_) \
    {                                                                \
        if (!theirs.name) {                                          \
            frame_start(frame_, OP_MISSING, serial_);                \
            return;                                                  \
        }                                                            \
        MAP(GET, __VA_ARGS__)                                        \
        call theirs.name(LIST(MAP_NAME, __VA_ARGS__));               \
        frame_start(frame_, OP_##name, serial_);                     \
        put;                                                         \
        MAP(BACK, __VA_ARGS__)                                       \
    }
#define FN(result, name, ...)                                                  \
    SERVE(name, result result_ =, frame_put(frame_, &result_, sizeof result_), \
          __VA_ARGS__)
#define TEXT(name, ...)                                                   \
    SERVE(name, const char *result_ =,                                    \
          frame_put_blob(frame_, result_, result_ ? strlen(result_) : 0), \
          __VA_ARGS__)
#define PROC(name, ...) SERVE(name, , , __VA_ARGS__)
#include WIRE_TABLE

/* ---- our own ---- */

static void serve_scenario(struct frame *f, uint64_t serial)
{
    struct guard name = get_guard(f), in = get_guard(f), out = get_guard(f);
    const struct scenario *s = scenario_find(name.bytes);

    if (s)
        s->run(in.bytes, out.bytes);
    frame_start(f, s ? OP_SCENARIO : OP_MISSING, serial);
    if (s)
        frame_put_blob(f, out.bytes, out.size);
    guard_free(&name);
    guard_free(&in);
    guard_free(&out);
}

/* Memory in use before the first call. */
static size_t heap_at_start;

static size_t heap_bytes(void)
{
    return __sanitizer_get_current_allocated_bytes
               ? __sanitizer_get_current_allocated_bytes()
               : 0;
}

/* A leak check stops the process and reads all of its memory, which takes
 * longer than the rest of most tests. When as many bytes are in use as before
 * the test, none has been left. */
static bool leaks_memory(void)
{
    return __lsan_do_recoverable_leak_check && heap_bytes() != heap_at_start &&
           __lsan_do_recoverable_leak_check();
}

static void serve_ping(struct frame *f, uint64_t serial)
{
    frame_start(f, OP_PING, serial);
}

static void serve_finish(struct frame *f, uint64_t serial)
{
    int leaks = leaks_memory();

    frame_start(f, OP_FINISH, serial);
    frame_put(f, &leaks, sizeof leaks);
}

static void (*const serve[])(struct frame *, uint64_t) = {
#define FN(result, name, ...) [OP_##name] = serve_##name,
#define TEXT(name, ...) [OP_##name] = serve_##name,
#define PROC(name, ...) [OP_##name] = serve_##name,
#include WIRE_TABLE
    [OP_SCENARIO] = serve_scenario,
    [OP_PING] = serve_ping,
    [OP_FINISH] = serve_finish,
};

static void answer(struct frame *f)
{
    size_t known = sizeof serve / sizeof *serve;

    if (f->op >= known || !serve[f->op])
        _exit(121); /* not the judge: it speaks only this language */
    serving = f->serial;
    serve[f->op](f, f->serial);
    if (!frame_send(wire, f))
        _exit(121);
}

void dispatch(int fd)
{
    wire = fd;
    speaker = pthread_self();
    frame = mmap(NULL, sizeof *frame, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (frame == MAP_FAILED)
        _exit(124);
    heap_at_start = heap_bytes();
    while (frame_receive(wire, frame, 0) == FRAME_OK)
        answer(frame);
}
