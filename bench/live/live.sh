#!/bin/sh
# SPDX-License-Identifier: MIT
#
# live.sh - threads hammer a counter design that a key picks: in the terminal,
# and on a page
#
# Run from the top folder, by `make live`, which has built build/live/hammer,
# the designs and the explorer's library. From the environment: THREADS, else
# one a processor; LIVE_SECONDS=20 ends by itself. Ctrl-C or q ends it, and
# nothing is left. Without node there is no page, and it says so.
set -eu

tools=build/live
what='It'
. bench/live/common.sh

# Beside the design that loses updates: a schedule that loses one, as narrow as on
# a slide. The explorer ends with 1 because it finds it.
tell_story() {
    example=lost-update
    tests/interleave/build.sh -c gcc -L build/explore/library-gcc.a \
        -o $tools/$example tests/interleave/examples/$example.c
    $tools/$example >"$work/$example.txt" || test $? = 1
    echo "@timeline $example $example" >"$work/deck.md"
    awk -v examples="$work" -f slides/expand.awk "$work/deck.md" |
        sed '/^```/d; s/^     //' >"$work/page/timeline.txt"
}

lay_out_page() {
    cp bench/live/live.html bench/live/live.css bench/live/live.js \
        bench/live/page.css bench/live/direct.js "$work/page"
    mv "$work/page/live.html" "$work/page/index.html"
}

mkdir "$work/page"
tell_story
set -- --designs build/bench/counter --timeline "$work/page/timeline.txt"
[ -z "${THREADS:-}" ] || set -- "$@" --threads "$THREADS"
[ -z "${LIVE_SECONDS:-}" ] || set -- "$@" --seconds "$LIVE_SECONDS"
if command -v node >/dev/null; then
    port=$(free_port)
    lay_out_page
    serve_page "http://127.0.0.1:$port/metrics"
    set -- "$@" --port "$port" --page "$page"
else
    echo '  There is no node here (package nodejs): no page, only the terminal.'
fi
# In the background, so that a signal to this script alone ends both: it still
# reads the keys.
exec 3<&0
$tools/hammer "$@" <&3 &
started $!
up=1
wait $!
