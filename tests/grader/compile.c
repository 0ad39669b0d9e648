/* SPDX-License-Identifier: MIT
 *
 * compile.c - make a shared object of a submission
 *
 * -nostartfiles leaves out the C runtime's own constructors, so that any that
 * the object gate finds are the submission's. --wrap sends allocations to the
 * driver, which lets them fail when a test wants to see what happens then; so
 * it does with clocks, for tests that set them, and with files, of which it
 * opens few.
 */
#include "compile.h"

#include "process.h"
#include "source.h"
#include "support/box.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A lab's file needs a tenth of a second of the processor. The limit on that,
 * unlike the one on time, does not depend on what else the machine does; the
 * one on time is for a compiler that waits, and so large that a machine may be
 * forty times overloaded. */
enum {
    COMPILE_MS = 120000,
    OURS_MS = 60000, /* what needs no time: only the machine can be slow */
    COMPILE_CPU_SECONDS = 4,
    OBJECT_BYTES = 32 << 20,
    HEADERS = 32,
    PARTS_BYTES = 32 << 20
};

/* Of the script below, when the compiler refuses. Any other status but 0 comes
 * from the sandbox or the shell. */
enum { REFUSED = 10 };

#define COMMON                                                \
    "-std=c11 -D_GNU_SOURCE -g -fPIC -pthread -Wall -Wextra " \
    "-fno-omit-frame-pointer -fdiagnostics-color=never "
/* gcc does not instrument what it puts in the place of these. */
#define AS_CALLS                                                    \
    " -fno-builtin-memcpy -fno-builtin-memmove -fno-builtin-memset" \
    " -fno-builtin-memcmp -fno-builtin-bcmp -fno-builtin-mempcpy"   \
    " -fno-builtin-strlen -fno-builtin-strcmp -fno-builtin-strncmp" \
    " -fno-builtin-strchr -fno-builtin-strcpy -fno-builtin-strncpy" \
    " -fno-builtin-stpcpy -fno-builtin-strcat"
#define LINK                                                                 \
    " -shared -nostartfiles -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc," \
    "--wrap=aligned_alloc,--wrap=posix_memalign,--wrap=strdup,"              \
    "--wrap=clock_gettime,--wrap=timespec_get,--wrap=gettimeofday,"          \
    "--wrap=time,--wrap=fopen,--wrap=opendir,--wrap=stat,--wrap=free"

static const struct {
    const char *name, *flags;
} builds[] = {
    [BUILD_TEXT] = {"text", COMMON "-O2"},
    [BUILD_PLAIN] = {"plain", COMMON "-O2" LINK},
    [BUILD_MEMORY] = {"memory", COMMON "-O1 -fsanitize=address,undefined "
                                       "-fno-sanitize-recover=all "
                                       "-fsanitize=float-cast-overflow" LINK},
    [BUILD_RACES] = {"races", COMMON "-O1 -fsanitize=thread" AS_CALLS LINK},
    [BUILD_SCHEDULES] = {"schedules", "by tests/interleave/build.sh"},
};

const char *build_name(enum build b)
{
    return builds[b].name;
}

const char *compile_flags(enum build b)
{
    return builds[b].flags;
}

/* Of both scripts: $1 compiler, $2 flags, $3 the folder of the explorer's
 * parts, or nothing, $4 what its report must say is not modelled, $5 folder of
 * sources, $6 of headers, $7 for output, $8 libraries; then the sources (not
 * their own headers). Each is compiled by itself, at once; what the compiler
 * says is put in order. 10 is REFUSED.
 *
 * Files go out through descriptor 4, each after a line with its size and name.
 *
 * A file beside-X.c is linked beside X.c: the functions that met/X.h declares
 * have other names in it.
 *
 * Only this one preprocesses, and all others get its text. So a submission
 * cannot ask __SANITIZE_ADDRESS__ or __has_feature() where it is, and do right
 * only there. */
