#!/bin/sh
# SPDX-License-Identifier: MIT
#
# inspect.t - the object gate: what a submission may not be made of
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world

# with TEXT: grades the solution with TEXT before its counter.c
with() {
    cat - "$root/solutions/01-counter/counter.c" >"$s/counter.c"
    grade "$s" --lab 01 --json "$t/r.json" --cc "$cc" --test inc_adds_1
}

# refused SENTENCE: 0 points, the sentence is shown and is why the test failed
refused() {
    exited 0 && [ "$(score "$t/r.json")" = 0 ] && out_says "$1" &&
        field_is "$t/r.json" inc_adds_1 status '"failed"' &&
        grep -qF "$(printf %s "$1" | sed 's/\\/\\\\/g')" "$t/r.json"
}
passes() { exited 0 && field_is "$t/r.json" inc_adds_1 status '"passed"'; }

starts='it has code that runs when it is loaded or unloaded'

# refuse WHAT SENTENCE...: standard input, put before a solution, is refused
# with the sentences. With gcc each by itself; with clang all at once, since
# the gate names all that it finds.
refuse() {
    title=$1
    shift
    cat >"$t/piece"
    cat "$t/piece" >>"$t/all"
    with <"$t/piece"
    for sentence; do
        check "gcc: $title" refused "$sentence"
        printf '%s\n%s\n' "$title" "$sentence" >>"$t/sentences"
    done
}

submission one
cc=gcc

refuse 'functions that the lab does not allow' \
    "it uses \`puts\`, which lab 01-counter does not allow" \
    'does not allow (the compiler makes it of `printf`)' \
    'what it may use stands in tests/suites/01-counter/manifest' \
    "it uses \`getenv\`, which lab 01-counter does not allow" <<'EOF'
#include <stdio.h>
#include <stdlib.h>
int met_a(void)
{
    printf("x\n");
    return getenv("HOME") != NULL;
}
EOF
refuse 'a variable of the C library' "it uses \`environ\`" <<'EOF'
extern char **environ;
char *met_b(void) { return environ[0]; }
EOF
refuse 'a constructor' "$starts (section .init_array)" <<'EOF'
static volatile int ran;
__attribute__((constructor)) static void early(void) { ran = 1; }
EOF
refuse 'a destructor' "$starts (section .fini_array)" <<'EOF'
static volatile int ended;
__attribute__((destructor)) static void late(void) { ended = 1; }
EOF
refuse 'a constructor by its section' "$starts" <<'EOF'
static void by_section(void) {}
__attribute__((section(".init_array.00100"), used))
static void (*pointer)(void) = by_section;
EOF
refuse "the linker's own start function" "$starts" <<'EOF'
void _init(void) {}
EOF
refuse 'an indirect function' \
    'met_chosen is an indirect function: its resolver would run' <<'EOF'
static int one(void) { return 1; }
static int (*choose(void))(void) { return one; }
int met_chosen(void) __attribute__((ifunc("choose")));
EOF
# shellcheck disable=SC2016  # the assembler's dollar
for instruction in syscall sysenter 'int $0x80'; do
    word=${instruction%% *}
    printf 'void met_%s(void) { __asm__ volatile("%s"); }\n' "$word" \
        "$instruction" >"$t/asm"
    refuse "the instruction $word" \
        "it contains the instruction \`$word\`: system calls go" <"$t/asm"
done
refuse 'a system call in a section of its own' \
    "it contains the instruction \`syscall\`" <<'EOF'
__asm__(".section .aside,\"ax\",@progbits\nsyscall\n.text\n");
EOF
refuse 'memory that is written and executed' \
    'section .both can be written and executed' <<'EOF'
__asm__(".section .both,\"awx\",@progbits\n.byte 0xc3\n.text\n");
EOF
refuse 'names that are visible outside' \
    "\`helper\` is visible outside of its file: make it static" \
    "\`count_of_calls\` is visible outside of its file: make it static" <<'EOF'
int helper(int a) { return a; }
int count_of_calls;
EOF
refuse 'a main of its own' "\`main\` is visible outside" <<'EOF'
int main(void) { return 0; }
EOF
refuse 'a strcmp of its own' "\`strcmp\` is visible outside" <<'EOF'
int strcmp(const char *a, const char *b) { (void)a; (void)b; return 0; }
EOF
refuse "the grader's own malloc" "\`__wrap_malloc\` is visible outside" <<'EOF'
void *__wrap_malloc(unsigned long n) { (void)n; return 0; }
EOF
refuse 'a Criterion test of its own' \
    'it has Criterion tests of its own (section cr_tst)' <<'EOF'
