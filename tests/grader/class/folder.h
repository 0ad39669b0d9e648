/* SPDX-License-Identifier: MIT
 *
 * folder.h - folders and files of the class's own
 */
#ifndef CLASS_FOLDER_H
#define CLASS_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* The path in `path`; false, with errno, when it is too long. */
bool folder_path(char path[4096], const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Makes a folder and those above it. Returns false with errno. */
bool folder_make(const char *path);

/* Removes a folder with all that is in it; links are not followed. */
bool folder_remove(const char *path);

/* A file that appears whole or not at all: write to the stream, then finish.
 * Returns NULL, or false, with errno; then what was there is untouched. */
struct folder_file {
    FILE *f;
    char path[4096], temporary[4096];
};
FILE *folder_write(struct folder_file *w, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool folder_finish(struct folder_file *w);

/* Reads a whole file; the caller frees it. NULL with errno. */
char *folder_read(const char *path, size_t *size);

#endif
