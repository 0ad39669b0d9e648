/* SPDX-License-Identifier: MIT
 *
 * landlock.h - which files the submission's process may use
 */
#ifndef DRIVER_LANDLOCK_H
#define DRIVER_LANDLOCK_H

/* From now on the calling process, of one thread, reads files of the system
 * and `submission`, and neither writes, makes, removes nor executes any file.
 * Files that are open stay so. The kernel also keeps it from tracing processes
 * that have not the same rule. A kernel without Landlock: no effect. Exits
 * when a kernel that has it refuses. landlock(7). */
void landlock_files(const char *submission);

#endif
