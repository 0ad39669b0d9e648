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
work=$(mktemp -d)
page='' hammer=''

# shellcheck disable=SC2317  # called by the trap
end() {
    trap '' INT TERM HUP
    for pid in $hammer $page; do
        kill "$pid" 2>/dev/null || :
        wait "$pid" 2>/dev/null || :
    done
    rm -rf "$work"
}
trap end EXIT
trap 'exit 0' INT TERM HUP

# Beside the design that loses updates: a schedule that loses one. The explorer
# ends with 1 because it finds it. Only the first failure is kept, and its places
# in the source move close to the steps.
tell_story() {
    example=tests/interleave/examples/lost-update.c
    tests/interleave/build.sh -c gcc -L build/explore/library-gcc.a \
        -o $tools/lost-update $example
    $tools/lost-update >"$work/found" || test $? = 1
    awk '/^pass  / { exit }
        /^ *(again|found in) / { next }
        {
            sub(/^     /, "")
            sub(/ +$/, "")
            place[++n] = ""
            if (match($0, /   +[a-z-]+\.c:[0-9]+$/)) {
                place[n] = substr($0, RSTART)
                sub(/^ +/, "", place[n])
                $0 = substr($0, 1, RSTART - 1)
                if (length > wide)
                    wide = length
            }
            text[n] = $0
        }
        END {
            for (i = 1; i <= n; i++)
                print place[i] == "" ? text[i] : \
                    sprintf("%-" wide "s  %s", text[i], place[i])
        }' "$work/found" >"$work/page/timeline.txt"
}

free_port() {
    node -e 's=require("net").createServer();s.listen(0,"127.0.0.1",
        ()=>{console.log(s.address().port);s.close()})'
}

# The page is served until this script ends. Its address is in page.log.
start_page() {
    cp bench/live/live.* bench/live/page.css bench/live/direct.js "$work/page"
    mv "$work/page/live.html" "$work/page/index.html"
    node bench/live/serve.js "$work/page" "http://127.0.0.1:$1/metrics" \
        >"$work/page.log" 2>&1 </dev/null &
    page=$!
    tries=0
    until grep -q '^http' "$work/page.log"; do
        tries=$((tries + 1))
        if [ $tries -ge 600 ] || ! kill -0 $page 2>/dev/null; then
            cat "$work/page.log" >&2
            exit 3
        fi
        sleep 0.1
    done
}

mkdir "$work/page"
tell_story
set -- --designs build/bench/counter --timeline "$work/page/timeline.txt"
[ -z "${THREADS:-}" ] || set -- "$@" --threads "$THREADS"
[ -z "${LIVE_SECONDS:-}" ] || set -- "$@" --seconds "$LIVE_SECONDS"
if command -v node >/dev/null; then
    port=$(free_port)
    start_page "$port"
    set -- "$@" --port "$port" --page "$(cat "$work/page.log")"
else
    echo '  There is no node here (package nodejs): no page, only the terminal.'
fi
# In the background, so that a signal to this script alone ends both: it still
# reads the keys.
exec 3<&0
$tools/hammer "$@" <&3 &
hammer=$!
wait $hammer
echo "  It has ended: its data, in $work, and its processes are gone."
