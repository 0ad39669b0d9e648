#!/bin/sh
# SPDX-License-Identifier: MIT
#
# commands.t - every command of the handouts does what it is there for
#
# A command is an indented line that begins with a program of the list below. Each
# is run as it stands, in an unpacked archive for students with the solutions in
# place of the starters, in the order of its page; port 8000 is another one, and
# of ROUNDS a thousandth is enough to see a program run. A server goes on until
# its page ends. Whole labs are graded with ABACUS_LONG=1; without it lab 06 alone,
# since no test with threads is among those that students see of it.
set -u
t=$(mktemp -d)
server=
monitor=
# shellcheck disable=SC2317  # called by trap
clean_up() {
    for pid in $server $monitor; do kill "$pid" 2>/dev/null; done
    wait
    rm -rf "$t"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
. tests/self/tap.sh
need curl nc promtool prometheus unshare

version=$(sed -n 's/^VERSION := //p' Makefile)
solutions/handout.sh "$version" "$t" >"$t/out"
tar -C "$t" -xzf "$t/abacus-$version.tar.gz"
h=$t/abacus-$version
for file in solutions/*/*.*; do
    case $file in *.md) continue ;; esac
    awk -f solutions/cut.awk -v keep=solution "$file" >"$h/labs/${file#*/}"
done
cp -Rp build "$h/build" # what is compiled already
export NO_INSTALL=1

# A port that is free now.
free_port() {
    perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1,
        LocalAddr => "127.0.0.1")->sockport'
}
# until COMMAND...: waits for it to succeed, for a minute
until_() {
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || return 1
        sleep 0.1
    done
}
here() { (cd "$h" && timeout -k 5 300 sh -c "$1" </dev/null); }

# ---- how each is run ----

serves() { # the server of the page, instead of the one before
    [ -z "$server" ] || ends "$server" || return 1
    port=$(free_port)
    (cd "$h" && exec sh -c "exec $(echo "$1" | sed "s/8000/$port/g")") \
        </dev/null >"$t/served" 2>&1 &
    server=$!
    until_ curl -sf "http://127.0.0.1:$port/metrics" ||
        { cat "$t/served"; return 1; }
}
ends() { # make passes it on to the program, and waits for that
    kill "$1"
    wait "$1" 2>/dev/null
    ! curl -s "http://127.0.0.1:$port/metrics"
}
is_taken() { ! here "$1" >"$t/said" 2>&1 && grep -q 'is taken' "$t/said"; }
watches() {
    : >"$t/watched" # of the page before
    (cd "$h" && exec timeout -s INT -k 5 120 sh -c "exec $1") </dev/null \
        >"$t/watched" 2>&1 &
    server=$!
    until_ grep -q 'none of [0-9]* tests fails' "$t/watched" ||
        { cat "$t/watched"; return 1; }
    kill "$server"
    wait "$server" 2>/dev/null
    server=
}
monitors() { # until its page ends
    monitor_port=$(free_port)
    (cd "$h" && exec sh -c "exec $(echo "$1" | sed "s,/tmp/lab08-data,$t/data,") \
        --web.listen-address=127.0.0.1:$monitor_port") </dev/null >"$t/log" 2>&1 &
    monitor=$!
    until_ curl -sf "http://127.0.0.1:$monitor_port/-/ready" ||
        { cat "$t/log"; return 1; }
}
passes_all() {
    here "$1" >"$t/said" 2>&1 && grep -q '(100 %)' "$t/said" ||
        { cat "$t/said"; return 1; }
}

run_command() { # PAGE COMMAND
    command=$2
    what="$1: $(printf '%s' "$2" | tr -d '\\')" # no echo knows what they mean
    command=$(printf '%s\n' "$2" | sed 's/\(ROUNDS=[0-9]*\)000\>/\1/')
    [ -z "$server" ] || command=$(printf '%s\n' "$2" | sed "s/8000/$port/g")
    case $2 in
    *'the port is taken'*) check "$what" is_taken "$command" ;;
    'make watch'*) check "$what" watches "$2" ;;
    'make run LAB=06'* | 'make run LAB=08'*) check "$what" serves "$2" ;;
    'prometheus '*) check "$what" monitors "$2" ;;
    'promtool query '*) check "$what" here "$(echo "$2" | sed "s/9090/$monitor_port/")" ;;
    'make grade '*TEST=*) check "$what" here "$2" ;;
    'make grade '*' LAB=06') check "$what" passes_all "$2" ;;
    'make grade'*' LAB='*)
        if [ -n "${ABACUS_LONG:-}" ]; then
            check "$what" passes_all "$2"
        fi ;; # else: result.t grades all solutions
    'make grade' | 'make grade  '* | 'make bench '*) ;; # run by handout.t
    *' & done '*) ;; # as the bars of tests/self/server do
    *) check "$what" here "$command" ;;
    esac
}

pages="solutions/handout.md labs/README.md $(echo labs/*/README.md)"
for page in $pages; do
    grep -E '^    (make|curl|promtool|prometheus|printf|for|nc|build/)' "$page" |
        sed 's/^ *//' >"$t/commands" || :
    while IFS= read -r command <&3; do
        run_command "${page#labs/}" "$command"
    done 3<"$t/commands"
    [ -z "$server" ] || check "${page#labs/}: the server ends" ends "$server"
    server=
    [ -z "$monitor" ] || { kill "$monitor" && wait "$monitor" 2>/dev/null; }
    monitor=
done

# ---- what else a page shows ----

# The indented block of a page whose first line is this, without its indentation.
block() {
    awk -v first="    $2" '$0 == first { on = 1 } on && NF && !/^    / { exit }
        on { sub(/^    /, ""); print }' "$1"
}
examples_are_right() {
    block labs/08-monitoring/README.md 'global:' >"$t/prometheus.yml"
    block labs/08-monitoring/README.md 'groups:' >"$t/disk.yml"
    promtool check config "$t/prometheus.yml" >"$t/said" 2>&1 &&
        grep -q '2 rules found' "$t/said" || { cat "$t/said"; return 1; }
}
check '08: the examples of settings and rules are right' examples_are_right

python_shows_the_same() { # names and types, and both values of status
    port=$(free_port)
    block labs/08-monitoring/README.md \
        'from prometheus_client import start_http_server, Counter, Gauge, Histogram' |
        sed "s/8001/$port/" >"$t/lesson.py"
    "$python" "$t/lesson.py" &
    server=$!
    until_ curl -sf "http://127.0.0.1:$port/metrics" -o "$t/page" || return 1
    kill "$server"
    wait "$server" 2>/dev/null
    server=
    for line in '# TYPE app_requests_total counter' \
        '# TYPE app_memory_usage_bytes gauge' \
        '# TYPE app_request_latency_seconds histogram' \
        'app_requests_total{status="error"} 0.0'; do
        grep -qxF "$line" "$t/page" || { cat "$t/page"; return 1; }
    done
}
python=/usr/bin/python3 # Debian's, which has the package
if "$python" -c 'import prometheus_client' 2>/dev/null; then
    check '08: the program in Python shows the same families' python_shows_the_same
else
    skip '08: the program in Python' 'python3-prometheus-client is not installed'
fi
finish
