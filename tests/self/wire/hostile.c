/* SPDX-License-Identifier: MIT
 *
 * hostile.c - what a driver may do and how the failed test says it
 *
 * Every test here fails. Its sentence is a pattern, as of fnmatch(3), for what
 * the verdict must say; verdicts.c compares. Between any two of these tests
 * others run: that they pass shows that nothing is left of a misbehaviour.
 */
#include "judge/judge.h"

#include <poll.h>
#include <sys/socket.h>

#define SUITE hostile

#define DEED(how, says)                                 \
    GRADED(how, 1, says)                                \
    {                                                   \
        EXPECT_STR(met_probe_echo("before"), "before"); \
        met_probe_misbehave(#how);                      \
        EXPECT_STR(met_probe_echo("after"), "after");   \
    }
#define IN " in met_probe_misbehave (call 2)"

DEED(crash, "crashed: SIGSEGV, uses a null pointer," IN ", probe.c:1002")
DEED(crash_in_library,
     "crashed: SIGSEGV, uses a null pointer," IN ", probe.c:1102")
DEED(crash_in_thread,
     "crashed: SIGSEGV, uses a null pointer," IN ", probe.c:1002")
DEED(run_out_of_stack, "crashed: SIGSEGV," IN ", probe.c:120[0-9]")
DEED(hang, "hung: no answer," IN ", probe.c:1302")
DEED(hang_deaf, "hung: no answer," IN)
DEED(stop, "stopped itself: SIGSTOP," IN)
DEED(end_main_thread, "*," IN)
DEED(close_all, "closed the connection to the test," IN)
DEED(flood, "wrote more output than a test may (1 MiB)," IN)
DEED(fork_often,
     "made a system call that is not allowed: clone," IN ", probe.c:[0-9]*")
DEED(run_program,
     "made a system call that is not allowed: execve," IN ", probe.c:[0-9]*")
DEED(kill_parent,
     "made a system call that is not allowed: kill," IN ", probe.c:[0-9]*")
DEED(kill_all,
     "made a system call that is not allowed: kill," IN ", probe.c:[0-9]*")
DEED(exit_0, "called exit(0)," IN)
DEED(quit_0, "called exit(0)," IN)
DEED(give_up, "crashed: SIGABRT," IN ", probe.c:[0-9]*")
DEED(divide, "crashed: SIGFPE," IN ", probe.c:[0-9]*")
DEED(talk_garbage, "answered with bytes that are no answer," IN)
DEED(answer_twice,
     "answered with bytes that are no answer, in met_probe_echo (call 3)")
DEED(eat_memory, "crashed: SIGABRT," IN ", probe.c:[0-9]*")
DEED(hide_memory, "made a system call that is not allowed: memfd_create," IN
                  ", probe.c:[0-9]*")
DEED(connect_outwards,
     "made a system call that is not allowed: connect," IN ", probe.c:[0-9]*")
DEED(send_outwards,
     "made a system call that is not allowed: sendto," IN ", probe.c:[0-9]*")
DEED(send_datagram,
     "made a system call that is not allowed: socket," IN ", probe.c:[0-9]*")
DEED(open_unix_socket,
     "made a system call that is not allowed: socket," IN ", probe.c:[0-9]*")

GRADED(write_past_the_end, 1,
       "crashed: SIGSEGV, goes past the end of what the call was given, in "
       "met_probe_fill (call 1), probe.c:[0-9]*")
{
    char b[8];

    met_probe_fill(b, sizeof b, 9, '-');
}

GRADED(a_missing_function, 1, "the function met_probe_absent is missing")
{
    met_probe_absent(1);
}

GRADED(a_wrong_value, 1, "-7")
{
    EXPECT_LONG(met_probe_length(NULL) - 6, -1);
}

/* ---- a submission that serves ---- */

static int first_byte_back(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    char c;

    if (poll(&p, 1, 10000) != 1)
        client_late("an answer", "no answer");
    return recv(fd, &c, 1, 0) == 1 ? c : -1;
}

GRADED(die_while_a_client_waits, 1,
       "crashed: SIGABRT, in a request (call 2), probe.c:[0-9]*")
{
    int fd = connect_to(met_probe_serve());

    send(fd, "X", 1, MSG_NOSIGNAL);
    if (first_byte_back(fd) < 0)
        client_lost();
}

GRADED(let_a_client_wait, 1, "hung: no answer")
{
    int fd = connect_to(met_probe_serve());
    struct pollfd p = {.fd = fd, .events = POLLIN};

    if (poll(&p, 1, 100) == 0)
        client_late("an answer", "no answer");
}