static const char text_script[] =
    "cc=$1 flags=$2 src=$5 inc=$6 out=$7; shift 8\n"
    "cd \"$src\" || exit 9\n"
    "for s; do\n"
    "  case $s in\n"
    "  beside-*) names=$(sed -n "
    "'s/^[a-z].*[ *]met_\\([a-z0-9_]*\\)(.*/-Dmet_\\1=met_beside_\\1/p' "
    "\"$inc/met/$(expr \"$s\" : 'beside-\\(.*\\)[.]c').h\");;\n"
    "  *) names=;;\n"
    "  esac\n"
    "  $cc $flags $names -I\"$inc\" -E \"$s\" -o \"$out/$s.i\" "
    "2>\"$out/$s.err\" ||\n"
    "    : >\"$out/failed\" &\n"
    "done; wait\n"
    "for s; do test ! -s \"$out/$s.err\" || cat \"$out/$s.err\"; done\n"
    "test ! -e \"$out/failed\" || exit 10\n"
    "for s; do\n"
    "  echo \"$(wc -c <\"$out/$s.i\") $s\" >&4 && cat \"$out/$s.i\" >&4 ||\n"
    "    exit 10\n"
    "done\n";

/* An object from the cache lies beside its source. The others go out as soon
 * as they are made, whatever becomes of the rest, each behind what was said of
 * it; what they are linked to goes out through 3. The explorer's parts are the
 * grader's own, so that only the submission is compiled.
 *
 * The driver that loads the object brings the sanitizer's library, as clang has
 * it with every shared object; gcc's linker would read it for as long as all
 * else together. */
static const char object_script[] =
    "cc=$1 flags=$2 explorer=$3 note=$4 src=$5 out=$7 libs=$8; shift 8\n"
    "export TMPDIR=\"$out\"\n"
    ". \"$src/watched.sh\"\n"
    "compile() {\n"
    "  left=${tree:+$tree$out/$1.tree}\n"
    "  if test -z \"$explorer\"\n"
    "  then $cc ${flags%% -shared*} $left -c \"$src/$1.i\" -o "
    "\"$out/$1.o\"\n"
    "  else sh \"$explorer/build.sh\" -r -c \"$cc\" -o \"$out/$1.o\" "
    "${left:+-f $left} \"$src/$1.i\"; fi &&\n"
    "  watched \"$1\" &&\n"
    "  : >\"$out/$1.new\"\n"
    "}\n"
    "cd \"$src\" || exit 9\n"
    "objects=\n"
    "for s; do\n"
    "  if test -e \"$s.o\"\n"
    "  then objects=\"$objects $src/$s.o\"\n"
    "  else\n"
    "    objects=\"$objects $out/$s.o\"\n"
    "    compile \"$s\" 2>\"$out/$s.err\" || : >\"$out/failed\" &\n"
    "  fi\n"
    "done; wait\n"
    "for s; do\n"
    "  test ! -s \"$out/$s.err\" || cat \"$out/$s.err\"\n"
    "  test ! -e \"$out/$s.new\" && continue\n"
    "  head -c 65536 \"$out/$s.err\" >\"$out/said\" &&\n"
    "  { wc -c <\"$out/said\" && cat \"$out/said\" \"$out/$s.o\"; } \\\n"
    "    >\"$out/part\" &&\n"
    "  { echo \"$(wc -c <\"$out/part\") $s\" && cat \"$out/part\"; } >&4 ||\n"
    "    exit 10\n"
    "done\n"
    "test ! -e \"$out/failed\" || exit 10\n"
    "if test -z \"$explorer\"\n"
    "then $cc -pthread -shared${flags##* -shared} -o \"$out/program\" "
    "$objects -lm $libs\n"
    "else sh \"$explorer/build.sh\" -c \"$cc\" -n \"$note\" -o "
    "\"$out/program\" "
    "-L \"$explorer/library.a\" \"$explorer/scenarios.o\" $objects\n"
    "fi || exit 10\n"
    "cat \"$out/program\" >&3 || exit 10\n";

/* What the last script needs beside the submission. */
enum { PARTS = 4 };
static const char *const part_names[PARTS] = {"build.sh", "redirect.syms",
                                              "library.a", "scenarios.o"};

static int open_part(const struct compilation *c, int i)
{
    char path[4096];

    if (i < 2)
        course_path(c->course, path, "tests/interleave/%s", part_names[i]);
    else if (i == 2)
        course_path(c->course, path, "build/explore/library-%s.a", c->cc);
    else
        course_path(c->course, path, "build/explore/%s-%s.o", c->lab->name,
                    c->cc);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        fprintf(stderr, "%s is missing: run make build\n", path);
        _exit(127);
    }
    return fd;
}

