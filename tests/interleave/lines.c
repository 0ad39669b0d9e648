/* SPDX-License-Identifier: MIT
 *
 * lines.c - from an address in the program to a line of its source
 *
 * elfutils' libdw reads the debugging information.
 */
#include "state.h"
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <unistd.h>

static Dwarf *program(void)
{
    static Dwarf *dwarf;
    static bool tried;
    if (tried)
        return dwarf;
    tried = true;
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (fd >= 0)
        dwarf = dwarf_begin(fd, DWARF_C_READ); /* needs fd from now on */
    return dwarf;
}

/* The compiled file that the address lies in. clang writes no table of them
 * (.debug_aranges), so each is asked. */
static Dwarf_Die *unit_of(Dwarf_Addr pc, Dwarf_Die *unit)
{
    Dwarf_Off at = 0, next;
    size_t head;
    while (dwarf_nextcu(program(), at, &next, &head, NULL, NULL, NULL) == 0) {
        if (dwarf_offdie(program(), at + head, unit) &&
            dwarf_haspc(unit, pc) > 0)
            return unit;
        at = next;
    }
    return NULL;
}

bool il_source(uintptr_t pc, const char **path, int *line)
{
    Dwarf_Die unit;
    if (!program() || !unit_of(pc, &unit))
        return false;
    Dwarf_Line *record = dwarf_getsrc_die(&unit, pc);
    *path = dwarf_linesrc(record, NULL, NULL);
    return *path && dwarf_lineno(record, line) == 0 && *line > 0;
}
