#!/bin/sh
# SPDX-License-Identifier: MIT
#
# peers.sh RESULT - what a run of the suite peers resolves: against the fastest
# of the other clients, and the bars for the sharded metrics
#
# Status 1 unless all bars hold.
set -eu
result=${1:?'which folder of results?'}
here=$(dirname "$0")
fastest() { awk -f "$here/fastest.awk" "$result/summary.csv" "$result/ratios.csv"; }

[ ! -f "$result/skipped.txt" ] || cat "$result/skipped.txt"
echo 'Beside the fastest of the other clients:'
fastest | awk -f "$here/sentences.awk" "$result/summary.csv" - |
    sed 's/<[^>]*>//g; s/^/  /'
echo 'What the sharded metrics must reach:'
status=0
fastest | awk -f "$here/bars.awk" "$result/summary.csv" - >"$result/bars.txt" ||
    status=$?
sed 's/^/  /' "$result/bars.txt"
exit $status