/* Lies beside the sources. */
static int open_watched(const struct compilation *c)
{
    char path[4096];

    course_path(c->course, path, "tests/grader/watched.sh");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        fprintf(stderr, "%s is missing\n", path);
        _exit(127);
    }
    return fd;
}

struct paths {
    const char *source, *include, *out, *explorer;
};

static int written(const char *bytes, size_t size)
{
    int fd = process_file("source");

    while (fd >= 0 && size > 0) {
        ssize_t n = write(fd, bytes, size);
        if (n <= 0) {
            close(fd);
            return -1;
        }
        bytes += n;
        size -= (size_t)n;
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

static void limit(int what, rlim_t n)
{
    if (setrlimit(what, &(struct rlimit){n, n}) != 0)
        _exit(127);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static void headers(const struct course *course, glob_t *found)
{
    char pattern[4096];

    course_path(course, pattern, "labs/include/met/*.h");
    if (glob(pattern, 0, NULL, found) != 0 || found->gl_pathc > HEADERS)
        _exit(127);
}

/* What the explorer does not see in this submission; often nothing. */
static const char *note_of(const struct compilation *c)
{
    static char note[512];
    const struct lab *lab = c->lab;
    size_t n = 0;

    *note = '\0';
    for (size_t i = 0; i < lab->exempt_count && n < sizeof note; i++)
        if (source_has_assembly(c->in, lab->exempt[i]))
            n += (size_t)snprintf(note + n, sizeof note - n,
                                  "%s%s contains inline assembly",
                                  n ? "; " : "", lab->exempt[i]);
    return note;
}

/* " -ldeflate", for the linker. */
static const char *libraries_of(const struct lab *lab)
{
    static char flags[256];
    size_t n = 0;

    *flags = '\0';
    for (size_t i = 0; i < lab->link_count && n < sizeof flags; i++)
        n += (size_t)snprintf(flags + n, sizeof flags - n, " -l%s",
                              lab->links[i]);
    return flags;
}

static bool is_source(const char *name)
{
    size_t n = strlen(name);

    return n > 2 && strcmp(name + n - 2, ".c") == 0;
}

/* The words after the compiler's sandbox command. */
static void fill_argv(char *argv[], const struct compilation *c,
                      const struct paths *p)
{
    const struct intake *in = c->in;
    bool explores = c->build == BUILD_SCHEDULES;
    int n = 0;

    argv[n++] = "/bin/sh";
    argv[n++] = "-c";
    argv[n++] = (char *)(c->build == BUILD_TEXT ? text_script : object_script);
    argv[n++] = "sh";
    argv[n++] = (char *)c->cc;
    argv[n++] = (char *)compile_flags(c->build);
    argv[n++] = (char *)(explores ? p->explorer : "");
    argv[n++] = (char *)(explores ? note_of(c) : "");
    argv[n++] = (char *)p->source;
    argv[n++] = (char *)p->include;
    argv[n++] = (char *)p->out;
    argv[n++] = (char *)libraries_of(c->lab);
    for (size_t i = 0; i < in->count; i++)
        if (in->files[i].bytes && is_source(in->files[i].name))
            argv[n++] = (char *)in->files[i].name;
    argv[n] = NULL;
}

/* What is in the box, by name; a path must live until the box starts. */
struct shelf {
    struct box box;
    char path[3 * LAB_FILES + HEADERS + PARTS + 1][160];
    int n;
};

static void put(struct shelf *s, int fd, const char *folder, const char *name,
                const char *ending)
{
    char *path = s->path[s->n++];

    snprintf(path, sizeof s->path[0], "%s/%s%s", folder, name, ending);
    box_file(&s->box, fd, path, 0444);
}

static void put_all(struct shelf *s, const struct intake *in,
                    const char *ending)
{
    for (size_t i = 0; i < in->count; i++)
        if (in->files[i].bytes)
            put(s, written(in->files[i].bytes, in->files[i].size), "/src",
                in->files[i].name, ending);
}

static _Noreturn void compile_boxed(const struct compilation *c, char *argv[])
{
    static struct shelf s;
    glob_t found;

    box_start(&s.box);
    put_all(&s, c->files, "");
    put(&s, open_watched(c), "/src", "watched", ".sh");
    if (c->build != BUILD_TEXT)
        put_all(&s, c->in, ".i");
    for (size_t i = 0; i < c->in->count; i++)
        if (c->cached[i] >= 0)
            put(&s, c->cached[i], "/src", c->in->files[i].name, ".o");
    headers(c->course, &found);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        int fd = open(found.gl_pathv[i], O_RDONLY | O_CLOEXEC);
        put(&s, fd, "/include/met", base_name(found.gl_pathv[i]), "");
    }
    for (int i = 0; c->build == BUILD_SCHEDULES && i < PARTS; i++)
        put(&s, open_part(c, i), "/explorer", part_names[i], "");
    box_environment(&s.box, "PATH", "/usr/bin");
    box_environment(&s.box, "LC_ALL", "C");
    box_exec(&s.box, argv);
}

static void copy_to(const char *folder, const char *name, const char *ending,
                    int from)
{
    char path[256], buffer[16384];
    ssize_t n;

    snprintf(path, sizeof path, "%s/%s%s", folder, name, ending);
    int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
    while ((n = read(from, buffer, sizeof buffer)) > 0)
        if (write(to, buffer, (size_t)n) != n)
            _exit(127);
    close(to);
    close(from);
}

static void copy_all(const char *folder, const struct intake *in,
                     const char *ending)
{
    for (size_t i = 0; i < in->count; i++)
        if (in->files[i].bytes)
            copy_to(folder, in->files[i].name, ending,
                    written(in->files[i].bytes, in->files[i].size));
}

/* Without namespaces: a temporary folder, limits, and nobody instead of root.
 * The compiler can then read what any user can. */
static _Noreturn void compile_unboxed(const struct compilation *c, char *argv[])
{
    char met[128]; /* headers, and the explorer's parts */
    glob_t found;

    snprintf(met, sizeof met, "%s/met", c->folder);
    mkdir(met, 0755);
    copy_all(c->folder, c->files, "");
    copy_to(c->folder, "watched", ".sh", open_watched(c));
    if (c->build != BUILD_TEXT)
        copy_all(c->folder, c->in, ".i");
    headers(c->course, &found);
    for (size_t i = 0; i < found.gl_pathc; i++)
        copy_to(met, base_name(found.gl_pathv[i]), "",
                open(found.gl_pathv[i], O_RDONLY | O_CLOEXEC));
    for (int i = 0; c->build == BUILD_SCHEDULES && i < PARTS; i++)
        copy_to(met, part_names[i], "", open_part(c, i));
    if (chmod(c->folder, 01777) != 0)
        _exit(127);
    clearenv();
    setenv("PATH", "/usr/bin:/bin", 1);
    setenv("LC_ALL", "C", 1);
    box_drop_root();
    execv(argv[0], argv);
    _exit(127);
}

static _Noreturn void become_compiler(const struct compilation *c)
{
    char *argv[16 + LAB_FILES], parts[80];
    struct paths boxed = {"/src", "/include", "/tmp", "/explorer"};
    struct paths plain = {c->folder, c->folder, c->folder, parts};
    int object = fcntl(c->object, F_DUPFD, 20);
    int parts_out = fcntl(c->parts, F_DUPFD, 20);
    int messages = fcntl(c->messages, F_DUPFD, 20);
    int null = open("/dev/null", O_RDONLY);

    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    if (dup2(null, 0) < 0 || dup2(messages, 1) < 0 || dup2(messages, 2) < 0 ||
        dup2(object, 3) < 0 || dup2(parts_out, 4) < 0)
        _exit(127);
    close(object);
    close(parts_out);
    close(messages);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, COMPILE_CPU_SECONDS);
    limit(RLIMIT_FSIZE, OBJECT_BYTES);
    limit(RLIMIT_AS, (rlim_t)1 << 30); /* each of several compilers */
    snprintf(parts, sizeof parts, "%s/met", c->folder);
    errno = 0;
    if (c->build > BUILD_PLAIN && /* plain is waited for */
        nice(10) == -1 && errno != 0)
        _exit(127);
    fill_argv(argv, c, c->boxed ? &boxed : &plain);
    if (c->boxed)
        compile_boxed(c, argv);
    compile_unboxed(c, argv);
}

bool compile_can_box(void)
{
    static int known = -1;

    if (known >= 0)
        return known;
    pid_t pid = box_program() ? fork() : -1;
    if (pid == 0) {
        struct box b;
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 2);
        box_start(&b);
        box_exec(&b, (char *[]){"/bin/true", NULL});
    }
    bool late;
    known =
        pid > 0 && process_wait(pid, process_clock_ms() + OURS_MS, &late) == 0;
    return known;
}

