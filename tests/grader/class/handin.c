/* SPDX-License-Identifier: MIT
 *
 * handin.c - which file or folder of an export is whose
 */
#include "handin.h"

#include "folder.h"
#include "gradescope.h"
#include "names.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define METADATA "submission_metadata.yml"

enum { NOBODY = -1, SEVERAL = -2 };

struct scan {
    struct handins *h;
    const struct roster *r;
    const char *folder;
};

/* ---- names ---- */

bool handin_is_archive(const char *name)
{
    static const char *const ends[] = {
        ".zip",     ".tar",  ".tgz",     ".tar.gz", ".tar.xz", ".txz",
        ".tar.bz2", ".tbz2", ".tar.zst", ".gz",     ".7z",     ".rar"};
    size_t n = strlen(name);

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t e = strlen(ends[i]);
        if (n > e && strcasecmp(name + n - e, ends[i]) == 0)
            return true;
    }
    return false;
}

bool handin_is_litter(const char *name)
{
    return name[0] == '.' || strcmp(name, "__MACOSX") == 0 ||
           strcmp(name, "Thumbs.db") == 0 || strcmp(name, "desktop.ini") == 0 ||
           strcmp(name, METADATA) == 0;
}

/* ---- who ---- */

typedef bool matches(const struct student *s, const char *text);

static bool has_canvas_id(const struct student *s, const char *text)
{
    return *text && strcmp(s->canvas_id, text) == 0;
}
static bool has_moodle_id(const struct student *s, const char *text)
{
    return *text && strcmp(s->moodle_id, text) == 0;
}
static bool has_canvas_name(const struct student *s, const char *text)
{
    return names_canvas(text, s->name);
}
static bool has_moodle_name(const struct student *s, const char *text)
{
    return names_moodle(text, s->name);
}
static bool has_id(const struct student *s, const char *text)
{
    return *text && (strcmp(s->id, text) == 0 || strcmp(s->sis_id, text) == 0);
}
static bool has_email(const struct student *s, const char *text)
{
    return *text && strcasecmp(s->email, text) == 0;
}

/* The only student that matches; NOBODY, or SEVERAL. */
static long only(const struct roster *r, matches *m, const char *text)
{
    long found = NOBODY;

    for (size_t i = 0; i < r->count; i++)
        if (m(&r->students[i], text))
            found = found == NOBODY ? (long)i : SEVERAL;
    return found;
}

/* ---- the lists ---- */

static void add_stray(struct handins *h, const char *path, const char *why)
{
    h->strays = realloc(h->strays, (h->stray_count + 1) * sizeof *h->strays);
    if (h->strays)
        h->strays[h->stray_count++] =
            (struct stray){.path = strdup(path), .why = why};
}

static void add(const struct scan *s, const struct handin *one)
{
    struct handins *h = s->h;

    h->items = realloc(h->items, (h->count + 1) * sizeof *h->items);
    if (!h->items)
        return;
    struct handin *to = &h->items[h->count++];
    *to = *one;
    to->path = strdup(one->path);
    to->base = strdup(one->base ? one->base : "");
    to->tag = strdup(one->tag ? one->tag : "");
}

/* ---- Moodle ---- */

/* "Jane Doe_123_assignsubmission_file_" and, perhaps, a file's name. */
static long find_moodle(const struct scan *s, const char *name,
                        struct handin *one)
{
    static const char mark[] = "_assignsubmission_file";
    char who[512], number[32];
    const char *m = strstr(name, mark);

    if (!m || (size_t)(m - name) >= sizeof who)
        return NOBODY;
    snprintf(who, sizeof who, "%.*s", (int)(m - name), name);
    char *last = strrchr(who, '_');
    if (!last || strlen(last) >= sizeof number)
        return NOBODY;
    snprintf(number, sizeof number, "%s", last + 1);
    *last = '\0';
    m += strlen(mark);
    one->base = (char *)m + (*m == '_');
    long found = only(s->r, has_moodle_id, number);
    return found == NOBODY ? only(s->r, has_moodle_name, who) : found;
}

