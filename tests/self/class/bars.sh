#!/bin/sh
# SPDX-License-Identifier: MIT
#
# bars.sh [STUDENTS] - a synthetic class of labs 00 to 06, by hand: are all marks
# as they should be, and what does it cost?
#
#     tests/self/class/bars.sh 300
#
# Prints: wrong marks; seconds a submission; and, for the first sixty, seconds
# with one worker and with two. Run it on an idle machine, from the top folder,
# after `make build`.
# shellcheck disable=SC1091,SC2154  # crowd.sh has them
set -eu
students=${1:-300}
part=60
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
. tests/self/class/crowd.sh

crowd "$work" "$students"
head -n $((part + 1)) "$work/roster.csv" >"$work/part.csv"

# seconds OUT OPTION...
seconds() {
    out=$1
    shift
    from=$(date +%s.%N)
    build/bin/grade class "$work/in" --out "$work/$out" --backfill "$@" \
        >"$work/$out.log" 2>&1 || {
        tail -n 3 "$work/$out.log" >&2
        exit 1
    }
    echo "$(date +%s.%N) - $from" | bc
}
all=$(seconds all --roster "$work/roster.csv")
wrong_marks "$work" "$work/all/labs.csv" && echo '0 wrong marks'
one=$(seconds one --roster "$work/part.csv" --jobs 1)
two=$(seconds two --roster "$work/part.csv" --jobs 2)
awk -v n="$students" -v part="$part" -v all="$all" -v one="$one" -v two="$two" '
    BEGIN {
        printf "%d students: %.0f s, %.2f s each\n", n, all, all / n
        printf "%d students: 1 worker %.1f s, 2 workers %.1f s: %.2f times " \
            "the work\n", part, one, two, one / two
    }'
