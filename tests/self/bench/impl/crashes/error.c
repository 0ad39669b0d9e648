/* SPDX-License-Identifier: MIT
 *
 * error.c - as in the right counter
 */
#include "../right/error.c"
