#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh - builds and runs one suite
#
#     bench/run.sh counter
#     bench/run.sh labels
#     bench/run.sh commands NAME COMMAND NAME COMMAND
#     bench/run.sh render
#     bench/run.sh http
#     bench/run.sh peers
#     bench/run.sh all           all others but the last four, one after the other
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
bench=build/bench
commit=$(git describe --always --dirty 2>/dev/null || echo unknown)
results=$bench/results
out=${RESULT:-$results/$suite-$(date -u +%Y%m%dT%H%M%SZ)}

if [ "$suite" = all ]; then
    for s in counter gauge stride search histogram read memory batching \
        interference labels; do
        # Only those whose designs are here: a handout does not have them all.
        SUITES=$s bench/build.sh --here || continue
        echo "== $s"
        RESULT=${RESULT:+$RESULT/$s} "$0" "$s" "$@"
    done
    exit
fi
case $suite in
http) build=open-loop script=bench/suites/http.sh ;;
commands | render | peers) build=pairs script=bench/suites/$suite.sh ;;
*) build=$suite script='' ;;
esac
[ -e "${script:-bench/suites/$suite.c}" ] || {
    echo "bench/run.sh: there is no suite '$suite'" >&2
    exit 2
}
# Unquoted on purpose, also below: words of a list.
# shellcheck disable=SC2086
OUT=$bench SUITES=$build bench/build.sh ${IMPL:-}
mkdir -p "$results"
[ -n "${RESULT:-}" ] || ln -sfn "$(basename "$out")" "$results/$suite"
[ -z "$script" ] || BENCH=$bench COMMIT=$commit exec "$script" "$out" "$@"
[ -z "${QUICK:-}" ] || set -- --quick "$@"
for impl in "$bench"/impl/*.so; do
    [ ! -e "$impl" ] || set -- --impl "$impl" "$@"
done
# shellcheck disable=SC2086
exec "$bench/bench-$suite" --designs "$bench/$suite" --out "$out" \
    --commit "$commit" "$@" ${ARGS:-}
