/* SPDX-License-Identifier: MIT
 *
 * publication.c - what an acquire/release pair is for: take one half away
 *
 * A thread fills in a message and then says that it is there. The release
 * store carries all that came before it to whoever acquires it. With a relaxed
 * half nothing is carried, and the plain accesses to the message race.
 */
#include "interleave.h"
#include <stdatomic.h>

static char message[8];
static _Atomic int there;

static void fill(void)
{
    for (int i = 0; i < 3; i++)
        message[i] = "hi!"[i];
}

static void send(void)
{
    fill();
    atomic_store_explicit(&there, 1, memory_order_release);
}

static void send_relaxed(void)
{
    fill();
    atomic_store_explicit(&there, 1, memory_order_relaxed);
}

static void receive(void)
{
    if (atomic_load_explicit(&there, memory_order_acquire))
        il_expect_long("message[2]", message[2], '!');
}

static void receive_relaxed(void)
{
    if (atomic_load_explicit(&there, memory_order_relaxed))
        il_expect_long("message[2]", message[2], '!');
}

const struct il_scenario il_scenarios[] = {
    {.name = "publication",
     .says = "Who sees the flag sees the message.",
     .threads = {send, receive}},
    {.name = "publication-no-release",
     .says = "Who sees the flag sees the message.",
     .threads = {send_relaxed, receive}},
    {.name = "publication-no-acquire",
     .says = "Who sees the flag sees the message.",
     .threads = {send, receive_relaxed}},
    {.name = NULL},
};
