/* SPDX-License-Identifier: MIT
 *
 * elf.h - the program's own file, as bytes
 */
#ifndef IL_ELF_H
#define IL_ELF_H

#include <stddef.h>

struct il_bytes {
    const unsigned char *start, *end;
};

/* A section of the running program by name; empty when there is none. */
struct il_bytes il_section(const char *name);

#endif
