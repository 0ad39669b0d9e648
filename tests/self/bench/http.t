#!/bin/sh
# SPDX-License-Identifier: MIT
#
# http.t - a page is served at least five times as often as by the servers of
# other clients; with gzip it costs at most a fifth. nginx, which sends a file, is
# measured, and is no bar: recorded runs have 0.36 and 0.50. Measured side by side
#
# Long only: the clients' compilers are large packages, and a busy machine
# tells nothing.
if [ -z "${ABACUS_LONG:-}" ]; then
    echo '1..0 # SKIP only in make test-long'
    exit 0
fi
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
make -s build >/dev/null && RESULT=$t bench/run.sh http 2>&1 | sed 's/^/# /'
echo 1..4
awk -F, '$1 ~ /^(pages_per_second|gzip_cpu_us)$/ && $2 !~ /^(abacus|nginx)$/ {
    n++
    least = 5
    print ($4 < least ? "not " : "") "ok " n " - " $1 ", " $2 ": " $4 \
        " times, at least " least
    bad += $4 < least
}
END { exit n != 4 || bad }' "$t/summary.csv"
