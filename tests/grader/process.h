/* SPDX-License-Identifier: MIT
 *
 * process.h - wait for a process, but not for ever
 */
#ifndef GRADER_PROCESS_H
#define GRADER_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Milliseconds on the monotonic clock. */
int64_t process_clock_ms(void);

/* Waits until the process ends, or kills its process group at the deadline.
 * Returns its status as of waitpid(2); *late says whether it was killed. */
int process_wait(pid_t pid, int64_t deadline_ms, bool *late);

/* What is read while a process is waited for. `read` is called when there is
 * something, or the end; when it returns false, never again. */
struct process_source {
    int fd;
    bool (*read)(void *self);
    void *self;
};

/* The same, and reads on the way. What comes last may be left unread. */
int process_wait_reading(pid_t pid, int64_t deadline_ms,
                         const struct process_source *from, bool *late);

/* A file in memory, inherited by children only when asked for. */
int process_file(const char *name);

/* Reads a whole file from its start, cut to the buffer, as a string. */
void process_read(int fd, char *text, size_t size);

#endif