static int test;
__attribute__((section("cr_tst"), used)) static int *tests = &test;
EOF
refuse "a sanitizer's function of its own" \
    "\`__tsan_read8\` is visible outside" <<'EOF'
void __tsan_read8(void *p) { (void)p; }
EOF

cc=clang
if can_use clang; then
    with <"$t/all"
    while read -r what && read -r sentence; do
        check "clang: $what" refused "$sentence"
    done <"$t/sentences"
else
    skip 'clang' 'no drivers of clang: make build CC=clang'
fi

# ---- what a student may do ----

for cc in gcc clang; do
    if ! can_use $cc; then
        skip "$cc" "no drivers of $cc: make build CC=$cc"
        continue
    fi
    with </dev/null
    check "$cc: the solution passes" passes
    with <<'EOF'
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
static _Thread_local long mine[64];
__attribute__((visibility("hidden"))) int shared_by_my_files(int a)
{
    static const char *const words[] = {"syscall", "int", "svc"};
    char text[100];
    memset(text, a, sizeof text);
    switch (a) {
    case 0: return 205; /* bytes of `int` and `syscall` as numbers */
    case 1: return 0x050f80cd;
    default: mine[a & 63]++; return words[a % 3][0] + text[a % 100];
    }
}
int met_helper(int a) { return shared_by_my_files(a); }
static int strcmp_of_mine(const char *a, const char *b) { return *a - *b; }
int met_other(const char *a)
{
    return strcmp_of_mine(a, "") + (int)pthread_self();
}
EOF
    check "$cc: hidden helpers, thread-local data and tables pass" passes
done

# ---- what no C file of a student can make, given to the gate itself ----

cat >"$t/gate.c" <<'EOF'
/* gate FILE: what the gate says of an object */
#include "grader/inspect.h"

#include <fcntl.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    static struct lab lab = {.name = "01-counter"};
    char text[4096];
    int fd = open(argv[argc - 1], O_RDONLY);
    bool open = argc == 2 ? inspect_object(fd, &lab, text, sizeof text)
                          : inspect_sanitized(fd, text, sizeof text);

    fputs(text, stdout);
    return open ? 0 : 1;
}
EOF
build_gate() {
    gcc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -I"$root/tests" \
        -o "$t/gate" "$t/gate.c" "$root/tests/grader/inspect.c" -lelf -lcapstone
}
check 'the gate can be built by itself' build_gate
gate() {
    "$t/gate" "$@" >"$t/out" 2>"$t/err"
    status=$?
}
shared() { gcc -shared -fPIC -nostartfiles -o "$t/x.so" -x c - "$@"; }
closed() { exited 1 && out_says "$1"; }

echo 'int met_a(void) { return 1; }' | shared
gate "$t/x.so"
check 'a plain object passes the gate' exited 0
echo 'int met_a(void) { return 1; }' | shared -Wl,--no-as-needed -lelf
gate "$t/x.so"
check 'another library' closed 'it is linked with another library: libelf.so.1'
echo 'void met_start(void) {}' | shared -Wl,-init,met_start
gate "$t/x.so"
check 'an init function of the linker' closed "$starts"
echo 'int met_a(void) { return 1; }' | shared
strip -o "$t/stripped.so" "$t/x.so"
gate "$t/stripped.so"
check 'an object without a symbol table is still read' exited 0
echo 'int helper(void) { return 1; }' | shared
strip -o "$t/stripped.so" "$t/x.so"
gate "$t/stripped.so"
check 'and its names are still seen' closed "\`helper\` is visible outside"
head -c 500 "$t/x.so" >"$t/short.so"
gate "$t/short.so"
check 'half an object' closed 'it is no object that can be read'
echo text >"$t/text.so"
gate "$t/text.so"
check 'no object' closed 'it is no object that can be read'
: >"$t/empty.so"
gate "$t/empty.so"
check 'nothing' closed 'it is no object that can be read'
echo 'void __asan_report_load8(void *p) { (void)p; }' | shared
gate sanitized "$t/x.so"
check "a definition of a sanitizer's function" closed \
    "it defines the sanitizer's own \`__asan_report_load8\`"
echo 'void __asan_init(void); int met_a(void) { __asan_init(); return 1; }' |
    shared
gate sanitized "$t/x.so"
check "a call of a sanitizer's function is what the compiler makes" exited 0

check_nothing_left 'nothing is left behind'
finish
