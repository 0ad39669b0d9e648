#!/bin/sh
# SPDX-License-Identifier: MIT
#
# http.t - a page is served at least five times as often as by the servers of
# other clients, and 0.8 times as often as nginx sends a file; with gzip it
# costs at most a fifth. Measured side by side. The aim beside nginx was missed in
# all recorded runs: 0.36 and 0.50.
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
echo 1..5
awk -F, '$1 ~ /^(pages_per_second|gzip_cpu_us)$/ && $2 != "abacus" {
    n++
    least = $2 == "nginx" ? 0.8 : 5
    print ($4 < least ? "not " : "") "ok " n " - " $1 ", " $2 ": " $4 \
        " times, at least " least
    bad += $4 < least
}
END { exit n != 5 || bad }' "$t/summary.csv"
