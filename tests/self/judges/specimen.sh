#!/bin/sh
# SPDX-License-Identifier: MIT
#
# specimen.sh tests/mutants/NN-name/NAME.c|.patch... - print what is handed in
#
# A patch changes the lab's solution, as a student would have it in the end. The
# head of each names the file that it stands for. From any folder; needs patch(1).
# Of several, each is printed; one that is no patch of what it names does not
# stop the rest.
set -eu
root=$(cd "${0%/*}/../../.." && pwd)
work=
status=0
trap 'rm -rf ${work:+"$work"}' EXIT
trap 'exit 1' HUP INT TERM

# The file that a head names; no program is started for that.
file_of() {
    while read -r mark word name; do
        case $mark$word in
        '#file:') file=$name && return ;;
        '#'*) ;;
        *) break ;;
        esac
    done <"$1"
    echo "$1: no line \"file:\" in its head" >&2
    return 1
}

# A patch whose lines have gone is no mutant any more: patch(1) says so.
patched() {
    file_of "$1" || return 1
    lab=${1%/*}
    lab=${lab##*/}
    [ -n "$work" ] || work=$(mktemp -d)
    whole=$work/$lab-$file
    [ -e "$whole" ] || awk -f "$root/solutions/cut.awk" -v keep=solution \
        "$root/solutions/$lab/$file" >"$whole" || return 1
    patch -s -f -F 1 -r - -o "$work/patched" "$whole" "$1" >&2 || return 1
    cat "$work/patched"
}

for specimen; do
    case $specimen in
    *.patch)
        patched "$specimen" || {
            echo "$specimen: it is no patch of what it names" >&2
            status=1
        }
        ;;
    *) cat "$specimen" ;;
    esac
done
exit $status
