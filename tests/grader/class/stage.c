/* SPDX-License-Identifier: MIT
 *
 * stage.c - take a lab's files out of what one student handed in, in a process
 * of its own
 */
#include "stage.h"

#include "folder.h"
#include "grader/intake.h"
#include "grader/process.h"
#include "support/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READER_MS = 180000, READER_CPU_S = 60, READER_BYTES = 1 << 30 };

/* What the reader says; sent whole through a pipe. */
struct said {
    char status; /* 'r'eady, 'e'mpty, re'f'used */
    char reason[512];
    char note[256];
};

/* ---- in the reader ---- */

static void say(struct said *s, char status, const char *reason)
{
    s->status = status;
    snprintf(s->reason, sizeof s->reason, "%s", reason);
}

static bool write_file(const char *path, const char *bytes, size_t size)
{
    FILE *f = fopen(path, "w");
    bool fine = f && fwrite(bytes, 1, size, f) == size;

    return f && fclose(f) == 0 && fine;
}

/* What was taken goes where `grade lab` looks for it. */
static void lay_out(const struct intake *in, const char *folder)
{
    char path[4096];

    for (size_t i = 0; i < in->count; i++) {
        const struct taken_file *f = &in->files[i];
        if (!f->bytes)
            continue;
        if (!folder_path(path, "%s/%s", folder, f->folder) ||
            !folder_make(path) ||
            !folder_path(path, "%s/%s/%s", folder, f->folder, f->name) ||
            !write_file(path, f->bytes, f->size))
            _exit(3); /* the machine's fault */
    }
}

static int keep(const struct dirent *d)
{
    return !handin_is_litter(d->d_name);
}

/* The latest archive in a folder, or what the folder's folders hold. */
static bool look_inside(struct said *s, struct intake *in,
                        const struct lab *lab, const char *path)
{
    struct dirent **list;
    char inner[4096];
    const char *archive = NULL;
    int archives = 0, n = scandir(path, &list, keep, versionsort);

    for (int i = 0; i < n; i++)
        if (handin_is_archive(list[i]->d_name)) {
            archive = list[i]->d_name;
            archives++;
        }
    if (archives > 1)
        snprintf(s->note, sizeof s->note, "%d archives in it; took %.200s",
                 archives, archive);
    if (archive && folder_path(inner, "%s/%s", path, archive)) {
        intake_free(in);
        return intake_take(in, lab, inner);
    }
    for (int i = 0; i < n; i++) {
        struct stat st;
        if (!folder_path(inner, "%s/%s", path, list[i]->d_name) ||
            lstat(inner, &st) != 0 || !S_ISDIR(st.st_mode) ||
            intake_is_another_lab(list[i]->d_name, strlen(list[i]->d_name),
                                  lab->name))
            continue;
        intake_free(in);
        if (intake_take(in, lab, inner) || !in->absent)
            return !*in->problem;
    }
    return n == 0 ? (say(s, 'e', "the folder is empty"), false) : false;
}

static void take(struct said *s, const struct lab *lab, const char *path,
                 const char *folder)
{
    struct intake in = {0};
    struct stat st = {0};

    bool known = lstat(path, &st) == 0;
    if (known && S_ISREG(st.st_mode) && st.st_size == 0) {
        say(s, 'e', "the file is empty: it has 0 bytes");
        return;
    }
    bool taken = intake_take(&in, lab, path);
    if (!taken && in.absent && S_ISDIR(st.st_mode))
        taken = look_inside(s, &in, lab, path);
    if (taken) {
        say(s, 'r', "");
        lay_out(&in, folder);
    } else if (!s->status) {
        say(s, in.absent ? 'e' : 'f', in.problem);
    }
    intake_free(&in);
}

/* "counter-2.c" is Canvas's name for a file that was handed in again. */
static void first_name(char name[256], const char *base)
{
    snprintf(name, 256, "%s", base);
    char *dot = strrchr(name, '.');
    char *dash = dot ? dot : name;

    while (dash > name && strchr("0123456789", dash[-1]))
        dash--;
    if (dot && dash > name + 1 && dash < dot && dash[-1] == '-')
        memmove(dash - 1, dot, strlen(dot) + 1);
}

/* Files handed in one by one, copied under their own names; later ones lie
 * over earlier ones. */
static bool gather(const struct handin *items, size_t count, const char *to)
{
    char path[4096], name[256];
    size_t size;

    if (!folder_make(to))
        return false;
    for (size_t i = 0; i < count; i++) {
        first_name(name, items[i].base);
        struct stat st;
        if (strchr(name, '/') || lstat(items[i].path, &st) != 0 ||
            st.st_size > 4 << 20 || !folder_path(path, "%s/%s", to, name))
            continue; /* larger than any file that intake takes */
        char *bytes = folder_read(items[i].path, &size);
        bool copied = bytes && write_file(path, bytes, size);
        free(bytes);
        if (!copied)
            return false;
    }
    return true;
}

static void read_handed_in(struct said *s, const struct lab *lab,
                           const struct handin *items, size_t count,
                           const char *folder)
{
    char loose[4096];
    size_t first = count - 1;

    if (!items[first].loose) {
        if (count > 1)
            snprintf(s->note, sizeof s->note, "the latest of %zu", count);
        take(s, lab, items[first].path, folder);
        return;
    }
    while (first > 0 && items[first - 1].loose)
        first--;
    if (!folder_path(loose, "%s.loose", folder) ||
        !gather(&items[first], count - first, loose))
        _exit(3);
    take(s, lab, loose, folder);
}

