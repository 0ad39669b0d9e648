#!/bin/sh
# SPDX-License-Identifier: MIT
#
# peers.sh OUT [OPTION...] - what an update costs, ours and that of other clients
#
# Ours are the reference as labs 01 to 04 have it and with the sharded metrics of
# lab 07, each linked in both ways; more of IMPL; and who else is installed. The
# rows and their pairs are in peers.c. In the end it says what the run resolves
# (bench/report/peers.sh). From the environment, as bench/run.sh has them: BENCH,
# COMMIT, QUICK, IMPL, ARGS.
#
# Status 0 done; 1 done, but a row counted wrong; 2 not done.
set -eu
out=${1:?'where to?'}
shift
bench=${BENCH:-build/bench}
skipped=$bench/peers-programs/skipped.txt

bench/peers/update/build.sh "$bench/peers-programs"
mkdir -p "$out"
[ ! -f "$skipped" ] || cp "$skipped" "$out"
# Unquoted on purpose, also below: words of a list.
# shellcheck disable=SC2086
OUT=$bench SUITES=peers bench/build.sh lab-01=solutions lab-01=solutions+lto \
    lab-07=solutions/07-scaling lab-07=solutions/07-scaling+lto ${IMPL:-}
[ -z "${QUICK:-}" ] || set -- --quick "$@"
status=0
# shellcheck disable=SC2086
"$bench/bench-peers" --designs "$bench/peers" --out "$out" \
    --commit "${COMMIT:-unknown}" "$@" ${ARGS:-} || status=$?
[ $status -eq 2 ] || bench/report/peers.sh "$out" || :
exit $status
