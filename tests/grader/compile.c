/* SPDX-License-Identifier: MIT
 *
 * compile.c - make a shared object of a submission
 *
 * -nostartfiles leaves out the C runtime's own constructors, so that any that
 * the object gate finds are the submission's. --wrap sends allocations to the
 * driver, which lets them fail when a test wants to see what happens then.
 */
#include "compile.h"

#include "process.h"
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
 * unlike the one on time, does not depend on what else the machine does. */
enum {
    COMPILE_MS = 30000,
    COMPILE_CPU_SECONDS = 4,
    OBJECT_BYTES = 32 << 20,
    HEADERS = 32,
    TEXT_BYTES = 16 << 20
};

/* Of the script below, when the compiler refuses. Any other status but 0 comes
 * from the sandbox or the shell. */
enum { REFUSED = 10 };

#define COMMON                                                \
    "-std=c11 -D_GNU_SOURCE -g -fPIC -pthread -Wall -Wextra " \
    "-fno-omit-frame-pointer -fdiagnostics-color=never "
#define LINK                                                                 \
    " -shared -nostartfiles -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc," \
    "--wrap=aligned_alloc,--wrap=posix_memalign,--wrap=strdup"

static const struct {
    const char *name, *flags;
} builds[] = {
    [BUILD_PLAIN] = {"plain", COMMON "-O2" LINK},
    [BUILD_MEMORY] = {"memory", COMMON "-O1 -fsanitize=address,undefined "
                                       "-fno-sanitize-recover=all "
                                       "-fsanitize=float-cast-overflow" LINK},
    [BUILD_RACES] = {"races", COMMON "-O1 -fsanitize=thread" LINK},
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

/* $1 compiler, $2 flags, $3 of the preprocessor, $4 folder of sources, $5 of
 * headers, $6 for output; then the sources. Each is compiled by itself, at
 * once; what the compiler says is put in order. The object goes to descriptor
 * 3; the preprocessed text to 4, each file after a line with its size and
 * name. 10 is REFUSED.
 *
 * Only the plain build preprocesses; the others get its text and no $3. So a
 * submission cannot ask __SANITIZE_ADDRESS__ or __has_feature() where it is,
 * and do right only there. */
static const char script[] =
    "cc=$1 flags=$2 pre=$3 src=$4 inc=$5 out=$6; shift 6\n"
    "cd \"$src\" || exit 9\n"
    "for s; do\n"
    "  { if test -n \"$pre\"\n"
    "    then $cc $pre -I\"$inc\" -E \"$s\" -o \"$out/$s.i\"\n"
    "    else cp \"$s\" \"$out/$s.i\"; fi &&\n"
    "    $cc ${flags%% -shared*} -c \"$out/$s.i\" -o \"$out/$s.o\"\n"
    "  } 2>\"$out/$s.err\" || : >\"$out/failed\" &\n"
    "done; wait\n"
    "for s; do cat \"$out/$s.err\"; done\n"
    "test ! -e \"$out/failed\" || exit 10\n"
    "$cc $flags -o \"$out/sub.so\" \"$out\"/*.o -lm || exit 10\n"
    "test -z \"$pre\" || for s; do\n"
    "  echo \"$(wc -c <\"$out/$s.i\") $s\" >&4 && cat \"$out/$s.i\" >&4 ||\n"
    "    exit 10\n"
    "done\n"
    "cat \"$out/sub.so\" >&3 || exit 10\n";

/* The same for the explorer: $2 is the folder with its parts, which are the
 * grader's own, so that only the submission is compiled; $3 is what the
 * report must say is not modelled. */
static const char explorer_script[] =
    "cc=$1 explorer=$2 note=$3 src=$4 out=$6; shift 6\n"
    "cd \"$src\" || exit 9\n"
    "for s; do cp \"$s\" \"$out/$s.i\" || exit 9; done\n"
    "TMPDIR=$out sh \"$explorer/build.sh\" -c \"$cc\" -n \"$note\" "
    "-o \"$out/program\" -L \"$explorer/library.a\" \"$explorer/scenarios.o\" "
    "\"$out\"/*.i "
    "|| exit 10\n"
    "cat \"$out/program\" >&3 || exit 10\n";

/* What the last script needs beside the submission. */
enum { PARTS = 4 };
static const char *const part_names[PARTS] = {"build.sh", "redirect.syms",
                                              "library.a", "scenarios.o"};

static int open_part(const struct compilation *c, const struct course *course,
                     int i)
{
    char path[4096];

    if (i < 2)
        course_path(course, path, "tests/interleave/%s", part_names[i]);
    else if (i == 2)
        course_path(course, path, "build/explore/library-%s.a", c->cc);
    else
        course_path(course, path, "build/explore/%s-%s.o", c->lab->name, c->cc);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        fprintf(stderr, "%s is missing: run make build\n", path);
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

/* What the explorer does not see in this lab; often nothing. */
static const char *note_of(const struct lab *lab)
{
    static char note[512];
    size_t n = 0;

    *note = '\0';
    for (size_t i = 0; i < lab->exempt_count && n < sizeof note; i++)
        n += (size_t)snprintf(note + n, sizeof note - n,
                              "%s%s may contain inline assembly", i ? "; " : "",
                              lab->exempt[i]);
    return note;
}

/* The words after the compiler's sandbox command. */
static void fill_argv(char *argv[], const struct compilation *c,
                      const struct intake *in, const struct paths *p)
{
    bool explores = c->build == BUILD_SCHEDULES;
    int n = 0;

    argv[n++] = "/bin/sh";
    argv[n++] = "-c";
    argv[n++] = (char *)(explores ? explorer_script : script);
    argv[n++] = "sh";
    argv[n++] = (char *)c->cc;
    argv[n++] = (char *)(explores ? p->explorer : compile_flags(c->build));
    argv[n++] = (char *)(explores                  ? note_of(c->lab)
                         : c->build == BUILD_PLAIN ? COMMON "-O2"
                                                   : "");
    argv[n++] = (char *)p->source;
    argv[n++] = (char *)p->include;
    argv[n++] = (char *)p->out;
    for (size_t i = 0; i < in->count; i++)
        if (in->files[i].bytes)
            argv[n++] = (char *)in->files[i].name;
    argv[n] = NULL;
}

static _Noreturn void compile_boxed(const struct compilation *c,
                                    const struct course *course,
                                    const struct intake *in, char *argv[])
{
    static char path[LAB_FILES + HEADERS + PARTS][160];
    struct box b;
    glob_t found;
    int k = 0;

    box_start(&b);
    for (size_t i = 0; i < in->count; i++) {
        const struct taken_file *f = &in->files[i];
        if (!f->bytes)
            continue;
        snprintf(path[k], sizeof path[k], "/src/%s", f->name);
        box_file(&b, written(f->bytes, f->size), path[k++], 0444);
    }
    headers(course, &found);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        int fd = open(found.gl_pathv[i], O_RDONLY | O_CLOEXEC);
        snprintf(path[k], sizeof path[k], "/include/met/%s",
                 base_name(found.gl_pathv[i]));
        box_file(&b, fd, path[k++], 0444);
    }
    for (int i = 0; c->build == BUILD_SCHEDULES && i < PARTS; i++) {
        snprintf(path[k], sizeof path[k], "/explorer/%s", part_names[i]);
        box_file(&b, open_part(c, course, i), path[k++], 0444);
    }
    box_environment(&b, "PATH", "/usr/bin");
    box_environment(&b, "LC_ALL", "C");
    box_exec(&b, argv);
}

static void copy_to(const char *folder, const char *name, int from)
{
    char path[256], buffer[16384];
    ssize_t n;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
    while ((n = read(from, buffer, sizeof buffer)) > 0)
        if (write(to, buffer, (size_t)n) != n)
            _exit(127);
    close(to);
    close(from);
}

/* Without namespaces: a temporary folder, limits, and nobody instead of root.
 * The compiler can then read what any user can. */
static _Noreturn void compile_unboxed(const struct compilation *c,
                                      const struct course *course,
                                      const struct intake *in, char *argv[])
{
    char met[128]; /* headers, and the explorer's parts */
    glob_t found;

    snprintf(met, sizeof met, "%s/met", c->folder);
    mkdir(met, 0755);
    for (size_t i = 0; i < in->count; i++)
        if (in->files[i].bytes)
            copy_to(c->folder, in->files[i].name,
                    written(in->files[i].bytes, in->files[i].size));
    headers(course, &found);
    for (size_t i = 0; i < found.gl_pathc; i++)
        copy_to(met, base_name(found.gl_pathv[i]),
                open(found.gl_pathv[i], O_RDONLY | O_CLOEXEC));
    for (int i = 0; c->build == BUILD_SCHEDULES && i < PARTS; i++)
        copy_to(met, part_names[i], open_part(c, course, i));
    if (chmod(c->folder, 01777) != 0)
        _exit(127);
    clearenv();
    setenv("PATH", "/usr/bin:/bin", 1);
    setenv("LC_ALL", "C", 1);
    box_drop_root();
    execv(argv[0], argv);
    _exit(127);
}

static _Noreturn void become_compiler(const struct compilation *c,
                                      const struct course *course,
                                      const struct intake *in)
{
    char *argv[16 + LAB_FILES], parts[80];
    struct paths boxed = {"/src", "/include", "/tmp", "/explorer"};
    struct paths plain = {c->folder, c->folder, c->folder, parts};
    int object = fcntl(c->object, F_DUPFD, 20);
    int text = fcntl(c->text, F_DUPFD, 20);
    int messages = fcntl(c->messages, F_DUPFD, 20);
    int null = open("/dev/null", O_RDONLY);

    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    if (dup2(null, 0) < 0 || dup2(messages, 1) < 0 || dup2(messages, 2) < 0 ||
        dup2(object, 3) < 0 || dup2(text, 4) < 0)
        _exit(127);
    close(object);
    close(text);
    close(messages);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, COMPILE_CPU_SECONDS);
    limit(RLIMIT_FSIZE, OBJECT_BYTES);
    limit(RLIMIT_AS, (rlim_t)1 << 30); /* each of several compilers */
    snprintf(parts, sizeof parts, "%s/met", c->folder);
    if (c->build != BUILD_PLAIN && nice(10) < 0) /* plain is waited for */
        _exit(127);
    fill_argv(argv, c, in, c->boxed ? &boxed : &plain);
    if (c->boxed)
        compile_boxed(c, course, in, argv);
    compile_unboxed(c, course, in, argv);
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
        pid > 0 && process_wait(pid, process_clock_ms() + 10000, &late) == 0;
    return known;
}

