/* SPDX-License-Identifier: MIT
 *
 * dispatch.h - the driver's end of the wire
 */
#ifndef DRIVER_DISPATCH_H
#define DRIVER_DISPATCH_H

#include <stddef.h>

/* Serves calls of the judge until the wire closes. The calling thread is the
 * only one that speaks on the wire. */
void dispatch(int wire);

/* Present in builds with AddressSanitizer only. */
int __lsan_do_recoverable_leak_check(void) __attribute__((weak));
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

#endif
