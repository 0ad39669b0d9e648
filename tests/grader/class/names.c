/* SPDX-License-Identifier: MIT
 *
 * names.c - compares names as course systems change them for their archives
 */
#include "names.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

enum { NAME = 512 };

/* Letters and digits of the bytes [from, to), in lower case. */
static size_t add_letters(wchar_t out[NAME], size_t n, const char *from,
                          const char *to)
{
    mbstate_t state = {0};

    while (from < to && n < NAME - 1) {
        wchar_t c;
        size_t used = mbrtowc(&c, from, (size_t)(to - from), &state);
        if (used == 0 || used > (size_t)(to - from))
            break;
        from += used;
        if (iswalnum((wint_t)c))
            out[n++] = (wchar_t)towlower((wint_t)c);
    }
    out[n] = L'\0';
    return n;
}

/* The name as it is, when it has a comma; else with its last word first. */
static void sortable(wchar_t out[NAME], const char *name)
{
    const char *end = name + strlen(name);
    const char *last = strrchr(name, ' ');

    if (strchr(name, ',') || !last) {
        add_letters(out, 0, name, end);
        return;
    }
    add_letters(out, add_letters(out, 0, last, end), name, last);
}

static void as_it_is(wchar_t out[NAME], const char *name)
{
    add_letters(out, 0, name, name + strlen(name));
}

static bool same(const char *a, void (*change)(wchar_t[NAME], const char *),
                 const char *b)
{
    wchar_t x[NAME], y[NAME];
    static locale_t utf8;

    if (!utf8)
        utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;

    as_it_is(x, a);
    change(y, b);
    if (utf8)
        uselocale(before);
    return *x && wcscmp(x, y) == 0;
}

bool names_canvas(const char *in_archive, const char *name)
{
    return same(in_archive, sortable, name) || same(in_archive, as_it_is, name);
}

bool names_moodle(const char *in_archive, const char *name)
{
    return same(in_archive, as_it_is, name) || same(in_archive, sortable, name);
}
