/* SPDX-License-Identifier: MIT
 *
 * cache.c - objects that were compiled before
 */
#include "cache.h"

#include "process.h"

#include <dirent.h>
#include <fcntl.h>
#include <glob.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file is a line with the digest of what follows it. */
enum { SUM = CACHE_KEY, ENTRY_BYTES = 32 << 20, PRUNE_ONE_IN = 256 };

static void digest_to_hex(struct sha256_ctx *s, char hex[CACHE_KEY])
{
    uint8_t sum[SHA256_DIGEST_SIZE];

    sha256_digest(s, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++)
        snprintf(hex + 2 * i, 3, "%02x", sum[i]);
}

static void sum_of(char hex[CACHE_KEY], const void *bytes, size_t size)
{
    struct sha256_ctx s;

    sha256_init(&s);
    sha256_update(&s, size, bytes);
    digest_to_hex(&s, hex);
}

void cache_key(char key[CACHE_KEY], const char *const words[], size_t n,
               const char *text, size_t size)
{
    struct sha256_ctx s;

    sha256_init(&s);
    for (size_t i = 0; i < n; i++)
        sha256_update(&s, strlen(words[i]) + 1, (const uint8_t *)words[i]);
    sha256_update(&s, size, (const uint8_t *)text);
    digest_to_hex(&s, key);
}

/* ---- get ---- */

static char *read_entry(int fd, size_t *size)
{
    struct stat st;
    bool sane = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
                st.st_size > SUM && st.st_size <= ENTRY_BYTES;
    char *all = sane ? malloc((size_t)st.st_size) : NULL;

    if (all && read(fd, all, (size_t)st.st_size) == st.st_size) {
        *size = (size_t)st.st_size;
        return all;
    }
    free(all);
    return NULL;
}

static bool is_whole(const char *all, size_t size)
{
    char sum[CACHE_KEY];

    sum_of(sum, all + SUM, size - SUM);
    return memcmp(all, sum, SUM - 1) == 0;
}

static int in_memory(const char *bytes, size_t size)
{
    int fd = process_file("object");

    if (fd >= 0 && write(fd, bytes, size) == (ssize_t)size &&
        lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

int cache_get(const struct course *c, const char *key)
{
    char path[4096];
    size_t size = 0;
    int object = -1;

    course_path(c, path, "build/cache/%s", key);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return -1;
    char *all = read_entry(fd, &size);
    if (all && is_whole(all, size))
        object = in_memory(all + SUM, size - SUM);
    futimens(fd, NULL); /* it was used; a reader may not say so: no harm */
    free(all);
    close(fd);
    return object;
}

/* ---- prune ---- */

struct entry {
    char name[CACHE_KEY];
    off_t size;
    time_t used;
};

static int longest_unused_first(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    return (x->used > y->used) - (x->used < y->used);
}

static bool look(int folder, const char *name, struct entry *e)
{
    struct stat st;

    if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(st.st_mode) || strlen(name) >= sizeof e->name)
        return false;
    *e = (struct entry){.size = st.st_size, .used = st.st_mtime};
    strcpy(e->name, name);
    return true;
}

/* All entries; the caller frees them. */
static struct entry *list(DIR *d, size_t *n, off_t *bytes)
{
    struct entry *all = NULL, *grown;
    const struct dirent *f;

    *n = 0;
    *bytes = 0;
    while ((f = readdir(d))) {
        if (*n % 1024 == 0) {
            grown = realloc(all, (*n + 1024) * sizeof *all);
            if (!grown)
                break;
            all = grown;
        }
        if (look(dirfd(d), f->d_name, &all[*n]))
            *bytes += all[(*n)++].size;
    }
    return all;
}

/* Leaves three quarters, so that the next does not follow at once. */
static void prune(const char *folder)
{
    size_t n;
    off_t bytes;
    DIR *d = opendir(folder);

    if (!d)
        return;
    struct entry *all = list(d, &n, &bytes);
    if (bytes > CACHE_BYTES)
        qsort(all, n, sizeof *all, longest_unused_first);
    off_t most = bytes > CACHE_BYTES ? CACHE_BYTES / 4 * 3 : bytes;
    for (size_t i = 0; i < n && bytes > most; i++)
        if (unlinkat(dirfd(d), all[i].name, 0) == 0)
            bytes -= all[i].size;
    free(all);
    closedir(d);
}

/* ---- put ---- */

static bool write_entry(int fd, const void *bytes, size_t size)
{
    char sum[CACHE_KEY];

    sum_of(sum, bytes, size);
    sum[SUM - 1] = '\n';
    return write(fd, sum, SUM) == SUM &&
           write(fd, bytes, size) == (ssize_t)size;
}

void cache_put(const struct course *c, const char *key, const void *bytes,
               size_t size)
{
    char folder[4096], path[4096], temporary[4200];

    if (size > ENTRY_BYTES - SUM)
        return;
    course_path(c, folder, "build/cache");
    course_path(c, path, "build/cache/%s", key);
    mkdir(folder, 0755);
    snprintf(temporary, sizeof temporary, "%s/new.%d.%.16s", folder,
             (int)getpid(), key);
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0)
        return;
    bool written = write_entry(fd, bytes, size);
    written = close(fd) == 0 && written;
    if (!written || rename(temporary, path) != 0)
        unlink(temporary);
    if (strtoul((char[]){key[0], key[1], 0}, NULL, 16) % PRUNE_ONE_IN == 0)
        prune(folder);
}

void cache_sweep(const struct course *c, pid_t pid)
{
    char pattern[4096];
    glob_t found = {0};

    course_path(c, pattern, "build/cache/new.%d.*", (int)pid);
    glob(pattern, 0, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++)
        unlink(found.gl_pathv[i]);
    globfree(&found);
}