/* ---- the cache ---- */

/* What an object depends on beside its text. The explorer's own build has its
 * flags in a script. */
static void make_keys(struct compilation *c, const char *version)
{
    static char text[3][16384];
    const char *words[] = {
        object_script, version, compile_flags(c->build), text[0], text[1],
        text[2],       ""};

    for (int i = 0; i < (c->build == BUILD_SCHEDULES ? 3 : 1); i++) {
        int fd = i == 0 ? open_watched(c) : open_part(c, i - 1);
        process_read(fd, text[i], sizeof text[i]);
        close(fd);
    }
    for (size_t i = 0; i < c->in->count; i++) {
        const struct taken_file *f = &c->in->files[i];
        words[6] = f->name;
        if (f->bytes)
            cache_key(c->key[i], words, 7, f->bytes, f->size);
    }
}

/* What is kept of a file: the size of what the compiler said, a line; that;
 * the object. Keeps what was said, and returns where the object begins and how
 * long it is; NULL when it is not what the script writes. */
static const char *object_of(struct compilation *c, size_t i, const char *entry,
                             size_t *size)
{
    char *line;
    size_t said = strtoul(entry, &line, 10);
    size_t head = (size_t)(line - entry) + 1;

    if (*line != '\n' || head > *size || said > *size - head || c->said[i])
        return NULL;
    c->said[i] = strndup(entry + head, said);
    *size -= head + said;
    return entry + head + said;
}

