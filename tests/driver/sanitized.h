/* SPDX-License-Identifier: MIT
 *
 * sanitized.h - whether this driver is one for a replay under a sanitizer
 */
#ifndef DRIVER_SANITIZED_H
#define DRIVER_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 1 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif
#else
enum { SANITIZED = 0 };
#endif

#endif