static _Noreturn void be_reader(int to, const struct lab *lab,
                                const struct handin *items, size_t count,
                                const char *folder)
{
    struct said s = {0};
    struct rlimit cpu = {READER_CPU_S, READER_CPU_S};
    struct rlimit memory = {READER_BYTES, READER_BYTES};
    struct rlimit core = {0, 0};

    setpgid(0, 0);
    setrlimit(RLIMIT_CPU, &cpu);
    setrlimit(RLIMIT_AS, &memory);
    setrlimit(RLIMIT_CORE, &core);
    read_handed_in(&s, lab, items, count, folder);
    _exit(write(to, &s, sizeof s) == sizeof s ? 0 : 3);
}

/* ---- in the class ---- */

static void finish_digest(struct sha256_ctx *c, char digest[STAGE_DIGEST])
{
    uint8_t sum[SHA256_DIGEST_SIZE];
    int n = snprintf(digest, STAGE_DIGEST, "sha256:");

    sha256_digest(c, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++)
        n += snprintf(digest + n, STAGE_DIGEST - (size_t)n, "%02x", sum[i]);
}

static void digest_text(char digest[STAGE_DIGEST], const char *a, const char *b)
{
    struct sha256_ctx c;

    sha256_init(&c);
    sha256_update(&c, strlen(a) + 1, (const uint8_t *)a);
    sha256_update(&c, strlen(b) + 1, (const uint8_t *)b);
    finish_digest(&c, digest);
}

static void digest_file(struct sha256_ctx *c, const char *root,
                        const char *folder, const char *name)
{
    char path[4096], head[256];
    size_t size = 0;

    if (!folder_path(path, "%s/%s/%s", root, folder, name))
        return;
    char *bytes = folder_read(path, &size);
    snprintf(head, sizeof head, "%s/%s %zu", folder, name, bytes ? size : 0);
    if (bytes) {
        sha256_update(c, strlen(head) + 1, (const uint8_t *)head);
        sha256_update(c, size, (const uint8_t *)bytes);
    }
    free(bytes);
}

static void digest_folder(char digest[STAGE_DIGEST], const struct lab *lab,
                          const char *folder, bool backfill)
{
    struct sha256_ctx c;
    char need[256];

    sha256_init(&c);
    for (size_t i = 0; i < lab->file_count; i++)
        digest_file(&c, folder, lab->name, lab->files[i]);
    for (size_t i = 0; !backfill && i < lab->need_count; i++) {
        snprintf(need, sizeof need, "%s", lab->needs[i]);
        char *slash = strchr(need, '/');
        *slash = '\0';
        digest_file(&c, folder, need, slash + 1);
    }
    if (backfill)
        sha256_update(&c, 8, (const uint8_t *)"backfill");
    finish_digest(&c, digest);
}

/* Runs the reader. Returns its exit status, or -1 when it was killed. */
static int run_reader(struct said *s, const struct lab *lab,
                      const struct handin *items, size_t count,
                      const char *folder)
{
    int ends[2];
    bool late = false;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return 3;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        be_reader(ends[1], lab, items, count, folder);
    close(ends[1]);
    int status = pid < 0
                     ? 3 << 8
                     : process_wait(pid, process_clock_ms() + READER_MS, &late);
    bool whole = read(ends[0], s, sizeof *s) == sizeof *s;
    close(ends[0]);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && !whole)
        return 3;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void settle(struct staged *out, const char *status, const char *reason)
{
    out->status = status;
    snprintf(out->reason, sizeof out->reason, "%s", reason);
    text_clean(out->reason);
    for (char *p = out->reason; *p; p++)
        if (*p == '\n' || *p == '\t')
            *p = ' ';
    digest_text(out->digest, status, out->reason);
}

static void name_source(struct staged *out, const struct handin *one)
{
    const char *slash = strrchr(one->path, '/');

    snprintf(out->source, sizeof out->source, "%s",
             slash ? slash + 1 : one->path);
    text_clean(out->source);
    out->late = one->late;
    out->when = one->when;
}

bool stage_take(struct staged *out, const struct lab *lab,
                const struct handin *items, size_t count, const char *folder,
                bool backfill)
{
    struct said s = {0};
    char loose[4096];

    *out = (struct staged){.when = ROSTER_NOT_SAID};
    if (!folder_remove(folder) || !folder_make(folder))
        return false;
    if (count == 0) {
        settle(out, STAGE_MISSING, "nothing was handed in");
        return true;
    }
    name_source(out, &items[count - 1]);
    int status = run_reader(&s, lab, items, count, folder);
    if (folder_path(loose, "%s.loose", folder))
        folder_remove(loose);
    if (status == 3) {
        errno = errno ? errno : EIO;
        return false;
    }
    snprintf(out->note, sizeof out->note, "%s", s.note);
    text_clean(out->note);
    if (status != 0)
        settle(out, STAGE_REFUSED,
               "it cannot be unpacked within the limits of time and memory");
    else if (s.status == 'e')
        settle(out, STAGE_EMPTY, s.reason);
    else if (s.status == 'f')
        settle(out, STAGE_REFUSED, s.reason);
    else {
        out->status = STAGE_READY;
        digest_folder(out->digest, lab, folder, backfill);
    }
    return true;
}
