#!/bin/sh
# SPDX-License-Identifier: MIT
#
# specimen.sh tests/mutants/NN-name/NAME.c|.patch - print what is handed in
#
# A patch changes the lab's solution, as a student would have it in the end. The
# head of each names the file that it stands for. From any folder; needs patch(1).
set -eu
root=$(cd "${0%/*}/../../.." && pwd)
case $1 in
*.patch) ;;
*) exec cat "$1" ;;
esac
lab=$(basename "$(dirname "$1")")
file=$(sed -n 's/^# file: *//p' "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
awk -f "$root/solutions/cut.awk" -v keep=solution \
    "$root/solutions/$lab/$file" >"$work/$file"
# A patch whose lines have gone is no mutant any more: patch(1) says so.
patch -s -f -F 1 -r - "$work/$file" "$1" >&2
cat "$work/$file"
