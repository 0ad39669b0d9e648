#!/bin/sh
# SPDX-License-Identifier: MIT
#
# open-loop.t - latency on a schedule sees what a stop of the server makes others
# wait, and latency from the sending does not
#
# Run from the top folder. The server stops for a second while 50 requests a
# second are due: so some 50 of 200 come late, half of these by more than half a
# second, however slow the machine is. Only one of them was sent before.
set -u
t=$(mktemp -d)
server='' servers=''
# shellcheck disable=SC2154  # s is of the loop
trap 'for s in $servers; do kill "$s" 2>/dev/null; done; rm -rf "$t"' EXIT
trap 'exit 1' HUP INT TERM
export OUT="$t/bench"
. tests/self/tap.sh
echo '#include <curl/curl.h>' | gcc -E - >/dev/null 2>&1 ||
    without 'libcurl4-openssl-dev is not installed'
take_harness "$OUT"

# serve STALL-MS WHEN [STATUS]: $url, until the next one.
serve()
{
    [ -z "$server" ] || { kill "$server"; wait "$server"; } 2>/dev/null
    rm -f "$t/port"
    "$t/stalling" "$@" >"$t/port" &
    server=$!
    servers="$servers $server"
    until [ -s "$t/port" ]; do
        kill -0 $server || return 1
        sleep 0.05
    done
    url=http://127.0.0.1:$(cat "$t/port")/metrics
}

# cell FROM COLUMN: of the one round in $t/r.
cell()
{
    awk -F, -v from="$1" -v column="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) at = i }
        $5 == from { print $at }' "$t/r/open-loop.csv"
}
above() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a > b) }' || { echo "$1, $2"; false; }; }
below() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a < b) }' || { echo "$1, $2"; false; }; }

check 'the client is built' env SUITES=open-loop bench/build.sh
check '... and the server' gcc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror \
    -pthread -o "$t/stalling" tests/self/bench/stalling.c
ask="$OUT/bench-open-loop"

check 'a server that stops' serve 1000 51
check '... is asked on a schedule' status 0 \
    "$ask" -n 1 -s 4 -r 50 "$t/r" stalling "$url"
check '... and both are shown side by side' \
    says 'from when it was due *from when it was sent'
check '... all 200 requests count' test "$(cell due n)-$(cell sent n)" = 200-200
check '... from when they were due, a tenth waited for more than half a second' \
    above "$(cell due p90_us)" 500000
check '... from when they were sent, not even a tenth did' \
    below "$(cell sent p90_us)" 500000
check '... the longest, from when it was sent, is the stop itself' \
    above "$(cell sent max_us)" 1000000
# A client that did not wait would have sent before the time: a huge latency.
check '... and no other is longer than a page may take' \
    below "$(cell due max_us)" 60000000
check '... who waited for the connection is no lateness of the client' \
    below "$(cell client n)" 170
check '... but how late it was otherwise is told' above "$(cell client n)" 0
percentiles() { # nanoseconds there, microseconds in the table
    awk -v us="$(cell due max_us)" '/^#\[Max/ {
            gsub(/[^0-9.]+/, " ")
            wrong = $1 / 1e3 - us > 0.1 || us - $1 / 1e3 > 0.1 || $2 != 200
            n++
        }
        END { exit wrong || n != 1 }' "$t/r/latency-given-stalling-due.hgrm"
}
check '... the percentiles of all rounds are written' percentiles

check 'two servers' serve 0 0
check '... are asked with two loads' status 0 \
    "$ask" -n 2 -s 0.1 "$t/two" a "$url" b "$url"
loads() {
    awk -F, 'NR > 1 { print $1, $2, $3, $5 }' "$t/two/open-loop.csv" |
        sort | uniq -c | awk '$1 != 1 { exit 1 } END { print NR; exit NR != 24 }'
}
check '... each once a round: 2 loads, 2 rounds, 2 servers, 3 times' loads
anew() {
    awk -F, '!seen[$1, $3, $12]++ { n[$1, $3]++ }
        END {
            exit !(n["same", "a"] == 2 && n["same", "b"] == 2 &&
                n["own", "a"] == 2 && n["own", "b"] == 2)
        }' "$t/two/open-loop.csv"
}
check '... what they can send is found out anew in each round' anew

# What the client found out stands beside what it asked: half of the slowest, the
# same for all, or 0.7 of its own.
shares() {
    awk -F, 'NR > 1 {
            off = $4 - $12 * ($1 == "same" ? 0.5 : 0.7)
            if (off < -0.11 || off > 0.11) # one digit behind the point
                print "share", $0, wrong = 1
            if ($1 == "same" && !rounds[$2]++)
                same[$2] = $4
            if ($1 == "same" && $4 != same[$2])
                print "not the same", $0, wrong = 1
        }
        END { exit wrong || rounds[2] != 6 }' "$t/two/open-loop.csv"
}
check '... half of what the slowest bears, or 0.7 of what each bears' shares

