#!/bin/sh
# SPDX-License-Identifier: MIT
#
# http.sh OUT - the same page over HTTP, served by us, by nginx from a file,
# and by the servers of the clients that Debian packages
#
# The page is that of the suite render with longer labels, 170 KB. wrk asks for
# it on one connection that is kept, again and again for two seconds (half a
# second with QUICK=1). nginx sends a file: sendfile, no access log, one worker.
# The others make the page anew for each request, as a scrape wants it. Then the
# same with gzip, as Prometheus asks, and what counts is the processor time of the
# server for one page.
#
# Both are closed loops: wrk asks again when it has its answer, which tells how
# many pages there are and not how long somebody waits. So at last all are asked
# on a schedule (bench/open-loop), and latency counts from when a request was due;
# beside it stands latency from when it was sent, which leaves out what waited.
#
# All servers run from the beginning to the end; who is not asked sleeps. Round
# by round each is asked once, the order moves on by one; rounds.awk makes
# ratios of it. All is on 127.0.0.1.
#
# OUT/plain.csv and OUT/gzip.csv have every trial, OUT/open-loop.csv every round
# of the schedule, OUT/*.hgrm its latencies, OUT/summary.csv medians and ratios. A
# server whose package is missing is left out, saying so.
set -eu
out=${1:?'where to?'}
suite=http
build=build/bench/http
rounds=${QUICK:+7}
rounds=${rounds:-15}
seconds=${QUICK:+0.5}
seconds=${seconds:-2}
on_schedule=${QUICK:+0.2}
on_schedule=${on_schedule:-2}
command -v wrk >/dev/null || {
    echo 'http: wrk is needed: apt-get install wrk' >&2
    exit 3
}
. bench/peers/clients.sh

work=$(mktemp -d)
pids=''
# shellcheck disable=SC2317  # called by the trap
end() {
    trap '' INT TERM HUP
    for pid in $pids; do
        kill "$pid" 2>/dev/null || :
        wait "$pid" 2>/dev/null || :
    done
    rm -rf "$work"
}
trap end EXIT
trap 'exit 1' INT TERM HUP

# ---- the servers ----

# await FILE PID - until the file has a line, or its process is gone
await() {
    tries=0
    until [ -s "$1" ]; do
        tries=$((tries + 1))
        kill -0 "$2" 2>/dev/null && [ $tries -lt 600 ] || return 1
        sleep 0.1
    done
}
remember() { # NAME PID PORT
    echo "$2" >"$work/$1.pid"
    echo "http://127.0.0.1:$3/metrics" >"$work/$1.url"
}
start() { # NAME
    "$build/$1" >"$work/$1.port" 2>"$build/$1.said" &
    pids="$pids $!"
    await "$work/$1.port" $! || {
        echo "http: $1 does not serve:" >&2
        cat "$build/$1.said" >&2
        exit 1
    }
    remember "$1" $! "$(cat "$work/$1.port")"
}

# nginx tells no port that it picked: so one is tried after the other.
write_settings() { # PORT
    cat >"$work/nginx.conf" <<END
daemon off;
worker_processes 1;
user $(id -un) $(id -gn);
pid $work/nginx.pid.file;
error_log $work/nginx.log;
events { worker_connections 64; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    default_type "text/plain; version=0.0.4; charset=utf-8";
    client_body_temp_path $work/a;
    proxy_temp_path $work/b;
    fastcgi_temp_path $work/c;
    uwsgi_temp_path $work/d;
    scgi_temp_path $work/e;
    server { listen 127.0.0.1:$1; root $work/root; }
}
END
}
start_nginx() {
    mkdir "$work/root"
    cp "$build/abacus.txt" "$work/root/metrics"
    for try in $(seq 50); do
        port=$((20000 + ($$ + 97 * try) % 20000))
        write_settings $port
        nginx -c "$work/nginx.conf" -e "$work/nginx.log" 2>/dev/null &
        master=$!
        if await "$work/nginx.pid.file" $master; then
            pids="$pids $master"
            remember nginx $master $port
            return 0
        fi
        kill $master 2>/dev/null || :
        wait $master || :
    done
    cat "$work/nginx.log"
    return 1
}

build_abacus '0[1-6]' -lm -ldeflate
programs=abacus
add client_golang golang-github-prometheus-client-golang-dev build_go \
    "$page/page.go" "$here/client_golang.go"
add prometheus-cpp prometheus-cpp-dev build_cpp -lprometheus-cpp-pull \
    -lprometheus-cpp-core

