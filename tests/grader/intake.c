/* SPDX-License-Identifier: MIT
 *
 * intake.c - take the files of a lab out of what somebody handed in
 */
#include "intake.h"

#include "hints.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES = 1 << 20, ARCHIVE_BYTES = 64 << 20, ENTRIES = 10000 };

static bool refuse(struct intake *in, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool refuse(struct intake *in, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vsnprintf(in->problem, sizeof in->problem, format, list);
    va_end(list);
    return false;
}

/* ---- folders ---- */

/* Reads at most FILE_BYTES + 1 from fd. Returns false when reading fails. */
static bool slurp(int fd, struct taken_file *f)
{
    f->bytes = malloc(FILE_BYTES + 1);
    f->size = 0;
    while (f->bytes && f->size <= FILE_BYTES) {
        ssize_t n = read(fd, f->bytes + f->size, FILE_BYTES + 1 - f->size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        f->size += (size_t)n;
    }
    return f->bytes != NULL;
}

static const char *name_there(const struct taken_file *f)
{
    return f->beside ? f->beside : f->name;
}

/* Takes the file from the folder if it is there. */
static bool take_from(struct intake *in, struct taken_file *f, int folder,
                      int rank)
{
    struct stat st;
    int fd = openat(folder, name_there(f),
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (fd < 0 && errno == ENOENT)
        return true;
    if (fd < 0 && errno == ELOOP)
        return refuse(in, "%s is a link; links are refused", f->name);
    if (fd < 0)
        return refuse(in, "%s cannot be opened: %s", f->name, strerror(errno));
    bool regular = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    bool read = regular && slurp(fd, f);
    close(fd);
    if (!regular)
        return refuse(in, "%s is not a regular file", f->name);
    if (!read)
        return refuse(in, "%s cannot be read", f->name);
    if (f->size > FILE_BYTES)
        return refuse(in, "%s is larger than 1 MiB", f->name);
    f->rank = rank;
    return true;
}

/* Takes the file from the folder of its lab, or from the top. */
static bool take_file(struct intake *in, struct taken_file *f, int top)
{
    int own =
        openat(top, f->folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (own < 0 && errno != ENOENT)
        return refuse(in, "%s is not a folder (links are refused)", f->folder);
    bool fine = own < 0 || take_from(in, f, own, 2);
    if (own >= 0)
        close(own);
    return fine && (f->bytes || f->beside || take_from(in, f, top, 1));
}

static void drop(struct taken_file *f)
{
    free(f->bytes);
    f->bytes = NULL;
    f->size = 0;
}

static void take_hints(struct intake *in, int top)
{
    if (!take_file(in, &in->hints, top) || in->hints.size >= HINTS_BYTES)
        drop(&in->hints);
    *in->problem = '\0';
}

static bool take_folder(struct intake *in, int top)
{
    for (size_t i = 0; i < in->count; i++)
        if (!take_file(in, &in->files[i], top))
            return false;
    take_hints(in, top);
    return true;
}

/* ---- archives ---- */

static bool has_dot_dot(const char *path)
{
    for (const char *p = path; *p; p += strspn(p, "/")) {
        size_t n = strcspn(p, "/");
        if (n == 2 && p[0] == '.' && p[1] == '.')
            return true;
        p += n;
    }
    return false;
}

bool intake_is_another_lab(const char *folder, size_t n, const char *lab)
{
    bool is_lab =
        n > 3 && strspn(folder, "0123456789") == 2 && folder[2] == '-';

    return is_lab && (strlen(lab) != n || strncmp(folder, lab, n) != 0);
}

/* How well the place of `path` fits the file: 2 in a folder of its lab's name,
 * 1 at the top or below one folder, 0 not at all. */
static int rank_of(const char *path, const struct taken_file *f)
{
    char tail[160];

    while (path[0] == '.' && path[1] == '/')
        path += 2;
    snprintf(tail, sizeof tail, "%s/%s", f->folder, name_there(f));
    size_t n = strlen(path), t = strlen(tail);
    if (n >= t && strcmp(path + n - t, tail) == 0 &&
        (n == t || path[n - t - 1] == '/'))
        return 2;
    if (f->beside) /* anywhere else it is the other one */
        return 0;
    const char *slash = strchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    if (slash && intake_is_another_lab(path, (size_t)(slash - path), f->folder))
        return 0;
    return strcmp(base, f->name) == 0;
}

static bool read_entry(struct intake *in, struct archive *a,
                       struct taken_file *f)
{
    char *bytes = malloc(FILE_BYTES + 1);
    size_t size = 0;

    while (bytes && size <= FILE_BYTES) {
        la_ssize_t n =
            archive_read_data(a, bytes + size, FILE_BYTES + 1 - size);
        if (n < 0) {
            free(bytes);
            return refuse(in, "the archive is damaged: %s",
                          archive_error_string(a));
        }
        if (n == 0)
            break;
        size += (size_t)n;
    }
    if (!bytes || size > FILE_BYTES) {
        free(bytes);
        return refuse(in, "%s is larger than 1 MiB", f->name);
    }
    free(f->bytes);
    f->bytes = bytes;
    f->size = size;
    return true;
}

/* The first at a place, if there are two: hints are never refused. */
static bool take_hints_entry(struct intake *in, struct archive *a,
                             struct archive_entry *e, int rank)
{
    if (rank <= in->hints.rank || archive_entry_filetype(e) != AE_IFREG ||
        !archive_entry_size_is_set(e) || archive_entry_size(e) >= HINTS_BYTES)
        return true;
    in->hints.rank = rank;
    return read_entry(in, a, &in->hints);
}

/* The file that the path fits best; NULL when it fits none. */
static struct taken_file *best_for(struct intake *in, const char *path)
{
    struct taken_file *best = NULL;

    for (size_t i = 0; i < in->count; i++)
        if (rank_of(path, &in->files[i]) > (best ? rank_of(path, best) : 0))
            best = &in->files[i];
    return best;
}

/* Takes the entry if it is a file of the lab, at a better place than before. */
static bool take_entry(struct intake *in, struct archive *a,
                       struct archive_entry *e, const char *path)
{
    struct taken_file *f = best_for(in, path);
    int rank = f ? rank_of(path, f) : 0;

    if (!f)
        return take_hints_entry(in, a, e, rank_of(path, &in->hints));
    if (rank < f->rank)
        return true;
    if (rank == f->rank)
        return refuse(in, "%s is in the archive twice", f->name);
    if (archive_entry_filetype(e) != AE_IFREG)
        return refuse(in, "%s is not a regular file", path);
    f->rank = rank;
    return read_entry(in, a, f);
}

static bool check_entry(struct intake *in, struct archive_entry *e,
                        const char *path)
{
    if (!path)
        return refuse(in, "an entry of the archive has no readable name");
    if (path[0] == '/')
        return refuse(in, "%.200s: absolute paths are refused", path);
    if (has_dot_dot(path))
        return refuse(in, "%.200s: paths with .. are refused", path);
    if (archive_entry_hardlink(e) || archive_entry_symlink(e))
        return refuse(in, "%.200s is a link; links are refused", path);
    return true;
}

static bool take_entries(struct intake *in, struct archive *a)
{
    struct archive_entry *e;
    int64_t total = 0;
    int entries = 0, r;

    while ((r = archive_read_next_header(a, &e)) == ARCHIVE_OK ||
           r == ARCHIVE_WARN) {
        const char *path = archive_entry_pathname(e);
        total += archive_entry_size_is_set(e) ? archive_entry_size(e) : 0;
        if (!check_entry(in, e, path))
            return false;
        if (++entries > ENTRIES)
            return refuse(in, "the archive has more than %d entries", ENTRIES);
        if (total > ARCHIVE_BYTES || archive_filter_bytes(a, 0) > ARCHIVE_BYTES)
            return refuse(in, "the archive unpacks to more than 64 MiB");
        if (!take_entry(in, a, e, path))
            return false;
    }
    return r == ARCHIVE_EOF || refuse(in,
                                      "neither a folder nor an archive "
                                      "that can be read: %s",
                                      archive_error_string(a));
}

static bool take_archive(struct intake *in, const char *path)
{
    struct archive *a = archive_read_new();

    if (!a)
        return refuse(in, "out of memory");
    archive_read_support_filter_all(a);
    archive_read_support_format_tar(a);
    /* by its table of contents: a zip that was cut off has none */
    archive_read_support_format_zip_seekable(a);
    bool fine = archive_read_open_filename(a, path, 65536) == ARCHIVE_OK
                    ? take_entries(in, a)
                    : refuse(in,
                             "neither a folder nor an archive that can be "
                             "read: %s",
                             archive_error_string(a));
    archive_read_free(a);
    return fine;
}

/* ---- both ---- */

static bool list_missing(struct intake *in, const struct lab *lab)
{
    char names[256] = "";

    in->absent = true;
    for (size_t i = 0; i < lab->file_count; i++)
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s",
                 i ? ", " : "", lab->files[i]);
    return refuse(in, "it has no file of lab %s (looked for %s)", lab->name,
                  names);
}

static void list_files(struct intake *in, const struct lab *lab)
{
    *in = (struct intake){.own = lab->file_count,
                          .count = lab->file_count + lab->need_count,
                          .hints = {.name = HINTS_FILE, .folder = lab->name}};
    for (size_t i = 0; i < in->own; i++)
        in->files[i] =
            (struct taken_file){.name = lab->files[i], .folder = lab->name};
    for (size_t i = 0; i < lab->need_count; i++) {
        char *slash = strchr(lab->needs[i], '/');
        struct taken_file *f = &in->files[in->own + i];
        *f = (struct taken_file){
            .name = slash + 1,
            .folder = strndup(lab->needs[i], (size_t)(slash - lab->needs[i]))};
        if (i < lab->besides) {
            f->beside = f->name;
            f->name = lab->beside_names[i];
        }
    }
}

bool intake_take(struct intake *in, const struct lab *lab, const char *path)
{
    struct stat st;
    bool fine;

    list_files(in, lab);
    if (stat(path, &st) != 0)
        return refuse(in, "%s", strerror(errno));
    if (S_ISDIR(st.st_mode)) {
        int top = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (top < 0)
            return refuse(in, "%s", strerror(errno));
        fine = take_folder(in, top);
        close(top);
    } else if (S_ISREG(st.st_mode)) {
        fine = take_archive(in, path);
    } else {
        fine = refuse(in, "neither a folder nor an archive");
    }
    for (size_t i = 0; i < in->own; i++)
        in->found += in->files[i].bytes != NULL;
    return fine && (in->found > 0 || list_missing(in, lab));
}

bool intake_backfill(struct intake *in, const struct course *course)
{
    char path[4096];

    for (size_t i = in->own; i < in->count; i++) {
        struct taken_file *f = &in->files[i];
        free(f->bytes);
        f->bytes = NULL;
        course_path(course, path, "solutions/%s/%s", f->folder, name_there(f));
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        bool read = fd >= 0 && slurp(fd, f);
        if (fd >= 0)
            close(fd);
        if (!read)
            return refuse(in, "%s cannot be read: there is nothing to backfill",
                          path);
    }
    return true;
}

void intake_free(struct intake *in)
{
    for (size_t i = 0; i < in->count; i++)
        free(in->files[i].bytes);
    for (size_t i = in->own; i < in->count; i++)
        free((char *)in->files[i].folder);
    drop(&in->hints);
    in->count = in->own = 0;
}
