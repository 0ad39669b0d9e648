/* SPDX-License-Identifier: MIT
 *
 * folder.c - folders and files of the class's own
 */
#include "folder.h"

#include <errno.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, OPEN_FOLDERS = 16 };

bool folder_path(char path[4096], const char *format, ...)
{
    va_list list;

    va_start(list, format);
    int n = vsnprintf(path, PATH_BYTES, format, list);
    va_end(list);
    if (n >= 0 && n < PATH_BYTES)
        return true;
    errno = ENAMETOOLONG;
    return false;
}

bool folder_make(const char *path)
{
    char part[PATH_BYTES];

    if (!folder_path(part, "%s", path))
        return false;
    for (char *p = part + 1; *p; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST)
            return false;
        *p = '/';
    }
    return mkdir(part, 0777) == 0 || errno == EEXIST;
}

static int remove_one(const char *path, const struct stat *st, int kind,
                      struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

bool folder_remove(const char *path)
{
    return nftw(path, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS) == 0 ||
           errno == ENOENT;
}

FILE *folder_write(struct folder_file *w, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    int n = vsnprintf(w->path, sizeof w->path, format, list);
    va_end(list);
    w->f = NULL;
    if (n >= PATH_BYTES ||
        !folder_path(w->temporary, "%s.%d", w->path, (int)getpid())) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    w->f = fopen(w->temporary, "w");
    return w->f;
}

bool folder_finish(struct folder_file *w)
{
    bool written =
        fflush(w->f) == 0 && !ferror(w->f) && fsync(fileno(w->f)) == 0;
    int why = errno;

    if (fclose(w->f) != 0 && written) {
        written = false;
        why = errno;
    }
    if (written && rename(w->temporary, w->path) != 0) {
        written = false;
        why = errno;
    }
    if (!written)
        unlink(w->temporary);
    errno = why;
    return written;
}

char *folder_read(const char *path, size_t *size)
{
    struct stat st;
    FILE *f = fopen(path, "r");
    char *bytes = NULL;

    if (f && fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode))
        bytes = malloc((size_t)st.st_size + 1);
    if (bytes) {
        *size = fread(bytes, 1, (size_t)st.st_size, f);
        bytes[*size] = '\0';
    }
    if (f)
        fclose(f);
    return bytes;
}