# fetch URL FILE - by a client of a few lines: a suite needs no curl
fetch() {
    perl -MHTTP::Tiny -e '
        my $r = HTTP::Tiny->new->get($ARGV[0]);
        $r->{success} or die "$r->{status}\n";
        open my $f, ">", $ARGV[1] or die; print $f $r->{content};' "$1" "$2"
}
for p in $programs; do
    start "$p"
    fetch "$(cat "$work/$p.url")" "$build/$p.txt"
done
same_pages
clients=$programs
add nginx nginx-light start_nginx

# ---- the rounds ----

# Microseconds that the threads of a process have had the processor.
used() {
    cat /proc/"$1"/task/*/schedstat | awk '{ ns += $1 } END { print ns / 1e3 }'
}

# ask NAME WORDS... - prints pages a second, and microseconds of the server's
# processor for each
ask() {
    pid=$(cat "$work/$1.pid") url=$(cat "$work/$1.url")
    shift
    before=$(used "$pid")
    wrk -t 1 -c 1 -d 10m --timeout 60s "$@" "$url" >"$work/wrk" 2>&1 &
    load=$!
    sleep "$seconds"
    kill -INT $load
    wait $load || :
    after=$(used "$pid")
    awk -v before="$before" -v after="$after" '
        / requests in / { n = $1 }
        /Requests.sec/ { rate = $2 }
        /Non-2xx|Socket errors/ { bad = 1 }
        END {
            if (bad || !n)
                exit 1
            printf "%.1f,%.1f\n", rate, (after - before) / n
        }' "$work/wrk" || {
        cat "$work/wrk" >&2
        exit 1
    }
}

# rounds_of NAMES FIELD WORDS... - asks all of them in turn
rounds_of() {
    order=$1 field=$2
    shift 2
    echo 'round,program,number'
    for round in $(seq "$rounds"); do
        progress '\r%s: round %s of %s' "${*:-plain}" "$round" "$rounds"
        for p in $order; do
            both=$(ask "$p" "$@") || exit 1
            echo "$round,$p,$(echo "$both" | cut -d , -f "$field")"
        done
        order="${order#* } ${order%% *}"
    done
    progress '\r\033[K'
}
# Tables of an earlier run are no result of this one, should it end half-way.
rm -f "$out/summary.csv" "$out/about.txt" "$out"/*.hgrm
rounds_of "$programs" 1 >"$out/plain.csv"
rounds_of "$clients" 2 -H 'Accept-Encoding: gzip' >"$out/gzip.csv"

# Unquoted on purpose: words of a list.
# shellcheck disable=SC2046
"$BENCH/bench-open-loop" -n "$rounds" -s "$on_schedule" "$out" \
    $(for p in $programs; do echo "$p $(cat "$work/$p.url")"; done) \
    >"$work/open-loop" &
pids="$pids $!"
wait $!

# latencies LOAD FROM: rows of the summary from rounds of the schedule, for the
# median and the 99th percentile.
latencies() {
    for column in p50_us p99_us; do
        awk -F, -v load="$1" -v from="$2" -v column=$column '
            NR == 1 {
                for (i = 1; i <= NF; i++)
                    if ($i == column)
                        at = i
                print "round,program,number"
            }
            $1 == load && $5 == from { print $2 "," $3 "," $at }' \
            "$out/open-loop.csv" |
            awk -F, -v programs="$programs" -f bench/suites/rounds.awk |
            sed "s/^/${1}_load_${2}_$column,/"
    done
}

{
    echo 'what,program,median,ratio,low,high'
    awk -F, -v programs="$programs" -v inverse=1 -f bench/suites/rounds.awk \
        "$out/plain.csv" | sed 's/^/pages_per_second,/'
    awk -F, -v programs="$clients" -f bench/suites/rounds.awk \
        "$out/gzip.csv" | sed 's/^/gzip_cpu_us,/'
    for load in same own; do
        for from in due sent; do
            latencies $load $from
        done
    done
} >"$out/summary.csv"
about >"$out/about.txt"
awk -F, '
    NR == 2 { print "Pages a second, and how many times as many are ours:" }
    $1 == "gzip_cpu_us" && !said++ {
        print "With gzip: microseconds of the processor for one page, and the" \
            " ratio to ours:"
    }
    NR > 1 && /^(pages|gzip)/ {
        printf "  %-16s %8.1f   %6.2f  (%.2f to %.2f)\n", $2, $3, $4, $5, $6
    }' "$out/summary.csv"
cat "$work/open-loop"
echo "  $out"
