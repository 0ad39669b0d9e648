#!/bin/sh
# SPDX-License-Identifier: MIT
#
# handout.sh - the archive that students get
#
#     solutions/handout.sh VERSION OUT
#
# Makes OUT/abacus-VERSION.tar.gz of the files that handout.list names, of
# handout.md as its README.md, and of the Makefile without its regions
#
#     # ---- <teacher> ...
#     # ---- </teacher>
#
# The same files give the same bytes. Run from the top folder, by `make
# handout`.
set -eu

version=$1
out=$2
name=abacus-$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
stage=$work/$name

die() {
    echo "handout: $*" >&2
    exit 3
}

mkdir "$stage"
grep -v '^#' solutions/handout.list >"$work/patterns"
while read -r pattern; do
    # shellcheck disable=SC2086  # a pattern stands for many
    set -- $pattern
    [ -e "$1" ] || die "handout.list: nothing is called $pattern"
    files=
    for file; do
        [ -d "$file" ] || files="$files $file"
    done
    # shellcheck disable=SC2086  # a word a file
    [ -z "$files" ] || cp --parents $files "$stage"
done <"$work/patterns"
cp solutions/handout.md "$stage/README.md"
awk '/^# ---- <teacher>/ { if (out) exit 1; out = 1 }
    !out { print }
    /^# ---- <\/teacher>/ { if (!out) exit 1; out = 0 }
    END { if (out) exit 1 }' Makefile >"$stage/Makefile" ||
    die 'Makefile: its <teacher> regions do not match'

mkdir -p "$out"
LC_ALL=C tar -C "$work" --sort=name --format=ustar --owner=0 --group=0 \
    --numeric-owner --mode='u=rwX,go=rX' --mtime='2026-01-01 00:00:00Z' \
    -cf "$work/$name.tar" "$name"
gzip -9n "$work/$name.tar"
mv "$work/$name.tar.gz" "$out/$name.tar.gz"
echo "  $out/$name.tar.gz: $(tar -tzf "$out/$name.tar.gz" | grep -vc '/$') files"
