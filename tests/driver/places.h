/* SPDX-License-Identifier: MIT
 *
 * places.h - addresses of the submission as file and line
 */
#ifndef DRIVER_PLACES_H
#define DRIVER_PLACES_H

#include "wire/leash.h"

#include <stdint.h>

/* Writes "counter.c:31" for an offset in the shared object; leaves the place
 * empty when it is not known. Runs addr2line(1). */
void place_of(const char *object, uint64_t offset, char place[LEASH_PLACE]);

/* Finds the submission's innermost frame of each of the first stacks in a
 * sanitizer's report, which lies in the file `output`. */
void places_of_report(const char *object, int output,
                      char place[LEASH_PLACES][LEASH_PLACE]);

#endif
