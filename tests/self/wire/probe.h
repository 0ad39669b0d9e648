/* SPDX-License-Identifier: MIT
 *
 * probe.h - a contract that exists only to test the wire
 *
 * It has every kind of argument, and one function that misbehaves in every
 * way that a driver must survive.
 */
#ifndef PROBE_H
#define PROBE_H

#include "met/error.h"
#include "met/registry.h"

#include <stddef.h>

struct met_probe;

/* Handles. */
int met_probe_create(struct met_probe **out, double value);
void met_probe_destroy(struct met_probe *p);
double met_probe_value(const struct met_probe *p);

/* Strings and null pointers: the same string again. */
const char *met_probe_echo(const char *s);
/* How many bytes lie before the end; -1 for NULL. */
long met_probe_length(const char *s);

/* Arrays and numbers. NULL sums to -1. */
double met_probe_sum(const double *v, size_t n);

/* Buffers: writes `n` times `with` into a buffer of `capacity`, or past it. */
int met_probe_fill(char *buffer, size_t capacity, size_t n, int with);

/* Callbacks: calls `each` for every element until it returns non-zero. */
typedef int met_probe_each_fn(void *ctx, const char *name, double value);
int met_probe_each(const double *v, size_t n, met_probe_each_fn *each,
                   void *ctx);

/* A handle as a result: the same again, perhaps NULL. */
struct met_probe *met_probe_same(struct met_probe *p);

/* Lists of strings: the sum of their lengths; -1 for NULL. */
long met_probe_lengths(const char *const *list, size_t n);

/* Arrays in callbacks: gives `v` to `write` in two halves. */
typedef int met_probe_write_fn(void *ctx, const double *v, size_t n);
int met_probe_write(const double *v, size_t n, met_probe_write_fn *write,
                    void *ctx);

/* Points in callbacks: a point of this type, whose labels have these names
 * and, in the opposite order, these values. */
typedef int met_probe_show_fn(void *ctx, const struct met_point *p);
int met_probe_show(enum met_type type, const char *const *labels, size_t n,
                   met_probe_show_fn *show, void *ctx);

/* Eight arguments, the most that a line can have. */
long met_probe_eight(int a, long b, unsigned c, size_t d, double e, float f,
                     char g, short h);

/* Serves on a port of 127.0.0.1, which it returns: to each connection it sends
 * back the first byte that comes, plus 1, and closes; an X ends the program. */
int met_probe_serve(void);

/* Needs a processor for so many milliseconds. */
void met_probe_work(int ms);

/* Does something that no submission should. */
void met_probe_misbehave(const char *how);

/* No submission has this one. */
int met_probe_absent(int a);

#endif