/* ---- Canvas ---- */

static const char *past_digits(const char *p)
{
    const char *end = p + strspn(p, "0123456789");

    return end > p && *end == '_' ? end : NULL;
}

/* "doejane_LATE_123_456_lab.zip": name, mark, user, file, the file's name. */
static long find_canvas(const struct scan *s, const char *name,
                        struct handin *one)
{
    char who[512], user[32];
    const char *at = name, *mid = NULL, *end = NULL;

    while ((at = strchr(at, '_'))) {
        mid = past_digits(at + 1);
        end = mid ? past_digits(mid + 1) : NULL;
        if (end && end[1])
            break;
        at++;
    }
    if (!at || at == name || (size_t)(at - name) >= sizeof who ||
        (size_t)(mid - at) > sizeof user)
        return NOBODY;
    snprintf(who, sizeof who, "%.*s", (int)(at - name), name);
    snprintf(user, sizeof user, "%.*s", (int)(mid - at - 1), at + 1);
    size_t n = strlen(who);
    one->late = n > 5 && strcmp(who + n - 5, "_LATE") == 0;
    if (one->late)
        who[n - 5] = '\0';
    one->number = strtoll(mid + 1, NULL, 10);
    one->base = (char *)end + 1;
    long found = only(s->r, has_canvas_id, user);
    return found == NOBODY ? only(s->r, has_canvas_name, who) : found;
}

/* ---- plain ---- */

/* How many bytes of the name are the id; 0: it does not begin with it. */
static size_t begins_with(const char *name, const char *id)
{
    size_t n = strlen(id);

    return n && strncmp(name, id, n) == 0 &&
                   (!name[n] || strchr("._- (", name[n]))
               ? n
               : 0;
}

static long find_plain(const struct scan *s, const char *name,
                       struct handin *one)
{
    size_t best = 0;
    long found = NOBODY;

    for (size_t i = 0; i < s->r->count; i++) {
        size_t n = begins_with(name, s->r->students[i].id);
        if (n == 0)
            n = begins_with(name, s->r->students[i].login);
        if (n > best) {
            best = n;
            found = (long)i;
        }
    }
    one->tag = (char *)name + best;
    return found;
}

/* ---- Gradescope ---- */

static long find_submitter(const struct roster *r, const char *sid,
                           const char *email, const char *name)
{
    long found = only(r, has_id, sid);

    if (found == NOBODY)
        found = only(r, has_email, email);
    return found == NOBODY ? only(r, has_moodle_name, name) : found;
}

static void add_submitter(void *to, const char *folder, const char *sid,
                          const char *email, const char *name,
                          const char *created_at)
{
    const struct scan *s = to;
    char path[4096];
    struct handin one = {.path = path, .when = ROSTER_NOT_SAID};

    if (strchr(folder, '/') || folder[0] == '.' ||
        !folder_path(path, "%s/%s", s->folder, folder))
        return;
    long found = find_submitter(s->r, sid, email, name);
    roster_time(created_at, &one.when);
    if (found < 0) {
        add_stray(s->h, path,
                  found == SEVERAL ? "several students match"
                                   : "nobody in the roster has its "
                                     "id, address or name");
        return;
    }
    one.student = (size_t)found;
    add(s, &one);
}

static bool read_metadata(const struct scan *s)
{
    char path[4096];
    long line;

    if (!folder_path(path, "%s/" METADATA, s->folder))
        return false;
    if (gradescope_read(path, add_submitter, (void *)s, &line))
        return true;
    snprintf(s->h->problem, sizeof s->h->problem,
             "%.4000s:%ld: this is not Gradescope's list of submissions", path,
             line);
    return false;
}

static bool is_known(const struct handins *h, const char *path)
{
    for (size_t i = 0; i < h->count; i++)
        if (strcmp(h->items[i].path, path) == 0)
            return true;
    for (size_t i = 0; i < h->stray_count; i++)
        if (strcmp(h->strays[i].path, path) == 0)
            return true;
    return false;
}

/* ---- all entries ---- */

