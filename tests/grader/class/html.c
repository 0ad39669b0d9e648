/* SPDX-License-Identifier: MIT
 *
 * html.c - pages of one file each; what others wrote is only ever text in them
 */
#include "html.h"

#include <string.h>

static const char style[] =
    "body{font:16px/1.45 system-ui,sans-serif;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem;color:#1a1a1a;background:#fff}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}"
    "table{border-collapse:collapse;width:100%;font-size:.92rem}"
    "td,th{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #ddd;"
    "vertical-align:top}.n{text-align:right;white-space:nowrap}"
    "pre{background:#f4f4f4;padding:.6rem;overflow-x:auto;font-size:.85rem}"
    "dt{font-weight:600;margin-top:.4rem}dd{margin:0 0 0 1rem;"
    "white-space:pre-wrap;overflow-wrap:anywhere}"
    "blockquote{margin:.3rem 0;padding-left:.8rem;border-left:3px solid #bbb}"
    ".failed,.refused{color:#a40000}.passed,.graded{color:#1a6b1a}"
    ".bar{display:inline-block;height:.7rem;background:#a40000}"
    ".rest{display:inline-block;height:.7rem;background:#9c9}"
    "code{background:#f4f4f4;padding:0 .2rem}";

void html_begin(FILE *f, const char *title)
{
    fprintf(f,
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            "<meta http-equiv=\"Content-Security-Policy\" content=\""
            "default-src 'none'; style-src 'unsafe-inline'\">"
            "<meta name=\"viewport\" content=\"width=device-width\"><title>");
    html_text(f, title);
    fprintf(f, "</title><style>%s</style></head><body>\n", style);
    html_element(f, "h1", "", title);
}

void html_end(FILE *f)
{
    fputs("</body></html>\n", f);
}

void html_text(FILE *f, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&': fputs("&amp;", f); break;
        case '<': fputs("&lt;", f); break;
        case '>': fputs("&gt;", f); break;
        case '"': fputs("&quot;", f); break;
        case '\'': fputs("&#39;", f); break;
        default: fputc(*text, f);
        }
    }
}

void html_element(FILE *f, const char *element, const char *class,
                  const char *text)
{
    if (*text == '\0')
        return;
    fprintf(f, *class ? "<%s class=\"%s\">" : "<%s>", element, class);
    html_text(f, text);
    fprintf(f, "</%s>\n", element);
}

void html_file_name(char name[800], const char *text)
{
    size_t n = 0;

    for (; *text && n < 780; text++) {
        unsigned char c = (unsigned char)*text;
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
            (c >= 'A' && c <= 'Z') || c == '-' || c == '_')
            name[n++] = (char)c;
        else
            n += (size_t)sprintf(name + n, "=%02x", c);
    }
    name[n] = '\0';
}
