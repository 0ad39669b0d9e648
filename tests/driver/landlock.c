/* SPDX-License-Identifier: MIT
 *
 * landlock.c - which files the submission's process may use
 *
 * With namespaces there are no other files to begin with, and this is a second
 * wall. Without them it is what keeps a submission out of the files of whoever
 * grades.
 */
#include "landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of newer kernels than the headers may be of. */
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

enum { ABI_REFER = 2, ABI_TRUNCATE = 3 };

static const uint64_t reading =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

static const uint64_t changing =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
    LANDLOCK_ACCESS_FS_MAKE_SYM;

/* What a C library, a sanitizer and process metrics read. */
static const char *const readable[] = {
    "/proc", "/sys/devices/system", "/lib", "/lib64",
    "/usr",  "/etc/ld.so.cache",    "/dev", "/etc/localtime"};

static int abi(void)
{
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0,
                        LANDLOCK_CREATE_RULESET_VERSION);
}

static void or_exit(long result)
{
    if (result < 0)
        _exit(119);
}

/* A path that is not there needs no rule. */
static void allow(int rules, const char *path)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    struct stat s;

    if (fd < 0)
        return;
    or_exit(fstat(fd, &s));
    struct landlock_path_beneath_attr beneath = {
        .allowed_access =
            S_ISDIR(s.st_mode) ? reading : LANDLOCK_ACCESS_FS_READ_FILE,
        .parent_fd = fd};
    if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
                &beneath, 0) != 0 &&
        errno != EBADFD) /* in memory: Landlock never refuses that */
        _exit(119);
    close(fd);
}

void landlock_files(const char *submission)
{
    int version = abi();
    struct landlock_ruleset_attr all = {.handled_access_fs =
                                            reading | changing};

    if (version < 1)
        return;
    if (version >= ABI_REFER)
        all.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= ABI_TRUNCATE)
        all.handled_access_fs |= LANDLOCK_ACCESS_FS_TRUNCATE;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    or_exit(rules);
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
        allow(rules, readable[i]);
    allow(rules, submission);
    if (getenv("LOCPATH"))
        allow(rules, getenv("LOCPATH"));
    or_exit(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    or_exit(syscall(SYS_landlock_restrict_self, rules, 0));
    close(rules);
}
