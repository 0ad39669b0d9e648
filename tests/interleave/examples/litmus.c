/* SPDX-License-Identifier: MIT
 *
 * litmus.c - small programs that show what the memory model allows
 *
 * Each prints the outcomes that it has; README.md lists what is allowed and
 * what is not, with the sources. Registers start at 0.
 */
#include "interleave.h"
#include <stdatomic.h>

#define RLX memory_order_relaxed
#define ACQ memory_order_acquire
#define REL memory_order_release
#define SC memory_order_seq_cst

static _Atomic int x, y;
static int data, r1, r2, r3, r4;

static inline __attribute__((always_inline)) int get(_Atomic int *a,
                                                     memory_order o)
{
    return atomic_load_explicit(a, o);
}

static inline __attribute__((always_inline)) void put(_Atomic int *a, int v,
                                                      memory_order o)
{
    atomic_store_explicit(a, v, o);
}

#define FUNCTION(name, ...) \
    static void name(void)  \
    {                       \
        __VA_ARGS__         \
    }

static void two_registers(void)
{
    il_observe("%d%d", r1, r2);
}

static void three_registers(void)
{
    il_observe("%d%d%d", r1, r2, r3);
}

static void four_registers(void)
{
    il_observe("%d%d%d%d", r1, r2, r3, r4);
}

static void memory(void)
{
    il_observe("%d%d", get(&x, RLX), get(&y, RLX));
}

/* store buffering */
FUNCTION(sb_1_rlx, put(&x, 1, RLX); r1 = get(&y, RLX);)
FUNCTION(sb_2_rlx, put(&y, 1, RLX); r2 = get(&x, RLX);)
FUNCTION(sb_1_ra, put(&x, 1, REL); r1 = get(&y, ACQ);)
FUNCTION(sb_2_ra, put(&y, 1, REL); r2 = get(&x, ACQ);)
FUNCTION(sb_1_sc, put(&x, 1, SC); r1 = get(&y, SC);)
FUNCTION(sb_2_sc, put(&y, 1, SC); r2 = get(&x, SC);)
FUNCTION(sb_1_f, put(&x, 1, RLX); atomic_thread_fence(SC); r1 = get(&y, RLX);)
FUNCTION(sb_2_f, put(&y, 1, RLX); atomic_thread_fence(SC); r2 = get(&x, RLX);)

/* message passing */
FUNCTION(mp_1_rlx, put(&x, 1, RLX); put(&y, 1, RLX);)
FUNCTION(mp_2_rlx, r1 = get(&y, RLX); r2 = get(&x, RLX);)
FUNCTION(mp_1_rel, put(&x, 1, RLX); put(&y, 1, REL);)
FUNCTION(mp_2_acq, r1 = get(&y, ACQ); r2 = get(&x, RLX);)
FUNCTION(mp_1_f, put(&x, 1, RLX); atomic_thread_fence(REL); put(&y, 1, RLX);)
FUNCTION(mp_2_f, r1 = get(&y, RLX); atomic_thread_fence(ACQ);
         r2 = get(&x, RLX);)
FUNCTION(mp_1_rmw, put(&x, 1, RLX); put(&y, 1, REL);
         atomic_fetch_add_explicit(&y, 1, RLX);)
FUNCTION(mp_1_plain, data = 7; put(&y, 1, REL);)
FUNCTION(mp_1_plain_rlx, data = 7; put(&y, 1, RLX);)
FUNCTION(mp_2_plain, r1 = get(&y, ACQ); r2 = r1 ? data : 7;)

/* load buffering, coherence, two writes twice */
FUNCTION(lb_1, r1 = get(&y, RLX); put(&x, 1, RLX);)
FUNCTION(lb_2, r2 = get(&x, RLX); put(&y, 1, RLX);)
FUNCTION(corr_1, put(&x, 1, RLX); put(&x, 2, RLX);)
FUNCTION(corr_2, r1 = get(&x, RLX); r2 = get(&x, RLX);)
FUNCTION(ww_1, put(&x, 1, RLX); put(&y, 2, RLX);)
FUNCTION(ww_2, put(&y, 1, RLX); put(&x, 2, RLX);)

