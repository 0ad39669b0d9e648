/* SPDX-License-Identifier: MIT
 *
 * fibre.c - threads of the program under test are fibres on one real thread
 *
 * A fibre has its own stack and, when the program has thread-local variables,
 * its own thread-local storage. On x86-64 the C compiler reaches that through
 * the register fs, which points at the end of the block; so a switch changes
 * the stack pointer and, if need be, fs.
 *
 * A block is made as the dynamic linker makes one: below fs the variables of
 * the program (from their image in the file) and of the C library (copied from
 * the main thread as they stand: locale, errno), above fs the C library's
 * description of the thread, copied too.
 */
#include "state.h"
#include <asm/prctl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { STACK = 256 * 1024, DESCRIPTION = 2304, GUARD = 4096 };

static struct {
    const char *image;
    size_t file, memory;
    char *low, *own, *fs; /* of the main thread */
    bool used, fast;
} tls;

/* Pushes what a function must keep, stores the stack pointer in *from, takes
 * the other stack and pops. */
void il_swap(void **from, void *to);
__asm__(".text\n"
        ".globl il_swap\n"
        ".type il_swap,@function\n"
        "il_swap:\n"
        "    push %rbp\n"
        "    push %rbx\n"
        "    push %r12\n"
        "    push %r13\n"
        "    push %r14\n"
        "    push %r15\n"
        "    mov %rsp,(%rdi)\n"
        "    mov %rsi,%rsp\n"
        "    pop %r15\n"
        "    pop %r14\n"
        "    pop %r13\n"
        "    pop %r12\n"
        "    pop %rbx\n"
        "    pop %rbp\n"
        "    ret\n"
        ".size il_swap,.-il_swap\n");

static void set_fs(char *fs)
{
    if (!tls.used)
        return;
    if (tls.fast)
        __asm__ volatile("wrfsbase %0" ::"r"(fs) : "memory");
    else
        syscall(SYS_arch_prctl, ARCH_SET_FS, fs);
}

/* The first object is the program itself; every object with thread-local
 * storage has its block below fs. */
static int look_at(struct dl_phdr_info *info, size_t size, void *first)
{
    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        if (p->p_type != PT_TLS || !info->dlpi_tls_data)
            continue;
        char *block = info->dlpi_tls_data;
        if (!tls.low || block < tls.low)
            tls.low = block;
        if (*(bool *)first) {
            tls.image = (const char *)(info->dlpi_addr + p->p_vaddr);
            tls.file = p->p_filesz;
            tls.memory = p->p_memsz;
            tls.own = block;
            tls.used = p->p_memsz > 0;
        }
    }
    *(bool *)first = false;
    return 0;
}

static void *map(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) {
        fprintf(stderr, "interleave: no memory for the threads' stacks\n");
        exit(2);
    }
    return p;
}

static char *new_tls(void)
{
    size_t below = (size_t)(tls.fs - tls.low);
    size_t pad = (4096 - below % 4096) % 4096;
    char *m = map(below + pad + DESCRIPTION);
    /* the main thread's fs is aligned to 64; keep that */
    char *fs = m + pad + below;
    memcpy(fs - below, tls.low, below);
    memcpy(fs, tls.fs, DESCRIPTION);
    ((void **)fs)[0] = fs; /* the block points at itself, twice */
    ((void **)fs)[2] = fs;
    return fs;
}

void il_fibres_init(void)
{
    bool first = true;
    syscall(SYS_arch_prctl, ARCH_GET_FS, &tls.fs);
    tls.fast = getauxval(AT_HWCAP2) & 2;
    dl_iterate_phdr(look_at, &first);
    for (int i = 0; i < THREADS; i++) {
        struct thread *t = &il_w.threads[i];
        char *m = map(STACK + GUARD);
        mprotect(m, GUARD, PROT_NONE);
        t->stack = m + GUARD;
        t->tls = tls.used ? new_tls() : NULL;
    }
}

void il_fibre_make(struct thread *t, void (*entry)(void))
{
    uintptr_t *sp = (uintptr_t *)(t->stack + STACK);
    *--sp = 0; /* entry() does not return; keeps the stack aligned */
    *--sp = (uintptr_t)entry;
    for (int i = 0; i < 6; i++)
        *--sp = 0;
    t->sp = sp;
    if (tls.used) {
        char *own = t->tls - (tls.fs - tls.own);
        memcpy(own, tls.image, tls.file);
        memset(own + tls.file, 0, tls.memory - tls.file);
    }
}

void il_fibre_enter(int thread)
{
    il_w.cur = thread;
    set_fs(ME->tls);
    il_swap(&il_w.home, ME->sp);
}

void il_fibre_switch(int thread)
{
    struct thread *old = ME;
    il_w.cur = thread;
    set_fs(ME->tls);
    il_swap(&old->sp, ME->sp);
}

void il_fibre_leave(void)
{
    void *lost;
    set_fs(tls.fs);
    il_swap(&lost, il_w.home);
    __builtin_unreachable();
}
