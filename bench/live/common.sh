# shellcheck shell=sh
# SPDX-License-Identifier: MIT
#
# common.sh - what `make demo` and `make live` share: a private folder, processes
# that end with the script, and an end that says so
#
# Sourced with $what, how the last line calls it. Sets $work, the folder. A script
# calls `started $!` for each process in the background; the last is ended first.
# Once $up is set, the last line is printed.
work=$(mktemp -d)
pids=''
up=''

# shellcheck disable=SC2317  # called by the trap
end() {
    trap '' INT TERM HUP
    for pid in $pids; do
        kill "$pid" 2>/dev/null || :
        wait "$pid" 2>/dev/null || :
    done
    rm -rf "$work"
    # shellcheck disable=SC2154  # the script sets it
    [ -z "$up" ] ||
        echo "  $what has ended: its data, in $work, and its processes are gone."
}
trap end EXIT
trap 'exit 0' INT TERM HUP

started() { pids="$1 $pids"; }

die() {
    echo "$(basename "$0" .sh): $*" >&2
    exit 3
}

# await WHAT PID COMMAND... - until the command succeeds, or its process is gone
await() {
    awaited=$1 pid=$2 tries=0
    shift 2
    until "$@"; do
        tries=$((tries + 1))
        if [ $tries -ge 600 ] || ! kill -0 "$pid" 2>/dev/null; then
            cat "$work"/*.log >&2
            die "$awaited does not come up"
        fi
        sleep 0.1
    done
}

free_port() {
    node -e 's=require("net").createServer();s.listen(0,"127.0.0.1",
        ()=>{console.log(s.address().port);s.close()})'
}

# serve_page METRICS - the folder $work/page, and /metrics of that address, on one
# origin, until the script ends. Sets $page, the address.
serve_page() {
    node bench/live/serve.js "$work/page" "$1" >"$work/page.log" 2>&1 \
        </dev/null &
    server=$!
    started $server
    await 'the page' $server grep -q '^http' "$work/page.log"
    # shellcheck disable=SC2034  # the script prints it
    page=$(cat "$work/page.log")
}
