/* SPDX-License-Identifier: MIT
 *
 * room.c - grade a submission where nothing else is, and look at what is left
 */
#include "room.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { OWN = CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET };
enum { SAID = 8192, PATH = 4096, LAST_BREATH_MS = 2000 };

#define HANDED_IN "/tmp/handed-in"
#define RESULT "/tmp/handed-in/result.json"
#define NEXT_TEST "no_increment_is_lost"

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "judges: no room to grade in: %s: %s\n", what,
            strerror(errno));
    _exit(3);
}

/* ---- the room ---- */

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    if (!f || fputs(text, f) < 0 || fclose(f) != 0)
        fail(path);
}

/* An ordinary user keeps being that user in a user namespace of the room. */
static void keep_user(unsigned uid, unsigned gid)
{
    char map[40];

    snprintf(map, sizeof map, "%u %u 1", uid, uid);
    put("/proc/self/uid_map", map);
    put("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "%u %u 1", gid, gid);
    put("/proc/self/gid_map", map);
}

static void make_folders(const char *path)
{
    char part[PATH];

    for (const char *p = path + 1; p; p = strchr(p + 1, '/')) {
        snprintf(part, sizeof part, "%.*s", (int)(p - path), path);
        if (p > path + 1)
            mkdir(part, 0755);
    }
    mkdir(path, 0755);
}

static void mount_new(const char *type, const char *at, const char *options)
{
    if (mount(type, at, type, MS_NOSUID | MS_NODEV, options) != 0)
        fail(at);
}

/* An empty /tmp would hide a project that lies in it: it is put back. */
static void empty_tmp(const char *root)
{
    char here[40];
    int top = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);

    mount_new("tmpfs", "/tmp", "size=64m,mode=1777");
    if (strncmp(root, "/tmp/", 5) != 0)
        return;
    snprintf(here, sizeof here, "/proc/self/fd/%d", top);
    make_folders(root);
    if (mount(here, root, NULL, MS_BIND | MS_REC, NULL) != 0)
        fail(root);
}

static void furnish(const char *root)
{
    if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        fail("/");
    mount_new("proc", "/proc", NULL);
    empty_tmp(root);
    mount_new("tmpfs", "/dev/shm", "size=64m,mode=1777");
}

/* ---- the submission ---- */

static void hand_in(const char *root, const struct task *t)
{
    char path[PATH], command[PATH];
    FILE *f;

    mkdir(HANDED_IN, 0755);
    snprintf(command, sizeof command, "cp '%s/solutions/%s/'*.* " HANDED_IN,
             root, t->lab);
    snprintf(path, sizeof path, HANDED_IN "/%s", t->file);
    if (system(command) != 0 || !(f = fopen(path, "w")) ||
        fputs(t->first, f) < 0 || fwrite(t->text, 1, t->size, f) != t->size ||
        fclose(f) != 0)
        fail(path);
}

static double now(void)
{
    struct timespec s;

    clock_gettime(CLOCK_MONOTONIC, &s);
    return (double)s.tv_sec + (double)s.tv_nsec * 1e-9;
}

