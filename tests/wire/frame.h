/* SPDX-License-Identifier: MIT
 *
 * frame.h - the messages between a test and its driver
 *
 * A frame is a head and packed bytes. Both ends are on one machine and are
 * built from the same headers, so numbers and structures travel as they lie
 * in memory. A blob is a length and its bytes; a null pointer is a length of
 * its own, so that null and empty differ.
 *
 * The judge trusts nothing that comes back: a read past the end, or a blob
 * longer than the frame, sets `bad` and reads as zero. It asks once, at the
 * end, whether anything was bad.
 *
 * Threads: a frame belongs to one thread.
 */
#ifndef WIRE_FRAME_H
#define WIRE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FRAME_BYTES = 1 << 20 }; /* the most that one call can carry */

struct frame {
    uint32_t length; /* of data */
    uint32_t op;     /* enum wire_op */
    uint64_t serial; /* which call: an answer has the serial of its call */
    unsigned char data[FRAME_BYTES];
    uint32_t at; /* how far it has been read; does not travel */
    bool bad;    /* something did not fit; does not travel */
};

/* How a receive ended. */
enum frame_result { FRAME_OK, FRAME_GONE, FRAME_LATE, FRAME_NONSENSE };

void frame_start(struct frame *f, uint32_t op, uint64_t serial);

void frame_put(struct frame *f, const void *bytes, size_t n);
void frame_put_blob(struct frame *f, const void *bytes, size_t n);

void frame_get(struct frame *f, void *bytes, size_t n);
/* A string, perhaps null. What came is copied, ended, and lives for ever. */
void frame_put_text(struct frame *f, const char *text);
const char *frame_get_text(struct frame *f);

/* Points into the frame; NULL for a null blob, and then *n is 0. */
const void *frame_get_blob(struct frame *f, size_t *n);

/* True when all was read, and nothing more than all. */
bool frame_read_up(const struct frame *f);

/* Returns false when the other side is gone. */
bool frame_send(int socket, const struct frame *f);

/* Waits until `deadline_ms` of clock_ms(), or for ever when it is 0, for
 * something to read: FRAME_OK or FRAME_LATE. */
enum frame_result frame_await(int socket, int64_t deadline_ms);

/* Waits as long for a whole frame. */
enum frame_result frame_receive(int socket, struct frame *f,
                                int64_t deadline_ms);

/* True when bytes wait to be read that nobody asked for. */
bool frame_unasked(int socket);

/* Milliseconds on the monotonic clock. */
int64_t clock_ms(void);

#endif
