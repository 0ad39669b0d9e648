/* SPDX-License-Identifier: MIT
 *
 * room_push.c - give a Prometheus in a room samples that it did not scrape
 */
#include "room_push.h"

#include "room_wire.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- protocol buffers ---- */

enum { VARINT = 0, FIXED64 = 1, BYTES = 2 };

static void append(struct push *p, const void *bytes, size_t n)
{
    if (p->n + n > p->room) {
        p->room = 2 * (p->n + n);
        p->bytes = realloc(p->bytes, p->room);
        if (!p->bytes)
            abort();
    }
    memcpy(p->bytes + p->n, bytes, n);
    p->n += n;
}

static void append_varint(struct push *p, uint64_t v)
{
    for (; v >= 128; v >>= 7)
        append(p, &(char){(char)(v | 128)}, 1);
    append(p, &(char){(char)v}, 1);
}

static void append_field(struct push *p, int number, int type)
{
    append_varint(p, (uint64_t)(number << 3 | type));
}

static void append_bytes(struct push *p, int number, const void *bytes,
                         size_t n)
{
    append_field(p, number, BYTES);
    append_varint(p, n);
    append(p, bytes, n);
}

/* Label: name = 1, value = 2 */
static void append_label(struct push *series, const char *const label[2])
{
    struct push p = {0};

    append_bytes(&p, 1, label[0], strlen(label[0]));
    append_bytes(&p, 2, label[1], strlen(label[1]));
    append_bytes(series, 1, p.bytes, p.n);
    free(p.bytes);
}

/* Sample: value = 1, timestamp in milliseconds = 2 */
static void append_sample(struct push *series, const struct push_sample *s)
{
    struct push p = {0};

    append_field(&p, 1, FIXED64);
    append(&p, &s->value, sizeof s->value);
    append_field(&p, 2, VARINT);
    append_varint(&p, (uint64_t)(s->time * 1000));
    append_bytes(series, 2, p.bytes, p.n);
    free(p.bytes);
}

/* WriteRequest: timeseries = 1; TimeSeries: labels = 1, samples = 2 */
void push_series(struct push *p, const char *const labels[][2],
                 const struct push_sample *samples, size_t n)
{
    struct push series = {0};

    for (; (*labels)[0]; labels++)
        append_label(&series, *labels);
    for (size_t i = 0; i < n; i++)
        append_sample(&series, &samples[i]);
    append_bytes(p, 1, series.bytes, series.n);
    free(series.bytes);
}

/* ---- snappy ---- */

/* The length, and literals: 61 in the upper six bits of a tag says that two
 * bytes with the length less one follow. */
static struct push as_snappy(const struct push *p)
{
    enum { LITERAL_2 = 61 << 2, MOST = 1 << 16 };
    struct push out = {0};

    append_varint(&out, p->n);
    for (size_t at = 0; at < p->n; at += MOST) {
        size_t n = p->n - at < MOST ? p->n - at : MOST;
        append(&out,
               (char[]){(char)LITERAL_2, (char)(n - 1), (char)((n - 1) >> 8)},
               3);
        append(&out, p->bytes + at, n);
    }
    return out;
}

const char *push_send(struct push *p, struct room *r)
{
    static char problem[300];
    struct push body = as_snappy(p);
    int error;

    char *answer = room_http(r,
                             "POST /api/v1/write HTTP/1.0\r\nHost: a\r\n"
                             "Content-Type: application/x-protobuf\r\n"
                             "Content-Encoding: snappy\r\n"
                             "X-Prometheus-Remote-Write-Version: 0.1.0\r\n",
                             body.bytes, body.n, &error);
    bool fine = answer && strstr(answer, " 204 ");
    snprintf(problem, sizeof problem, "it does not take samples: %.200s",
             answer ? answer : strerror(-error));
    free(answer);
    free(body.bytes);
    free(p->bytes);
    *p = (struct push){0};
    return fine ? NULL : problem;
}
