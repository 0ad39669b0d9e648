/* SPDX-License-Identifier: MIT
 *
 * load.h - built designs, by dlopen(3)
 *
 * Each shared object keeps its names to itself, so two implementations of the
 * same contract can be loaded side by side.
 */
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

#include "design.h"

/* Starts this program again, with the same arguments and with room for the
 * thread-local variables of all designs, unless it has been asked for already
 * (GLIBC_TUNABLES). Designs are compiled so that these lie where those of the
 * program do (bench/build.sh), and there the loader keeps 512 bytes free. */
void bench_load_room(char **argv);

/* The first design in that shared object. Ends the program with a sentence
 * when there is none. The same file again gives the same design. */
const struct bench_design *bench_load(const char *file);

/* Loads all designs in every *.so of a folder into found[] and returns how
 * many; ends the program when there are more than max, or none. */
int bench_load_folder(const char *folder, const struct bench_design **found,
                      int max);

#endif