static int open_cached(struct compilation *c, size_t i)
{
    struct stat st;
    int fd = cache_get(c->course, c->key[i]), object = -1;
    size_t size = fd >= 0 && fstat(fd, &st) == 0 ? (size_t)st.st_size : 0;
    char *entry = size ? calloc(1, size + 1) : NULL;

    if (entry && pread(fd, entry, size, 0) == (ssize_t)size) {
        const char *bytes = object_of(c, i, entry, &size);
        object = bytes ? written(bytes, size) : -1;
    }
    free(entry);
    if (fd >= 0)
        close(fd);
    return object;
}

static void look_up(struct compilation *c, const char *version)
{
    for (size_t i = 0; i < LAB_FILES; i++)
        c->cached[i] = -1;
    if (c->build == BUILD_TEXT || !c->boxed)
        return;
    make_keys(c, version);
    for (size_t i = 0; i < c->in->count; i++)
        if (c->in->files[i].bytes)
            c->cached[i] = open_cached(c, i);
}

/* ---- start and finish ---- */

bool compile_start(struct compilation *c, const struct course *course,
                   const struct lab *lab, const struct intake *files,
                   const struct intake *texts, enum build b, const char *cc,
                   const char *version)
{
    *c = (struct compilation){.build = b,
                              .course = course,
                              .lab = lab,
                              .cc = cc,
                              .files = files,
                              .in = texts ? texts : files,
                              .object = process_file("program"),
                              .parts = process_file("parts"),
                              .messages = process_file("messages"),
                              .boxed = compile_can_box()};
    look_up(c, version);
    if (!c->boxed) {
        snprintf(c->folder, sizeof c->folder, "/tmp/abacus-compile-%d-XXXXXX",
                 (int)getpid());
        if (!mkdtemp(c->folder))
            return false;
    }
    c->deadline_ms = process_clock_ms() + COMPILE_MS;
    c->pid = c->object < 0 || c->parts < 0 || c->messages < 0 ? -1 : fork();
    if (c->pid == 0)
        become_compiler(c);
    return c->pid > 0;
}

static void remove_folder(const char *folder)
{
    pid_t pid = *folder ? fork() : -1;
    bool late;

    if (pid == 0) {
        execl("/bin/rm", "rm", "-rf", folder, (char *)NULL);
        _exit(127);
    }
    if (pid > 0)
        process_wait(pid, process_clock_ms() + OURS_MS, &late);
}

