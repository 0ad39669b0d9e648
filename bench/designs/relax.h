/* SPDX-License-Identifier: MIT
 *
 * relax.h - tells the processor that this is a waiting loop
 *
 * It then leaves the loop without a costly guess, and lends its units to the
 * other hardware thread of the core.
 */
#ifndef BENCH_RELAX_H
#define BENCH_RELAX_H

static inline void bench_relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

#endif