# 30 ms for each answer: the client can find out at most 33.3 a second, and that
# is the load for all, whatever the other server bears.
check 'a fast server' serve 0 0
fast=$url
server=''
check '... and a slow one' serve 30 0
check '... are asked' status 0 \
    "$ask" -n 1 -s 0.6 "$t/slow" first "$fast" slow "$url" last "$fast"
slowest() {
    awk -F, 'NR > 1 { print $1, $3, $12; n++ }
        $1 == "same" && $12 > 33.4 || $1 == "own" && $3 == "slow" && $12 > 33.4 ||
            $1 == "own" && $3 != "slow" && $12 < 33.4 { wrong = 1 }
        END { exit wrong || n != 18 }' "$t/slow/open-loop.csv"
}
check '... all as often as the slow one bears' slowest
no_room() { # for the table
    ! "$ask" -n 1 -s 0.05 "$t/full" a "$fast" >/dev/full 2>"$t/out" &&
        says 'the table cannot be written'
}
check '... and no room for the table is told' no_room
if command -v gnuplot >/dev/null; then
    printf 'commit  none\nhost    none\ndate    none\n' >"$t/two/about.txt"
    check '... are drawn' status 0 bench/plots/plots.sh "$t/two" "$t/figures"
    check '... with both lines of each' \
        test "$(grep -c 'stroke-dasharray' "$t/figures/open-loop.svg")" -ge 4
    check '... in the terminal, too' env TERM_PLOT=1 bench/plots/plots.sh "$t/two"
else
    skip 'the figure' 'no gnuplot'
fi

check 'a server that refuses' serve 0 0 503
check '... gives no numbers' status 2 "$ask" -n 1 -s 1 "$t/bad" refusing "$url"
check '... but a sentence' \
    says 'refusing: no page: it answers with status 503'
kill "$server"
wait "$server" 2>/dev/null
server=''
check 'no server' status 2 "$ask" -n 1 -s 1 "$t/bad" nobody "$url"
check '... is told' says 'nobody: no page: '
check 'no name' status 2 "$ask" "$t/bad" "$url"
check '... is told how it is used' says 'usage: bench-open-loop'
check 'a name with a comma' status 2 "$ask" "$t/bad" a,b "$url"
check '... is told' says "'a,b' is no name of up to 60 letters"
check 'a name twice' status 2 "$ask" "$t/bad" a "$url" a "$url"
check '... is told' says "two servers are named 'a'"
check 'half a round' status 2 "$ask" -n 1.5 "$t/bad" a "$url"
check '... is told' says "'1.5' is no whole number"
check 'no number of rounds' status 2 "$ask" -n many "$t/bad" a "$url"
check '... is told' says "'many' is no number from 1 to 1000"
check 'no room for the results' status 2 "$ask" /dev/null/x a "$url"
check '... is told' says "cannot make the folder '/dev/null/x'"

# ---- what the report says of a recorded run ----

cat >"$t/summary.csv" <<'END'
what,program,median,ratio,low,high
pages_per_second,abacus,4000.0,1,1,1
pages_per_second,more,8000.0,0.5,0.4,0.6
pages_per_second,fewer,400.0,10,9,11
gzip_cpu_us,abacus,100.0,1,1,1
gzip_cpu_us,fewer,101.0,1.01,0.9,1.1
same_load_due_p99_us,abacus,100.0,1,1,1
same_load_due_p99_us,fewer,500.0,5,4,6
own_load_due_p99_us,fewer,9000.0,1,1,1
own_load_sent_p99_us,fewer,1000.0,1,1,1
END
check 'the report' status 0 awk -f bench/report/served.awk "$t/summary.csv"
check '... says who sends more' says 'more</code> sends 2 times as many pages a second as <code>abacus</code> (1.67 to 2.5)'
check '... or we' says 'abacus</code> sends 10 times as many pages a second as <code>fewer</code> (9 to 11)'
check '... whose latency is longer' says 'fewer</code> has a latency at 99 % 5 times as long, asked as often as <code>abacus</code> (4 to 6)'
check '... what is not resolved' says 'Not resolved: <code>fewer</code> and <code>abacus</code>, gzip_cpu_us'
check '... and both latencies' says 'within 9 ms of when they were due; from when they were sent it looks like 1 ms'
mkdir "$t/http-20260101T000000Z"
cp "$t/summary.csv" "$t/http-20260101T000000Z"
check 'a result whose folder has the time in its name' status 0 \
    bench/report/report.sh "$t/page.html" "$t/http-20260101T000000Z"
check '... is one of http, too' grep -q 'more</code> sends 2 times' "$t/page.html"
finish