bool compile_start(struct compilation *c, const struct course *course,
                   const struct lab *lab, const struct intake *in, enum build b,
                   const char *cc)
{
    *c = (struct compilation){.build = b,
                              .lab = lab,
                              .cc = cc,
                              .object = process_file("sub.so"),
                              .text = process_file("text"),
                              .messages = process_file("messages"),
                              .boxed = compile_can_box()};
    if (!c->boxed) {
        strcpy(c->folder, "/tmp/abacus-compile-XXXXXX");
        if (!mkdtemp(c->folder))
            return false;
    }
    c->deadline_ms = process_clock_ms() + COMPILE_MS;
    c->pid = c->object < 0 || c->text < 0 || c->messages < 0 ? -1 : fork();
    if (c->pid == 0)
        become_compiler(c, course, in);
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
        process_wait(pid, process_clock_ms() + 10000, &late);
}

/* One file of the script's output: a line "SIZE NAME", then the text. Returns
 * what follows, or NULL. */
static const char *take_text(struct intake *texts, const struct lab *lab,
                             const char *p, const char *end)
{
    char *name;
    size_t size = strtoul(p, &name, 10);
    const char *text = memchr(p, '\n', (size_t)(end - p));

    if (!text || *name++ != ' ' || size > (size_t)(end - ++text))
        return NULL;
    for (size_t i = 0; i < lab->file_count; i++) {
        size_t n = strlen(lab->files[i]);
        if (n != (size_t)(text - 1 - name) ||
            strncmp(lab->files[i], name, n) != 0)
            continue;
        struct taken_file *f = &texts->files[texts->count++];
        *f = (struct taken_file){.name = lab->files[i], .size = size};
        f->bytes = calloc(1, size + 1);
        if (!f->bytes)
            return NULL;
        memcpy(f->bytes, text, size);
        return text + size;
    }
    return NULL;
}

