#!/bin/sh
# SPDX-License-Identifier: MIT
#
# server.t - lab 06's program before a real client, and its parser before any
# bytes
#
# ABACUS_LONG=1 fuzzes for half a minute.
# shellcheck disable=SC2154  # lib.sh has the variables
# shellcheck source=tests/self/grader/lib.sh
. "${0%/*}/../grader/lib.sh"
world
cd "$root" || exit 1
ip link set lo up 2>/dev/null # in a world of its own
fuzzing=-runs=50000
[ -z "${ABACUS_LONG:-}" ] || fuzzing=-max_total_time=30
python=/usr/bin/python3

# ---- the program ----

build_program() {
    # shellcheck disable=SC2046  # a list of files
    gcc -std=c11 -D_GNU_SOURCE -O1 -g -Ilabs/include -pthread -o "$t/server" \
        solutions/06-server/*.c $(find solutions/0[1-5]-* -name '*.c' \
        ! -name main.c) -lm -ldeflate
}
check 'the program is built' build_program
"$t/server" 0 >"$t/said" &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$t"' EXIT

# Waits until it has told its port, or has ended.
url=
while [ -z "$url" ] && kill -0 $server 2>/dev/null; do
    url=$(sed -n 's/^\(http:.*\)/\1/p' "$t/said")
    sleep 0.05
done
port=${url#http://127.0.0.1:}
port=${port%/metrics}
check 'it tells the port that it got' test -n "$port"

# The page is asked for over a connection, which is one descriptor more.
open_descriptors() {
    told=$(curl -s "$url" | sed -n 's/^process_open_fds //p')
    set -- "/proc/$server/fd"/*
    [ "$told" = $(($# + 1)) ] || { echo "$told, not $# + 1"; return 1; }
}
if command -v curl >/dev/null; then
    check 'it tells how many descriptors it has open' open_descriptors
else
    skip 'process_open_fds' 'curl is not installed'
fi

port_is_taken() {
    "$t/server" "$port" >"$t/second" 2>&1
    [ $? = 1 ] && grep -F "port $port is taken" "$t/second"
}
check 'a second one exits 1, and names the port' port_is_taken
wrong_port() {
    "$t/server" 70000 2>"$t/second"
    [ $? = 2 ] && grep -F usage "$t/second"
}
check 'a port that is none: how to use it, and 2' wrong_port

# Python's own client: one connection, text, OpenMetrics, gzip, HEAD.
cat >"$t/client.py" <<'END'
import gzip, http.client, sys
c = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=60)

def ask(method="GET", **fields):
    c.request(method, "/metrics", headers=fields)
    r = c.getresponse()
    return r, r.read()

r, body = ask()
open(sys.argv[2] + "/a.txt", "wb").write(body)
assert r.status == 200 and r.getheader("Content-Type").startswith("text/plain")
r, body = ask(**{"Accept": "application/openmetrics-text;version=1.0.0",
                 "Accept-Encoding": "gzip"})
assert r.getheader("Content-Encoding") == "gzip"
open(sys.argv[2] + "/a.om", "wb").write(gzip.decompress(body))
r, body = ask("HEAD")
assert r.status == 200 and body == b"" and int(r.getheader("Content-Length")) > 0
assert ask("DELETE")[0].status == 405
END
check "Python's client reads it" "$python" "$t/client.py" "$port" "$t"
check 'expocheck finds its text valid' build/bin/expocheck --text "$t/a.txt"
check '... and its OpenMetrics' build/bin/expocheck --openmetrics "$t/a.om"

ends_well() {
    kill -TERM $server
    wait $server
}
check 'SIGTERM ends it well' ends_well

# ---- any bytes ----

fuzz() {
    clang -std=c11 -D_GNU_SOURCE -g -O1 -Ilabs/include -Isolutions/06-server \
        -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
        -o "$t/target" "$here/fuzz.c" solutions/06-server/request.c \
        solutions/06-server/negotiate.c || return 1
    mkdir "$t/corpus"
    printf 'GET /metrics HTTP/1.1\r\nHost: a\r\nAccept: text/plain\r\n\r\n' \
        >"$t/corpus/get"
    printf 'HEAD /metrics?a=b HTTP/1.0\r\nAccept-Encoding: gzip, *\r\n\r\n' \
        >"$t/corpus/head"
    (cd "$t" && ./target "$fuzzing" -seed=1 -max_len=2048 -timeout=60 \
        -dict="$here/requests.dict" -verbosity=0 -print_final_stats=1 \
        corpus) 2>&1
}
if command -v clang >/dev/null; then
    check "libFuzzer finds nothing ($fuzzing)" fuzz
    echo "# $(grep -a number_of_executed "$t/why")"
elif [ "${CI:-}" = true ]; then
    check 'libFuzzer finds nothing' false 'clang is missing'
else
    skip 'libFuzzer finds nothing' 'clang is missing'
fi
finish