void compile_sweep(const struct course *course, pid_t pid)
{
    char pattern[64];
    glob_t found = {0};

    snprintf(pattern, sizeof pattern, "/tmp/abacus-compile-%d-??????",
             (int)pid);
    glob(pattern, 0, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++)
        remove_folder(found.gl_pathv[i]);
    globfree(&found);
    cache_sweep(course, pid);
}

/* ---- files of the scripts' output ---- */

struct part {
    size_t file; /* which one of c->in */
    const char *bytes;
    size_t size;
};

/* Reads a line "SIZE NAME", and what follows it. Returns what comes next, or
 * NULL when it is not what the script writes. */
static const char *next_part(const struct compilation *c, const char *p,
                             const char *end, struct part *part)
{
    char *name;

    part->size = strtoul(p, &name, 10);
    part->bytes = memchr(p, '\n', (size_t)(end - p));
    if (!part->bytes || *name++ != ' ' ||
        part->size > (size_t)(end - ++part->bytes))
        return NULL;
    size_t length = (size_t)(part->bytes - 1 - name);
    for (size_t i = 0; i < c->in->count; i++) {
        const char *known = c->in->files[i].name;
        if (strlen(known) != length || strncmp(known, name, length) != 0)
            continue;
        part->file = i;
        return part->bytes + part->size;
    }
    return NULL;
}

static bool keep_text(struct compilation *c, const struct part *p)
{
    if (c->texts.count == LAB_FILES)
        return false;
    struct taken_file *f = &c->texts.files[c->texts.count++];
    *f = (struct taken_file){.name = c->in->files[p->file].name,
                             .size = p->size};
    f->bytes = calloc(1, p->size + 1);
    if (f->bytes)
        memcpy(f->bytes, p->bytes, p->size);
    return f->bytes != NULL;
}

static bool keep_object(struct compilation *c, const struct part *p)
{
    size_t size = p->size;

    if (!object_of(c, p->file, p->bytes, &size))
        return false;
    if (c->boxed) /* another user could have written the parts otherwise */
        cache_put(c->course, c->key[p->file], p->bytes, p->size);
    return true;
}

static bool keep_parts(struct compilation *c)
{
    struct stat st;
    struct part part;
    size_t size = fstat(c->parts, &st) == 0 ? (size_t)st.st_size : 0;
    char *all = size > 0 && size <= PARTS_BYTES ? calloc(1, size + 1) : NULL;
    const char *p =
        all && pread(c->parts, all, size, 0) == (ssize_t)size ? all : NULL;

    while (p && p < all + size) {
        p = next_part(c, p, all + size, &part);
        if (p && !(c->build == BUILD_TEXT ? keep_text(c, &part)
                                          : keep_object(c, &part)))
            p = NULL;
    }
    free(all);
    return p != NULL;
}

/* Objects are kept even where the rest was refused: their files were not. */
static bool has_result(struct compilation *c, bool made)
{
    struct stat st;

    if (c->build != BUILD_TEXT) {
        keep_parts(c);
        return made && fstat(c->object, &st) == 0 && st.st_size > 0;
    }
    if (made && !keep_parts(c)) {
        dprintf(c->messages, "its preprocessed text is too long\n");
        return false;
    }
    return made;
}

bool compile_finish(struct compilation *c)
{
    bool late;
    int status = process_wait(c->pid, c->deadline_ms, &late);

    c->pid = -1;
    remove_folder(c->folder);
    if (late)
        dprintf(c->messages, "the compiler did not end within %d seconds\n",
                COMPILE_MS / 1000);
    c->ran = late || (WIFEXITED(status) && (WEXITSTATUS(status) == 0 ||
                                            WEXITSTATUS(status) == REFUSED));
    return has_result(c, status == 0 && !late);
}

void compile_messages(const struct compilation *c, char *text, size_t size)
{
    process_read(c->messages, text, size);
}

void compile_free(struct compilation *c)
{
    if (c->pid > 0) { /* nobody waits for it any more */
        c->deadline_ms = 0;
        compile_finish(c);
    }
    for (size_t i = 0; i < LAB_FILES; i++)
        if (c->cached[i] >= 0)
            close(c->cached[i]);
    for (size_t i = 0; i < LAB_FILES; i++)
        free(c->said[i]);
    close(c->object);
    close(c->parts);
    close(c->messages);
    intake_free(&c->texts);
}
