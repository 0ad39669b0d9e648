#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh - builds and runs one suite
#
#     bench/run.sh counter
#     bench/run.sh commands NAME COMMAND NAME COMMAND
#
# Run from the top folder. From the environment:
#
#     QUICK=1    within a minute
#     IMPL=...   labs, solutions or folders, with spaces between: more rows
#     ARGS=...   further options of the suite's program (--aa, --threads, ...)
#     RESULT=DIR where the results go. If not set: a new folder in
#                build/bench/results; the link build/bench/results/SUITE
#                points to the newest.
set -eu

suite=${1:?'which suite?'}
shift
build=build/bench
commit=$(git describe --always --dirty 2>/dev/null || echo unknown)
results=$build/results
out=${RESULT:-$results/$suite-$(date -u +%Y%m%dT%H%M%SZ)}

# Unquoted on purpose, also below: words of a list.
# shellcheck disable=SC2086
OUT=$build bench/build.sh ${IMPL:-}
mkdir -p "$results"
[ -n "${RESULT:-}" ] || ln -sfn "$(basename "$out")" "$results/$suite"
if [ "$suite" = commands ]; then
    BENCH=$build COMMIT=$commit exec bench/suites/commands.sh "$out" "$@"
fi
[ -x "$build/bench-$suite" ] || {
    echo "bench/run.sh: there is no suite '$suite'" >&2
    exit 2
}
[ -z "${QUICK:-}" ] || set -- --quick "$@"
for impl in "$build"/impl/*.so; do
    [ ! -e "$impl" ] || set -- --impl "$impl" "$@"
done
# shellcheck disable=SC2086
exec "$build/bench-$suite" --designs "$build/$suite" --out "$out" \
    --commit "$commit" "$@" ${ARGS:-}