/* Runs grade on a folder; what it says goes to `said`. */
static int grade(const char *root, const struct task *t, const char *folder,
                 const char *test, char said[SAID])
{
    char program[PATH];
    int status = -1, err = memfd_create("said", MFD_CLOEXEC);

    snprintf(program, sizeof program, "%s/build/bin/grade", root);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(err, 2);
        execl(program, "grade", "lab", folder, "--lab", t->lab, "--cc", t->cc,
              "--json", RESULT, "--quiet", "--backfill", test ? "--test" : NULL,
              test, NULL);
        _exit(127);
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    ssize_t n = pread(err, said, SAID - 1, 0);
    said[n > 0 ? n : 0] = '\0';
    close(err);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static json_t *read_lab(void)
{
    json_t *all = json_load_file(RESULT, 0, NULL);
    json_t *lab = json_array_get(json_object_get(all, "labs"), 0);

    json_incref(lab);
    json_decref(all);
    unlink(RESULT);
    return lab;
}

/* ---- what is left ---- */

/* Another process of the room, or 0. This one is its first. */
static int other_process(void)
{
    DIR *d = opendir("/proc");
    int other = 0;

    for (struct dirent *e; d && !other && (e = readdir(d));)
        if (atoi(e->d_name) > 1)
            other = atoi(e->d_name);
    if (d)
        closedir(d);
    return other;
}

/* Killed processes take a moment to go; one that stays is left behind. */
static void look_for_processes(json_t *left)
{
    for (int ms = 0; ms < LAST_BREATH_MS; ms += 10) {
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
        if (!other_process())
            return;
        usleep(10000);
    }
    json_array_append_new(left, json_sprintf("process %d", other_process()));
}

/* Names in a folder but those that we put there. */
static void look_into(json_t *left, const char *folder, const char *root)
{
    DIR *d = opendir(folder);
    char path[PATH];

    for (struct dirent *e; d && (e = readdir(d));) {
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (e->d_name[0] != '.' && strcmp(path, HANDED_IN) != 0 &&
            strncmp(root, path, strlen(path)) != 0)
            json_array_append_new(left, json_string(path));
    }
    if (d)
        closedir(d);
}

/* Lines of a table of the kernel, after its head. */
static void look_at_table(json_t *left, const char *path, const char *what)
{
    char line[512];
    FILE *f = fopen(path, "r");

    for (int n = 0; f && fgets(line, sizeof line, f); n++)
        if (n > 0)
            json_array_append_new(left, json_string(what));
    if (f)
        fclose(f);
}

static json_t *look_around(const char *root)
{
    json_t *left = json_array();

    look_for_processes(left);
    look_into(left, "/tmp", root);
    look_into(left, "/dev/shm", root);
    look_at_table(left, "/proc/net/unix", "a unix socket");
    look_at_table(left, "/proc/net/tcp", "a TCP socket");
    look_at_table(left, "/proc/net/udp", "a UDP socket");
    look_at_table(left, "/proc/sysvipc/shm", "a shared-memory segment");
    return left;
}

/* A right submission must have its points after whatever came before. */
static json_t *next_is_fine(const char *root, const struct task *t)
{
    char said[SAID], folder[PATH];
    size_t i;
    json_t *test, *lab;

    snprintf(folder, sizeof folder, "%s/solutions", root);
    if (grade(root, &(struct task){.lab = "01-counter", .cc = t->cc}, folder,
              NEXT_TEST, said) != 0)
        return json_sprintf("the next submission is not graded: %s", said);
    lab = read_lab();
    json_array_foreach(json_object_get(lab, "tests"), i, test)
    {
        if (strcmp(json_string_value(json_object_get(test, "name")),
                   NEXT_TEST) == 0 &&
            json_equal(json_object_get(test, "score"),
                       json_object_get(test, "max_score"))) {
            json_decref(lab);
            return json_string("");
        }
    }
    json_decref(lab);
    return json_string("the next submission loses points");
}

/* Bytes of a submission may be no UTF-8. */
static json_t *readable(char *s)
{
    for (char *p = s; *p; p++)
        if (*p < 0)
            *p = '?';
    return json_string(s);
}

static _Noreturn void work(const char *root, const struct task *t, int to)
{
    char said[SAID];
    double start = now();

    hand_in(root, t);
    int status = grade(root, t, HANDED_IN, NULL, said);
    double seconds = now() - start;
    json_t *result = json_pack("{s:i, s:o, s:f, s:o*}", "status", status,
                               "said", readable(said), "seconds", seconds,
                               "lab", status == 0 ? read_lab() : NULL);
    bool ran = !json_object_get(json_object_get(result, "lab"), "problem");
    json_object_set_new(result, "next",
                        t->then_solution && ran ? next_is_fine(root, t)
                                                : json_string(""));
    json_object_set_new(result, "left", look_around(root));
    _exit(json_dumpfd(result, to, JSON_COMPACT) == 0 ? 0 : 3);
}

bool room_open(struct room *r, const char *root, const struct task *t)
{
    unsigned uid = getuid(), gid = getgid();
    int own = OWN | (uid == 0 ? 0 : CLONE_NEWUSER);

    r->result = memfd_create("result", MFD_CLOEXEC);
    r->pid = (pid_t)syscall(SYS_clone, own | SIGCHLD, 0, 0, 0, 0);
    if (r->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (uid != 0)
            keep_user(uid, gid);
        furnish(root);
        work(root, t, r->result);
    }
    if (r->pid < 0)
        fprintf(stderr, "judges: no room to grade in: %s\n", strerror(errno));
    return r->pid > 0 && r->result >= 0;
}

json_t *room_result(struct room *r)
{
    lseek(r->result, 0, SEEK_SET);
    json_t *result = json_loadfd(r->result, 0, NULL);

    close(r->result);
    return result;
}
