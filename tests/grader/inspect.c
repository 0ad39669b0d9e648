/* SPDX-License-Identifier: MIT
 *
 * inspect.c - the object gate
 */
#include "inspect.h"

#include <capstone/capstone.h>
#include <gelf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct gate {
    Elf *elf;
    const struct lab *lab;
    char *text;
    size_t size;
    bool closed;
    bool imports; /* what is not allowed */
    bool named;   /* it has the table of names that it shows and uses */
};

static void find(struct gate *g, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void find(struct gate *g, const char *format, ...)
{
    size_t n = strlen(g->text);
    va_list list;

    g->closed = true;
    if (n + 2 >= g->size)
        return;
    va_start(list, format);
    vsnprintf(g->text + n, g->size - n - 1, format, list);
    va_end(list);
    strcat(g->text, "\n");
}

/* ---- names ---- */

static bool one_of(const char *name, const char *const list[])
{
    for (; *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

/* What the compiler and the linker themselves put in. */
static bool is_toolchain(const char *name)
{
    static const char *const names[] = {"__stack_chk_fail",
                                        "__tls_get_addr",
                                        "_ITM_deregisterTMCloneTable",
                                        "_ITM_registerTMCloneTable",
                                        "__cxa_finalize",
                                        "__gmon_start__",
                                        "_GLOBAL_OFFSET_TABLE_",
                                        "_DYNAMIC",
                                        "_init",
                                        "_fini",
                                        "_edata",
                                        "_end",
                                        "__bss_start",
                                        NULL};
    return one_of(name, names);
}

static bool is_import(const struct lab *lab, const char *name)
{
    if (strncmp(name, "__wrap_", 7) == 0) /* --wrap put this before malloc */
        name += 7;
    for (size_t i = 0; i < lab->import_count; i++)
        if (strcmp(lab->imports[i], name) == 0)
            return true;
    return false;
}

/* What the student wrote, where the compiler made another name of it. */
static const char *written_as(const char *name)
{
    static const char *const names[][2] = {
        {"puts", "printf"},          {"putchar", "printf"},
        {"__printf_chk", "printf"},  {"fwrite", "fprintf"},
        {"fputc", "fprintf"},        {"__fprintf_chk", "fprintf"},
        {"__assert_fail", "assert"}, {"__errno_location", "errno"}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i][0]) == 0)
            return names[i][1];
    return NULL;
}

static void find_import(struct gate *g, const char *name)
{
    const char *as = written_as(name);

    if (as)
        find(g,
             "it uses `%s`, which lab %s does not allow (the compiler makes it "
             "of `%s`)",
             name, g->lab->name, as);
    else
        find(g, "it uses `%s`, which lab %s does not allow", name,
             g->lab->name);
    g->imports = true;
}

static void check_symbol(struct gate *g, const GElf_Sym *s, const char *found)
{
    char name[200]; /* without "@GLIBC_2.34", which one of the tables adds */
    bool local = GELF_ST_BIND(s->st_info) == STB_LOCAL;

    snprintf(name, sizeof name, "%.*s", (int)strcspn(found, "@"), found);
    if (GELF_ST_TYPE(s->st_info) == STT_GNU_IFUNC)
        find(g,
             "%s is an indirect function: its resolver would run when the "
             "object is loaded",
             name);
    if (!*name || local || is_toolchain(name))
        return;
    if (s->st_shndx == SHN_UNDEF) {
        if (strncmp(name, "met_", 4) != 0 && !is_import(g->lab, name))
            find_import(g, name);
    } else if (strncmp(name, "met_", 4) != 0) {
        find(g, "`%s` is visible outside of its file: make it static", name);
    }
}

static void check_symbols(struct gate *g, Elf_Scn *section,
                          const GElf_Shdr *head)
{
    Elf_Data *data = elf_getdata(section, NULL);
    GElf_Sym s;

    for (int i = 0; data && gelf_getsym(data, i, &s); i++) {
        const char *name = elf_strptr(g->elf, head->sh_link, s.st_name);
        check_symbol(g, &s, name ? name : "");
    }
}

/* ---- machine code ---- */

static bool enters_kernel(const cs_insn *i)
{
    return strncmp(i->mnemonic, "syscall", 7) == 0 ||
           strncmp(i->mnemonic, "sysenter", 8) == 0 ||
           strncmp(i->mnemonic, "svc", 3) == 0 ||
           strncmp(i->mnemonic, "int", 3) == 0;
}

static bool open_disassembler(csh *h)
{
#if defined(__aarch64__)
    return cs_open(CS_ARCH_ARM64, CS_MODE_ARM, h) == CS_ERR_OK;
#else
    return cs_open(CS_ARCH_X86, CS_MODE_64, h) == CS_ERR_OK;
#endif
}

/* Linear: an instruction hidden in the middle of another one is not seen. It
 * would still meet the driver's fence. */
static void check_code(struct gate *g, Elf_Scn *section, const GElf_Shdr *head)
{
    Elf_Data *data = elf_getdata(section, NULL);
    csh h;

    if (!data || !data->d_buf || !open_disassembler(&h))
        return;
    cs_option(h, CS_OPT_SKIPDATA, CS_OPT_ON);
    const uint8_t *code = data->d_buf;
    size_t left = data->d_size;
    uint64_t address = head->sh_addr;
    cs_insn *i = cs_malloc(h);
    while (i && cs_disasm_iter(h, &code, &left, &address, i))
        if (enters_kernel(i))
            find(g,
                 "it contains the instruction `%s`: system calls go through "
                 "the C library",
                 i->mnemonic);
    cs_free(i, 1);
    cs_close(&h);
}

/* ---- sections ---- */

static void check_section(struct gate *g, Elf_Scn *section,
                          const GElf_Shdr *head, const char *name)
{
    static const char *const starts[] = {
        ".init_array", ".preinit_array", ".fini_array", ".ctors",
        ".dtors",      ".init",          ".fini",       NULL};
    bool writes = head->sh_flags & SHF_WRITE;
    bool runs = head->sh_flags & SHF_EXECINSTR;

    if (one_of(name, starts) && head->sh_size > 0)
        find(g,
             "it has code that runs when it is loaded or unloaded "
             "(section %s): constructors are not allowed",
             name);
    if (strncmp(name, "cr_", 3) == 0)
        find(g, "it has Criterion tests of its own (section %s)", name);
    if (writes && runs)
        find(g, "section %s can be written and executed", name);
    if (runs)
        check_code(g, section, head);
    g->named |= head->sh_type == SHT_DYNSYM;
    if (head->sh_type == SHT_SYMTAB || head->sh_type == SHT_DYNSYM)
        check_symbols(g, section, head);
}

/* "libdeflate.so.0" of the manifest's "deflate"? */
static bool is_linked(const struct lab *lab, const char *library)
{
    for (size_t i = 0; i < lab->link_count; i++) {
        size_t n = strlen(lab->links[i]);
        if (strncmp(library, "lib", 3) == 0 &&
            strncmp(library + 3, lab->links[i], n) == 0 &&
            strncmp(library + 3 + n, ".so", 3) == 0)
            return true;
    }
    return false;
}

static void check_dynamic(struct gate *g, Elf_Scn *section,
                          const GElf_Shdr *head)
{
    /* ld.so gives thread-local variables their places */
    static const char *const libraries[] = {"libc.so.6",
                                            "libm.so.6",
                                            "libpthread.so.0",
                                            "ld-linux-x86-64.so.2",
                                            "ld-linux-aarch64.so.1",
                                            NULL};
    Elf_Data *data = elf_getdata(section, NULL);
    GElf_Dyn d;

    for (int i = 0; data && gelf_getdyn(data, i, &d); i++) {
        const char *name = elf_strptr(g->elf, head->sh_link, d.d_un.d_val);
        if (d.d_tag == DT_NEEDED && name && !one_of(name, libraries) &&
            !is_linked(g->lab, name))
            find(g, "it is linked with another library: %s", name);
        if (d.d_tag == DT_INIT || d.d_tag == DT_FINI)
            find(g, "it has code that runs when it is loaded or unloaded");
    }
}

static bool open_gate(struct gate *g, int object)
{
    size_t names;

    *g->text = '\0';
    if (elf_version(EV_CURRENT) == EV_NONE)
        return false;
    lseek(object, 0, SEEK_SET);
    g->elf = elf_begin(object, ELF_C_READ, NULL);
    return g->elf && elf_kind(g->elf) == ELF_K_ELF &&
           elf_getshdrstrndx(g->elf, &names) == 0;
}

/* Symbols are in two tables: a name that both hold is told once. */
static void drop_repeats(char *text)
{
    char *out = text, *line = text;

    while (*line) {
        size_t n = strcspn(line, "\n") + 1;
        char keep = line[n - 1];
        line[n - 1] = '\0';
        bool repeats = false;
        for (char *p = text; p < out && !repeats; p += strcspn(p, "\n") + 1)
            repeats = strncmp(p, line, n - 1) == 0 && p[n - 1] == '\n';
        line[n - 1] = keep;
        if (!repeats) {
            memmove(out, line, n);
            out += n;
        }
        line += n;
    }
    *out = '\0';
}

bool inspect_object(int object, const struct lab *lab, char *text, size_t size)
{
    struct gate g = {.lab = lab, .text = text, .size = size};
    Elf_Scn *section = NULL;
    GElf_Shdr head;
    size_t names = 0;

    if (!open_gate(&g, object)) {
        find(&g, "it is no object that can be read");
        return false;
    }
    elf_getshdrstrndx(g.elf, &names);
    while ((section = elf_nextscn(g.elf, section))) {
        if (!gelf_getshdr(section, &head))
            continue;
        const char *name = elf_strptr(g.elf, names, head.sh_name);
        check_section(&g, section, &head, name ? name : "");
        if (head.sh_type == SHT_DYNAMIC)
            check_dynamic(&g, section, &head);
    }
    elf_end(g.elf);
    if (!g.named) /* without sections nothing above was looked at */
        find(&g, "it is no object that can be read");
    if (g.imports)
        find(&g,
             "what it may use stands in tests/suites/%s/manifest; to print "
             "while you search, there are `make run` and `make debug`",
             lab->name);
    drop_repeats(text);
    return !g.closed;
}

static bool is_sanitizer(const char *name)
{
    static const char *const starts[] = {"__asan_", "__lsan_", "__tsan_",
                                         "__ubsan_", "__sanitizer_"};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(name, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

bool inspect_sanitized(int object, char *text, size_t size)
{
    struct gate g = {.text = text, .size = size};
    Elf_Scn *section = NULL;
    GElf_Shdr head;
    GElf_Sym s;

    if (!open_gate(&g, object))
        return false;
    while ((section = elf_nextscn(g.elf, section))) {
        Elf_Data *data = elf_getdata(section, NULL);
        if (!gelf_getshdr(section, &head) || head.sh_type != SHT_DYNSYM)
            continue;
        for (int i = 0; data && gelf_getsym(data, i, &s); i++) {
            const char *name = elf_strptr(g.elf, head.sh_link, s.st_name);
            if (name && s.st_shndx != SHN_UNDEF && is_sanitizer(name))
                find(&g, "it defines the sanitizer's own `%s`", name);
        }
    }
    elf_end(g.elf);
    return !g.closed;
}
