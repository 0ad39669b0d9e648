#!/bin/sh
# SPDX-License-Identifier: MIT
#
# check.sh - does every page of a rendered deck fit?
#
#     slides/check.sh BARE.html
#
# BARE.html is what Marp makes with --template bare: all pages below each
# other. Exit: 0 all fit, and the number of pages is printed; 1 a page does
# not, and which and what is said; 2 it could not be looked at.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
    cat "$1"
    echo '<script>'
    cat "${0%/*}/overflow.js"
    echo '</script>'
} >"$work/page.html"
timeout 60 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars \
    --user-data-dir="$work/profile" --window-size=1280,720 \
    --virtual-time-budget=10000 --dump-dom "file://$work/page.html" \
    >"$work/dom" 2>"$work/said" || {
    cat "$work/said" >&2
    echo "check.sh: Chromium cannot show $1" >&2
    exit 2
}
awk '/<title>/ { sub(/.*<title>/, ""); on = 1 }
    on { end = sub(/<\/title>.*/, ""); print; if (end) exit }' \
    "$work/dom" >"$work/title"
grep -q '^pages [1-9]' "$work/title" || {
    echo "check.sh: $1 shows no pages" >&2
    exit 2
}
if [ "$(wc -l <"$work/title")" -gt 1 ]; then
    sed 1d "$work/title" >&2
    exit 1
fi
cut -d ' ' -f 2 "$work/title"
