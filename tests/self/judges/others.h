/* SPDX-License-Identifier: MIT
 *
 * others.h - what else this machine has to do
 */
#ifndef JUDGES_OTHERS_H
#define JUDGES_OTHERS_H

/* Waits for a second, in which nothing of ours may run. The share of all
 * processors that were not idle meanwhile, 0 to 1, also those that the host gave
 * to other machines; 0 if /proc/stat does not tell. See proc_stat(5). */
double others_now(void);

#endif