static bool take_texts(struct compilation *c)
{
    struct stat st;
    size_t size = fstat(c->text, &st) == 0 ? (size_t)st.st_size : 0;
    char *all = size > 0 && size <= TEXT_BYTES ? calloc(1, size + 1) : NULL;
    bool taken = all && pread(c->text, all, size, 0) == (ssize_t)size;

    for (const char *p = all; taken && p < all + size;) {
        p = c->texts.count < LAB_FILES
                ? take_text(&c->texts, c->lab, p, all + size)
                : NULL;
        taken = p != NULL;
    }
    if (!taken)
        dprintf(c->messages, "its preprocessed text is too long\n");
    free(all);
    return taken;
}

bool compile_finish(struct compilation *c)
{
    struct stat st;
    bool late;
    int status = process_wait(c->pid, c->deadline_ms, &late);

    c->pid = -1;
    remove_folder(c->folder);
    if (late)
        dprintf(c->messages, "the compiler did not end within %d seconds\n",
                COMPILE_MS / 1000);
    c->ran = late || (WIFEXITED(status) && (WEXITSTATUS(status) == 0 ||
                                            WEXITSTATUS(status) == REFUSED));
    return status == 0 && !late && fstat(c->object, &st) == 0 &&
           st.st_size > 0 && (c->build != BUILD_PLAIN || take_texts(c));
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
    close(c->object);
    close(c->text);
    close(c->messages);
    intake_free(&c->texts);
}
