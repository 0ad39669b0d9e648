#!/bin/sh
# SPDX-License-Identifier: MIT
#
# bars.sh - by hand: what lab 06's server promises beside many clients
#
#     tests/self/server/bars.sh [SECONDS]
#
# Beside 200 silent clients and 50 that send a byte at a time no scrape takes
# longer than 1 s, and the median at most doubles. After SECONDS (1800) of
# clients of all kinds its memory has not grown by more than 1 MiB, no
# descriptor is left, and no answer was wrong. On a quiet machine: the first two
# are times.
set -eu
seconds=${1:-1800}
here=${0%/*}
root=$(cd "$here/../../.." && pwd)
cd "$root"
t=$(mktemp -d)
server=''
# shellcheck disable=SC2317  # called by the trap
end() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || :
    rm -rf "$t"
}
trap end EXIT
trap 'exit 1' HUP INT TERM
flags='-std=c11 -D_GNU_SOURCE -O2 -g -Wall -Wextra -pthread'
# shellcheck disable=SC2046,SC2086  # lists
gcc $flags -Ilabs/include -o "$t/server" solutions/06-server/*.c \
    $(find solutions/0[1-5]-* -name '*.c' ! -name main.c) -lm -ldeflate
for p in slow mixed; do
    # shellcheck disable=SC2086
    gcc $flags -o "$t/$p" "tests/self/server/$p.c"
done
"$t/server" 0 >"$t/said" &
server=$!
until grep -q '^http' "$t/said"; do
    kill -0 $server || exit 1
    sleep 0.1
done
port=$(sed -n 's|^http://127.0.0.1:\(.*\)/metrics|\1|p' "$t/said")

bad=0
# bar NAME VALUE LIMIT UNIT
bar() {
    if awk -v v="$2" -v most="$3" 'BEGIN { exit !(v <= most) }'; then
        word=ok
    else
        word='NOT OK' bad=1
    fi
    echo "  $1: $2 $4 (at most $3): $word"
}

# shellcheck disable=SC2046  # words
set -- $("$t/slow" "$port" "$((seconds < 30 ? seconds : 30))")
echo "Beside 200 silent clients and 50 slow ones, $1 scrapes:"
bar 'the longest' "$4" 1000 ms
bar "the median, $3 ms, without them $2 ms" \
    "$(echo "$3 $2" | awk '{ printf "%.2f", $1 / $2 }')" 2 'times as long'

# shellcheck disable=SC2046
set -- $("$t/mixed" "$port" "$seconds" "$server")
echo "After $seconds s of mixed load, $1 answers:"
bar 'wrong answers' "$2" 0 ''
bar 'memory grown by' "$3" 1024 KiB
bar 'descriptors left' "$4" 0 ''
kill -TERM "$server"
wait "$server" && status=0 || status=$?
server=''
bar 'exit status of the server' "$status" 0 ''
exit $bad
