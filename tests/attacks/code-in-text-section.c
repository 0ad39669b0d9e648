/* SPDX-License-Identifier: MIT
 *
 * code-in-text-section.c - machine code in an array that lies among the
 * instructions
 *
 * lab: 01-counter
 * file: counter.c
 * named: contains the instruction `syscall`
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdlib.h>

#ifndef NO_ATTACK
__attribute__((section(".text"))) static const unsigned char code[] = {
    0xb8, 231, 0, 0, 0, 0x31, 0xff, 0x0f, 0x05}; /* exit_group(0) */
#endif

struct met_counter {
    double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = calloc(1, sizeof *c);

    if (!c)
        return MET_ENOMEM;
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

void met_counter_inc(struct met_counter *c)
{
#ifndef NO_ATTACK
    ((void (*)(void))(size_t)code)();
#endif
    c->value += 1;
}

int met_counter_add(struct met_counter *c, double v)
{
    if (v < 0)
        return MET_EINVAL;
    c->value += (double)(long)v;
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return c->value;
}
