/* SPDX-License-Identifier: MIT
 *
 * symbols.c - the variable that an address lies in
 *
 * The program is linked at fixed addresses, so those in the file are those in
 * memory.
 */
#include "state.h"
#include <elf.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct bytes {
    const unsigned char *start, *end;
};

static const unsigned char *file;
static size_t size;

static bool load(void)
{
    struct stat st;
    if (file)
        return true;
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    if (fstat(fd, &st) == 0 && st.st_size > (off_t)sizeof(Elf64_Ehdr)) {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p != MAP_FAILED) {
            file = p;
            size = (size_t)st.st_size;
        }
    }
    close(fd);
    return file != NULL;
}

/* A section by name; empty when there is none. */
static struct bytes section(const char *name)
{
    struct bytes none = {NULL, NULL};
    if (!load())
        return none;
    const Elf64_Ehdr *h = (const void *)file;
    const Elf64_Shdr *s = (const void *)(file + h->e_shoff);
    const char *names = (const char *)file + s[h->e_shstrndx].sh_offset;
    for (int i = 0; i < h->e_shnum; i++)
        if (!strcmp(names + s[i].sh_name, name) &&
            s[i].sh_offset + s[i].sh_size <= size)
            return (struct bytes){file + s[i].sh_offset,
                                  file + s[i].sh_offset + s[i].sh_size};
    return none;
}

const char *il_symbol(uintptr_t addr, size_t *offset)
{
    struct bytes table = section(".symtab");
    struct bytes names = section(".strtab");
    const Elf64_Sym *s = (const void *)table.start;
    if (!table.start || !names.start)
        return NULL;
    for (; (const unsigned char *)(s + 1) <= table.end; s++)
        if (ELF64_ST_TYPE(s->st_info) == STT_OBJECT && s->st_size > 0 &&
            addr - s->st_value < s->st_size) {
            *offset = addr - s->st_value;
            return (const char *)names.start + s->st_name;
        }
    return NULL;
}
