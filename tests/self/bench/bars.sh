#!/bin/sh
# SPDX-License-Identifier: MIT
#
# bars.sh - does the harness tell the truth on this machine?
#
# This measures, so it belongs on a machine that does nothing else, and not
# among the tests that run at every change. About ten minutes. From the top
# folder. Exit status 0 when all bars hold:
#
#   1. of at least 24 comparisons of a design with itself, at most 2 resolved;
#   2. fetch-add-relaxed against mutex, and slots-padded against slots-packed,
#      at 2 threads: resolved as faster, 5 times out of 5;
#   3. beside a busy loop on each CPU at least 9 of 10 trials are flagged as
#      disturbed, and nothing is resolved the other way than without it.
set -eu

work=$(mktemp -d)
loops=
stop_loops()
{
    # Unquoted on purpose: a list of numbers.
    # shellcheck disable=SC2086
    [ -z "$loops" ] || kill $loops
    loops=
}
trap 'stop_loops; rm -rf "$work"' EXIT
failed=0

# measure NAME OPTION...
measure()
{
    name=$1
    shift
    timeout 600 build/bench/bench-counter --designs build/bench/counter \
        --out "$work/$name" --quick "$@" >"$work/$name.txt" 2>&1 || {
        cat "$work/$name.txt"
        echo "bars.sh: the run '$name' failed"
        exit 2
    }
}

# count NAME CONDITION: the rows of ratios.csv for which it holds.
count()
{
    awk -F, "NR > 1 && ($2) { n++ } END { print n + 0 }" "$work/$1/ratios.csv"
}

# bar TEXT COMMAND...
bar()
{
    text=$1
    shift
    if "$@"; then
        echo "holds: $text"
    else
        echo "BROKEN: $text"
        failed=1
    fi
}

bench/build.sh
resolved='($14 == "faster" || $14 == "slower")'
pair='$4 == "fetch-add-relaxed" && $5 == "mutex" ||
    $4 == "slots-padded" && $5 == "slots-packed"'

measure aa --aa
n=$(count aa 1)
bar "$(count aa "$resolved") of $n A/A comparisons resolved" \
    test "$(count aa "$resolved")" -le 2 -a "$n" -ge 24

right=0
# shellcheck disable=SC2034  # five times, whichever it is
for i in 1 2 3 4 5; do
    measure quiet --threads 2 --only \
        fetch-add-relaxed,slots-packed,slots-padded
    right=$((right + $(count quiet "($pair) && \$14 == \"faster\"")))
done
bar "$right of 10 known differences resolved the right way" \
    test "$right" -eq 10

for cpu in $(taskset -pc $$ | sed 's/.*: //' | tr , ' '); do
    first=${cpu%-*} last=${cpu#*-}
    while [ "$first" -le "$last" ]; do
        taskset -c "$first" sh -c 'while :; do :; done' &
        loops="$loops $!"
        first=$((first + 1))
    done
done
measure busy --threads 1,2 --only fetch-add-relaxed,slots-packed,slots-padded
stop_loops
share=$(awk -F, 'NR > 1 { n++; d += $14 ~ /disturbed/ }
    END { print int(100 * d / n) }' "$work/busy/trials.csv")
bar "$share % of the trials beside busy loops are flagged" \
    test "$share" -ge 90
bar 'nothing beside busy loops is resolved the wrong way' \
    test "$(count busy "(($pair) && \$14 == \"slower\") ||
        \$6 == 1 && $resolved")" -eq 0
exit $failed