/* independent reads of independent writes */
FUNCTION(iriw_1_rel, put(&x, 1, REL);)
FUNCTION(iriw_2_rel, put(&y, 1, REL);)
FUNCTION(iriw_3_acq, r1 = get(&x, ACQ); r2 = get(&y, ACQ);)
FUNCTION(iriw_4_acq, r3 = get(&y, ACQ); r4 = get(&x, ACQ);)
FUNCTION(iriw_1_sc, put(&x, 1, SC);)
FUNCTION(iriw_2_sc, put(&y, 1, SC);)
FUNCTION(iriw_3_sc, r1 = get(&x, SC); r2 = get(&y, SC);)
FUNCTION(iriw_4_sc, r3 = get(&y, SC); r4 = get(&x, SC);)
FUNCTION(iriw_3_mix, r1 = get(&x, ACQ); r2 = get(&y, SC);)
FUNCTION(iriw_4_mix, r3 = get(&y, ACQ); r4 = get(&x, SC);)

/* write-to-read causality; read-to-write causality with fences */
FUNCTION(wrc_1, put(&x, 1, REL);)
FUNCTION(wrc_2, r1 = get(&x, ACQ); put(&y, 1, REL);)
FUNCTION(wrc_3, r2 = get(&y, ACQ); r3 = get(&x, RLX);)
FUNCTION(rwc_1, put(&x, 1, RLX);)
FUNCTION(rwc_2, r1 = get(&x, RLX); atomic_thread_fence(SC); r2 = get(&y, RLX);)
FUNCTION(rwc_3, put(&y, 1, RLX); atomic_thread_fence(SC); r3 = get(&x, RLX);)

/* Z6.U: mixed seq_cst and release/acquire on one variable */
FUNCTION(z6_1, put(&x, 1, SC); put(&y, 1, REL);)
FUNCTION(z6_2, r1 = atomic_fetch_add_explicit(&y, 1, SC); r2 = get(&y, RLX);)
FUNCTION(z6_3, put(&y, 3, SC); r3 = get(&x, SC);)

#define TEST(test, end, ...)                                 \
    {                                                        \
        .name = test, .threads = {__VA_ARGS__}, .check = end \
    }

const struct il_scenario il_scenarios[] = {
    TEST("SB-relaxed", two_registers, sb_1_rlx, sb_2_rlx),
    TEST("SB-acq-rel", two_registers, sb_1_ra, sb_2_ra),
    TEST("SB-seq-cst", two_registers, sb_1_sc, sb_2_sc),
    TEST("SB-fences", two_registers, sb_1_f, sb_2_f),
    TEST("MP-relaxed", two_registers, mp_1_rlx, mp_2_rlx),
    TEST("MP-acq-rel", two_registers, mp_1_rel, mp_2_acq),
    TEST("MP-fences", two_registers, mp_1_f, mp_2_f),
    TEST("MP-no-acquire", two_registers, mp_1_rel, mp_2_rlx),
    TEST("MP-rmw-sequence", two_registers, mp_1_rmw, mp_2_acq),
    TEST("MP-plain", two_registers, mp_1_plain, mp_2_plain),
    TEST("MP-plain-relaxed", two_registers, mp_1_plain_rlx, mp_2_plain),
    TEST("LB-relaxed", two_registers, lb_1, lb_2),
    TEST("CoRR", two_registers, corr_1, corr_2),
    TEST("2+2W", memory, ww_1, ww_2),
    TEST("IRIW-acq-rel", four_registers, iriw_1_rel, iriw_2_rel, iriw_3_acq,
         iriw_4_acq),
    TEST("IRIW-seq-cst", four_registers, iriw_1_sc, iriw_2_sc, iriw_3_sc,
         iriw_4_sc),
    TEST("WRC-acq-rel", three_registers, wrc_1, wrc_2, wrc_3),
    TEST("RWC-fences", three_registers, rwc_1, rwc_2, rwc_3),
    TEST("Z6.U", three_registers, z6_1, z6_2, z6_3),
    TEST("IRIW-acq-sc", four_registers, iriw_1_sc, iriw_2_sc, iriw_3_mix,
         iriw_4_mix),
    {.name = NULL},
};
