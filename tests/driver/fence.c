/* SPDX-License-Identifier: MIT
 *
 * fence.c - limits, no capabilities, and refused system calls
 *
 * The list refuses what a metrics library never needs and what reaches out of
 * the process. It is a second wall: the first is the namespaces, which hold
 * without it; where there are no namespaces it is most of what is left. The
 * list names what is refused, not what is allowed, so that a new C library
 * with a new system call does not fail every student.
 */
#include "fence.h"

#include <errno.h>
#include <linux/capability.h>
#include <netinet/in.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static const int refused[] = {
    /* other programs; their memory */
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(kcmp),
    /* memory that no limit counts */
    SCMP_SYS(memfd_create),
    SCMP_SYS(memfd_secret),
    SCMP_SYS(shmget),
    SCMP_SYS(msgget),
    SCMP_SYS(semget),
    SCMP_SYS(mq_open),
    /* new namespaces, mounts, roots */
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(open_tree),
    SCMP_SYS(move_mount),
    SCMP_SYS(fsopen),
    SCMP_SYS(fsconfig),
    SCMP_SYS(fsmount),
    /* parts of the kernel that have been ways out before */
    SCMP_SYS(bpf),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
};

static void or_exit(int result)
{
    if (result != 0)
        _exit(119);
}

static void limit(int what, rlim_t n)
{
    or_exit(setrlimit(what, &(struct rlimit){n, n}));
}

static void refuse_processes(scmp_filter_ctx c)
{
    /* A thread shares its memory; a process does not. clone3 hides its flags
     * in memory, where a filter cannot look: the C library then uses clone. */
    or_exit(seccomp_rule_add(c, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0));
    or_exit(seccomp_rule_add(c, SCMP_ACT_TRAP, SCMP_SYS(clone), 1,
                             SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_VM, 0)));
}

static void refuse_signals(scmp_filter_ctx c)
{
    const int calls[] = {SCMP_SYS(kill), SCMP_SYS(tgkill),
                         SCMP_SYS(rt_sigqueueinfo),
                         SCMP_SYS(rt_tgsigqueueinfo)};

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        or_exit(
            seccomp_rule_add(c, SCMP_ACT_TRAP, calls[i], 1,
                             SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)getpid(), 0)));
}

/* A server of TCP waits for others: it begins no connection and sends no
 * datagram, to whatever address. A lab without a server has no sockets. */
static void refuse(scmp_filter_ctx c, int call, struct scmp_arg_cmp when)
{
    or_exit(seccomp_rule_add(c, SCMP_ACT_TRAP, call, 1, when));
}

static void refuse_other_sockets(scmp_filter_ctx c)
{
    const scmp_datum_t types = 0xf; /* SOCK_NONBLOCK and the like are above */

    refuse(c, SCMP_SYS(socket), SCMP_A0(SCMP_CMP_LT, AF_INET, 0));
    for (scmp_datum_t family = AF_INET + 1; family < AF_INET6; family++)
        refuse(c, SCMP_SYS(socket), SCMP_A0(SCMP_CMP_EQ, family, 0));
    refuse(c, SCMP_SYS(socket), SCMP_A0(SCMP_CMP_GT, AF_INET6, 0));
    for (scmp_datum_t type = 0; type <= types; type++)
        if (type != SOCK_STREAM)
            refuse(c, SCMP_SYS(socket),
                   SCMP_A1(SCMP_CMP_MASKED_EQ, types, type));
    refuse(c, SCMP_SYS(socket), SCMP_A2(SCMP_CMP_GT, IPPROTO_TCP, 0));
}

/* A server of TCP waits for others: it begins no connection and sends no
 * datagram, to whatever address. A lab without a server has no sockets. */
static void refuse_network(scmp_filter_ctx c, int network)
{
    const scmp_datum_t fast = MSG_FASTOPEN; /* sends before it connects */

    or_exit(seccomp_rule_add(c, SCMP_ACT_TRAP, SCMP_SYS(connect), 0));
    refuse(c, SCMP_SYS(sendto), SCMP_A3(SCMP_CMP_MASKED_EQ, fast, fast));
    refuse(c, SCMP_SYS(sendmsg), SCMP_A2(SCMP_CMP_MASKED_EQ, fast, fast));
    refuse(c, SCMP_SYS(sendmmsg), SCMP_A3(SCMP_CMP_MASKED_EQ, fast, fast));
    if (network)
        refuse_other_sockets(c);
    else
        or_exit(seccomp_rule_add(c, SCMP_ACT_TRAP, SCMP_SYS(socket), 0));
}

static void refuse_calls(int sanitized, int network)
{
    scmp_filter_ctx c = seccomp_init(SCMP_ACT_ALLOW);

    if (!c)
        _exit(119);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        or_exit(seccomp_rule_add(c, SCMP_ACT_TRAP, refused[i], 0));
    if (!sanitized) /* LeakSanitizer stops and reads its own threads */
        or_exit(seccomp_rule_add(c, SCMP_ACT_TRAP, SCMP_SYS(ptrace), 0));
    refuse_processes(c);
    refuse_signals(c);
    refuse_network(c, network);
    or_exit(seccomp_load(c));
    seccomp_release(c);
}

void fence_raise(int sanitized, int network)
{
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2] = {{0}};

    or_exit((int)syscall(SYS_capset, &head, none));
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE,
          network ? FENCE_SERVER_DESCRIPTORS : FENCE_DESCRIPTORS);
    limit(RLIMIT_NPROC, network ? FENCE_SERVER_THREADS : FENCE_THREADS);
    limit(RLIMIT_FSIZE, FENCE_OUTPUT_BYTES);
    if (!sanitized) /* they reserve terabytes that they never touch */
        limit(RLIMIT_AS,
              network ? FENCE_SERVER_MEMORY_BYTES : FENCE_MEMORY_BYTES);
    or_exit(prctl(PR_SET_DUMPABLE, 1)); /* else /proc/self is another's */
    refuse_calls(sanitized, network);
}
