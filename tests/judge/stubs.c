/* SPDX-License-Identifier: MIT
 *
 * stubs.c - the contract as a suite sees it
 *
 * One function for each line of the table, made by the preprocessor: it sends
 * its arguments to the driver and returns what came back. PUT_kind packs an
 * argument, TAKE_kind stores what the call wrote through it.
 */
#include "call.h"
#include "steps.h"
#include "wire/contract.h"
#include "wire/point.h"

#include <stdlib.h>
#include <string.h>

/* What came back for a buffer of ours: as many bytes as we sent, or none. */
static void take_bytes(struct frame *f, void *to, size_t size)
{
    size_t n;
    const void *bytes = frame_get_blob(f, &n);

    if ((bytes != NULL) != (to != NULL) || (to && n != size))
        f->bad = true;
    else if (size && to)
        memcpy(to, bytes, size);
}

/* A list of strings, perhaps null. */
static void put_list(struct frame *f, const char *const *list, size_t n)
{
    frame_put(f, &(bool){list != NULL}, sizeof(bool));
    frame_put(f, &n, sizeof n);
    for (size_t i = 0; list && i < n && !f->bad; i++)
        frame_put_text(f, list[i]);
    step_strings(list, n);
}

#define PUT(type, name, kind, ...) PUT_##kind(type, name, __VA_ARGS__)
#define PUT_NONE(type, name, ...)
#define PUT_VAL(type, name, ...)           \
    frame_put(frame_, &name, sizeof name); \
    if (strncmp(#type, "enum ", 5) == 0)   \
        step_enum(#type, (long)name);      \
    else                                   \
        STEP(name);
#define PUT_HANDLE(type, name, ...)        \
    frame_put(frame_, &name, sizeof name); \
    step_handle(name, #type);
#define PUT_NEW(type, name, ...)                           \
    const void *name##_before = name ? *name : NULL;       \
    frame_put_blob(frame_, name, name ? sizeof *name : 0); \
    step_text("&" #name);
#define PUT_STR(type, name, ...)                               \
    frame_put_blob(frame_, name, name ? strlen(name) + 1 : 0); \
    step_string(name);
#define PUT_ARR(type, name, n)                        \
    frame_put_blob(frame_, name, (n) * sizeof *name); \
    step_array(#name, STEP_ELEMENT(name), name, n);
#define PUT_REF(type, name, n)                        \
    frame_put_blob(frame_, name, (n) * sizeof *name); \
    step_owned(name, #name, #type);
#define PUT_STRS(type, name, n) put_list(frame_, name, n);
#define PUT_CALL(type, name, callback)                      \
    frame_put(frame_, &(bool){name != NULL}, sizeof(bool)); \
    uint32_t name##_op = OP_##callback;                     \
    step_text(name ? #name : "NULL");
#define PUT_CTX(type, name, callback)                                    \
    frame_put(frame_,                                                    \
              &(void *){callback_token(callback##_op,                    \
                                       (void (*)(void))callback, name)}, \
              sizeof(void *));

#define TAKE(type, name, kind, ...) TAKE_##kind(type, name, __VA_ARGS__)
#define TAKE_NONE(type, name, ...)
#define TAKE_VAL(type, name, ...)
#define TAKE_HANDLE(type, name, ...)
#define TAKE_NEW(type, name, ...)           \
    take_bytes(frame_, name, sizeof *name); \
    if (name && *name != name##_before) {   \
        step_made(#name, *name, #type);     \
    }
#define TAKE_STR(type, name, ...)
#define TAKE_ARR(type, name, ...)
#define TAKE_STRS(type, name, ...)
#define TAKE_REF(type, name, n)                   \
    take_bytes(frame_, name, (n) * sizeof *name); \
    step_stored(#name, STEP_ELEMENT(name), name, n);
#define TAKE_CALL(type, name, ...)
#define TAKE_CTX(type, name, ...)

#define STUB(name, declare, take, show, give, ...)           \
    {                                                        \
        struct frame *frame_ = call_begin(OP_##name, #name); \
        declare;                                             \
        step_begin(#name);                                   \
        MAP(PUT, __VA_ARGS__)                                \
        call_send(frame_);                                   \
        take;                                                \
        show;                                                \
        MAP(TAKE, __VA_ARGS__)                               \
        call_end(frame_);                                    \
        step_end();                                          \
        give;                                                \
    }

/* A result of type int is a code of error.h. */
#define SHOW(result_)                              \
    _Generic((result_), int                        \
             : step_code((long)(result_)), default \
             : STEP(result_))

#define FN(result, name, ...)                                              \
    result name(LIST(MAP_PARAMETER, __VA_ARGS__)) STUB(                    \
        name, result result_, frame_get(frame_, &result_, sizeof result_), \
        (step_result(), SHOW(result_)), return result_, __VA_ARGS__)
#define HAND(result, name, ...)                                            \
    result name(LIST(MAP_PARAMETER, __VA_ARGS__)) STUB(                    \
        name, result result_, frame_get(frame_, &result_, sizeof result_), \
        (step_result(), step_handle(result_, #result)), return result_,    \
        __VA_ARGS__)
#define TEXT(name, ...)                                              \
    const char *name(LIST(MAP_PARAMETER, __VA_ARGS__)) STUB(         \
        name, const char *result_, result_ = frame_get_text(frame_), \
        (step_result(), step_string(result_)), return result_, __VA_ARGS__)
#define PROC(name, ...) \
    void name(LIST(MAP_PARAMETER, __VA_ARGS__)) STUB(name, , , , , __VA_ARGS__)
#include WIRE_TABLE

/* ---- callbacks: the driver asks, a function of the suite answers ---- */

/* The frame is used again when the callback makes a call. */
static void *copy_of(const void *bytes, size_t n)
{
    void *copy = bytes ? malloc(n + 1) : NULL;

    return copy ? memcpy(copy, bytes, n) : NULL;
}

#define HEAR(type, name, kind, ...) HEAR_##kind(type, name)
#define HEAR_POINT(type, name) type name = point_get(frame_);
#define HEAR_ARR(type, name)                                         \
    size_t name##_size;                                              \
    const void *name##_bytes = frame_get_blob(frame_, &name##_size); \
    type name = copy_of(name##_bytes, name##_size);
#define HEAR_VAL(type, name) \
    type name;               \
    frame_get(frame_, &name, sizeof name);
#define HEAR_STR(type, name) type name = frame_get_text(frame_);
#define HEAR_CTX(type, name)                                          \
    void *name;                                                       \
    frame_get(frame_, &name, sizeof name);                            \
    const struct callback *callback_ = callback_of(frame_->op, name); \
    name = callback_->context;

/* An array has as many elements as another argument says. */
#define SIZE(type, name, kind, ...) SIZE_##kind(name, __VA_ARGS__)
#define SIZE_VAL(name, ...)
#define SIZE_STR(name, ...)
#define SIZE_CTX(name, ...)
#define SIZE_POINT(name, ...)
#define SIZE_ARR(name, n) \
    frame_->bad = frame_->bad || name##_size != (n) * sizeof *name;

#define CALLBACK(result, type, ...)                                     \
    static void hear_##type(struct frame *frame_)                       \
    {                                                                   \
        uint64_t serial_ = frame_->serial;                              \
        MAP(HEAR, __VA_ARGS__)                                          \
        MAP(SIZE, __VA_ARGS__)                                          \
        if (!frame_read_up(frame_))                                     \
            call_nonsense();                                            \
        result result_ =                                                \
            ((type *)callback_->function)(LIST(MAP_NAME, __VA_ARGS__)); \
        frame_start(frame_, OP_RETURN, serial_);                        \
        frame_put(frame_, &result_, sizeof result_);                    \
    }
#include WIRE_TABLE

bool stubs_serve(struct frame *f)
{
    switch (f->op) {
#define CALLBACK(result, type, ...) \
    case OP_##type:                 \
        hear_##type(f);             \
        return true;
#include WIRE_TABLE
    default: return false;
    }
}
