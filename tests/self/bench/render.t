#!/bin/sh
# SPDX-License-Identifier: MIT
#
# render.t - a page is rendered at least five times as fast as by the clients
# that Debian packages, measured side by side
#
# Long only: the clients' compilers are large packages.
if [ -z "${ABACUS_LONG:-}" ]; then
    echo '1..0 # SKIP only in make test-long'
    exit 0
fi
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
make -s build >/dev/null && RESULT=$t bench/run.sh render 2>&1 | sed 's/^/# /'
echo 1..3
awk -F, 'NR > 2 {
    n++
    print ($3 < 5 ? "not " : "") "ok " n " - " $1 " takes " $3 " times as long"
    bad += $3 < 5
}
END { exit n != 3 || bad }' "$t/summary.csv"
