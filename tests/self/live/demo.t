#!/bin/sh
# SPDX-License-Identifier: MIT
#
# demo.t - make demo: the page's numbers move, with a Prometheus and without;
# its end leaves nothing
set -u
. tests/self/tap.sh
need prometheus chromium node npm
tools=$PWD/build/live
library=$tools/node_modules/playwright-core
tests/self/live/library.sh || without 'npm cannot fetch playwright-core'
t=$(mktemp -d)
demo=''
trap '[ -z "$demo" ] || kill "$demo" 2>/dev/null; rm -rf "$t"' EXIT

# Everything of the demo lies in a folder of its own.
start_demo() {
    mkdir -p "$t/tmp"
    : >"$t/out" # of the demo before; the next opens it when it comes to run
    TMPDIR=$t/tmp NO_INSTALL=1 "$@" >"$t/out" 2>&1 &
    demo=$!
    tries=0
    until grep -q 'dashboard' "$t/out"; do
        tries=$((tries + 1))
        kill -0 $demo 2>/dev/null && [ $tries -lt 600 ] || return 1
        sleep 0.1
    done
    url=$(sed -n 's/^  dashboard *//p' "$t/out")
}

# look SCREENSHOT SCHEME: seven tests
look() {
    node tests/self/live/drive.js "$library" "$url" "$tools/$1.png" "$2" \
        $((count + 1))
    count=$((count + 7))
}

no_address_answers() {
    grep -o 'http://[^ ]*' "$t/out" | while read -r address; do
        ! node -e 'fetch(process.argv[1]).then(()=>process.exit(0),
            ()=>process.exit(1))' "$address" || echo "$address answers"
    done | { ! grep .; }
}
# A verb ends with what it made, and where.
says_its_end() {
    tail -n 1 "$t/out" | grep -F "demo has ended: its data, in $t/tmp/"
}
ends() {
    kill -INT "$demo" && wait "$demo"
    status=$?
    demo=''
    [ $status = 0 ] && [ -z "$(ls -A "$t/tmp")" ] && no_address_answers
}

NO_INSTALL=1 make -s build/live/service
# A shell without a terminal starts what is in the background with SIGINT
# ignored; env gives it back.
run='env --default-signal=INT bench/live/demo.sh uplot@1.6.32'
# shellcheck disable=SC2086  # a command and its words
check 'it starts' start_demo $run
look demo-dark dark
check 'it ends with Ctrl-C, and leaves nothing' ends
check '... and says so in its last line' says_its_end
# shellcheck disable=SC2086
check 'it starts without a Prometheus' start_demo env NO_PROMETHEUS=1 $run
check 'and says so' grep 'no Prometheus here' "$t/out"
look demo-light light
check 'it ends, too, and leaves nothing' ends
ends_alone() {
    TMPDIR=$t/tmp NO_INSTALL=1 DEMO_SECONDS=1 bench/live/demo.sh uplot@1.6.32 \
        >"$t/out" && [ -z "$(ls -A "$t/tmp")" ] && no_address_answers
}
check 'DEMO_SECONDS=1 ends by itself' ends_alone
check '... and says so in its last line' says_its_end
finish
