/* SPDX-License-Identifier: MIT
 *
 * counter.c - counts everything twice: always a wrong sum, without luck
 */
#define STEP 2
#include "../right/counter.c"
