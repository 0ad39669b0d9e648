/* SPDX-License-Identifier: MIT
 *
 * box.c - run a program in a sandbox of bubblewrap
 */
#include "box.h"

#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Above the users of any system, a number for each of our processes: a limit on
 * a user's processes counts no other submission's, and none may signal another.
 */
enum { NOBODY = 65534, FIRST_OF_OURS = 1 << 30 };

const char *box_program(void)
{
    static const char path[] = "/usr/bin/bwrap"; /* not through PATH */

    return access(path, X_OK) == 0 ? path : NULL;
}

static bool only_root_is_mapped(void)
{
    unsigned inside, outside, count = 0;
    FILE *f = fopen("/proc/self/uid_map", "r");
    bool read = f && fscanf(f, "%u %u %u", &inside, &outside, &count) == 3;

    if (f)
        fclose(f);
    return read && count <= NOBODY;
}

static bool become(unsigned id)
{
    return setgroups(0, NULL) == 0 && setgid(id) == 0 && setuid(id) == 0;
}

void box_drop_root(void)
{
    if (getuid() != 0)
        return;
    /* The root of a user namespace that knows no nobody is none outside. */
    if (!become(FIRST_OF_OURS + (unsigned)getpid()) && !become(NOBODY) &&
        !only_root_is_mapped())
        _exit(127);
}

static _Noreturn void full(void)
{
    fprintf(stderr, "a sandbox has no room for so many arguments\n");
    _exit(127);
}

static void add(struct box *b, const char *argument)
{
    if (b->n + 1 >= BOX_ARGUMENTS)
        full();
    b->argv[b->n++] = argument;
    b->argv[b->n] = NULL;
}

static void add_all(struct box *b, const char *const arguments[])
{
    for (; *arguments; arguments++)
        add(b, *arguments);
}

static const char *text(struct box *b, const char *format, unsigned number)
{
    if (b->texts >= BOX_TEXTS)
        full();
    char *t = b->text[b->texts++];
    snprintf(t, BOX_TEXT, format, number);
    return t;
}

void box_start(struct box *b)
{
    *b = (struct box){0};
    add_all(b, (const char *const[]){
                   "--unshare-all", "--as-pid-1",    "--die-with-parent",
                   "--new-session", "--clearenv",    "--cap-drop",
                   "ALL",           "--ro-bind",     "/usr",
                   "/usr",          "--ro-bind-try", "/lib",
                   "/lib",          "--ro-bind-try", "/lib64",
                   "/lib64",        "--ro-bind-try", "/bin",
                   "/bin",          "--proc",        "/proc",
                   "--dev",         "/dev",          "--size",
                   "67108864",      "--tmpfs",       "/tmp",
                   "--chdir",       "/tmp",          NULL});
}

void box_file(struct box *b, int fd, const char *path, mode_t mode)
{
    fcntl(fd, F_SETFD, 0); /* bubblewrap reads and closes it */
    add(b, "--perms");
    add(b, text(b, "%04o", mode));
    add(b, "--ro-bind-data");
    add(b, text(b, "%u", (unsigned)fd));
    add(b, path);
}

void box_environment(struct box *b, const char *name, const char *value)
{
    add_all(b, (const char *const[]){"--setenv", name, value, NULL});
}

/* The arguments go through a file: a command line can be read by all users of
 * the machine, and some environments hold a secret. */
static int written_arguments(const struct box *b)
{
    int fd = memfd_create("arguments", 0);

    for (int i = 0; i < b->n; i++) {
        size_t size = strlen(b->argv[i]) + 1;
        if (write(fd, b->argv[i], size) != (ssize_t)size)
            _exit(127);
    }
    lseek(fd, 0, SEEK_SET);
    return fd;
}

_Noreturn void box_exec(struct box *b, char *const argv[])
{
    const char *command[BOX_ARGUMENTS] = {"bwrap", "--args", NULL, "--"};
    int n = 4;

    command[2] = text(b, "%u", (unsigned)written_arguments(b));
    for (; *argv && n + 1 < BOX_ARGUMENTS; argv++)
        command[n++] = *argv;
    box_drop_root();
    if (box_program())
        execv(box_program(), (char *const *)command);
    _exit(127);
}