static void look_at(const struct scan *s, const char *name)
{
    static long (*const find[])(const struct scan *, const char *,
                                struct handin *) = {find_moodle, find_canvas,
                                                    find_plain};
    char path[4096];
    struct stat st;
    long found = NOBODY;
    struct handin one = {0};

    if (!folder_path(path, "%s/%s", s->folder, name) || lstat(path, &st) != 0)
        return;
    if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode)) {
        add_stray(s->h, path, "neither a folder nor a file; links are refused");
        return;
    }
    for (size_t i = 0; i < 3 && found == NOBODY; i++) {
        one = (struct handin){.path = path, .when = ROSTER_NOT_SAID};
        found = find[i](s, name, &one);
    }
    if (found < 0) {
        add_stray(s->h, path,
                  found == SEVERAL ? "several students match its name"
                                   : "nobody in the roster has its name");
        return;
    }
    one.student = (size_t)found;
    one.loose = S_ISREG(st.st_mode) && one.base && *one.base &&
                !handin_is_archive(name);
    add(s, &one);
}

static int by_age(const void *a, const void *b)
{
    const struct handin *x = a, *y = b;

    if (x->student != y->student)
        return x->student < y->student ? -1 : 1;
    if (x->when != y->when)
        return x->when < y->when ? -1 : 1;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    int c = strverscmp(x->tag, y->tag);
    return c ? c : strverscmp(x->path, y->path);
}

static int keep(const struct dirent *d)
{
    return !handin_is_litter(d->d_name);
}

/* An export that was unpacked with a folder around it. */
static bool only_folder(char inner[4096], const char *folder,
                        struct dirent **list, int n)
{
    struct stat st;

    return n == 1 && folder_path(inner, "%s/%s", folder, list[0]->d_name) &&
           lstat(inner, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool has_metadata(const char *folder)
{
    char path[4096];
    struct stat st;

    return folder_path(path, "%s/" METADATA, folder) && stat(path, &st) == 0;
}

static bool scan(struct scan *s, int depth)
{
    struct dirent **list;
    char inner[4096], path[4096];
    int n = scandir(s->folder, &list, keep, alphasort);

    if (n < 0) {
        snprintf(s->h->problem, sizeof s->h->problem, "%.4000s: %s%s",
                 s->folder, strerror(errno),
                 errno == ENOTDIR ? ": unpack the export first" : "");
        return false;
    }
    bool fine = !has_metadata(s->folder) || read_metadata(s);
    for (int i = 0; fine && i < n; i++)
        if (folder_path(path, "%s/%s", s->folder, list[i]->d_name) &&
            !is_known(s->h, path))
            look_at(s, list[i]->d_name);
    bool around = fine && depth == 0 && s->h->count == 0 &&
                  only_folder(inner, s->folder, list, n);
    for (int i = 0; i < n; i++)
        free(list[i]);
    free(list);
    if (around) {
        handin_free(s->h);
        s->folder = inner;
        return scan(s, depth + 1);
    }
    return fine;
}

bool handin_scan(struct handins *h, const struct roster *r, const char *folder)
{
    struct scan s = {.h = h, .r = r, .folder = folder};

    *h = (struct handins){0};
    bool fine = scan(&s, 0);
    if (h->count)
        qsort(h->items, h->count, sizeof *h->items, by_age);
    return fine;
}

const struct handin *handin_of(const struct handins *h, size_t student,
                               size_t *count)
{
    size_t first = 0;

    while (first < h->count && h->items[first].student != student)
        first++;
    *count = 0;
    while (first + *count < h->count &&
           h->items[first + *count].student == student)
        ++*count;
    return &h->items[first];
}

void handin_free(struct handins *h)
{
    for (size_t i = 0; i < h->count; i++) {
        free(h->items[i].path);
        free(h->items[i].base);
        free(h->items[i].tag);
    }
    for (size_t i = 0; i < h->stray_count; i++)
        free(h->strays[i].path);
    free(h->items);
    free(h->strays);
    *h = (struct handins){0};
}
