#!/bin/sh
# SPDX-License-Identifier: MIT
#
# live.t - make live: a key switches the design, in the terminal, in /metrics and
# on the page; its end leaves nothing
set -u
. tests/self/tap.sh
need chromium node npm curl
tools=$PWD/build/live
library=$tools/node_modules/playwright-core
tests/self/live/library.sh || without 'npm cannot fetch playwright-core'
t=$(mktemp -d)
live=''
trap '[ -z "$live" ] || kill "$live" 2>/dev/null; rm -rf "$t"' EXIT
NO_INSTALL=1 make -s build/live/hammer build/explore/library-gcc.a
SUITES=counter bench/build.sh

# until COMMAND...: waits for it to succeed, while the demo runs
until_() {
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        kill -0 "$live" 2>/dev/null && [ $tries -lt 600 ] || return 1
        sleep 0.1
    done
}

# Everything of it lies in a folder of its own; keys come through a pipe.
start() {
    mkdir -p "$t/tmp"
    rm -f "$t/out" # or the lines of the last one would be taken for its own
    mkfifo "$t/keys"
    TMPDIR=$t/tmp THREADS=2 env --default-signal=INT bench/live/live.sh \
        <"$t/keys" >"$t/out" 2>&1 &
    live=$!
    exec 3>"$t/keys"
    until_ says '^  1 racy'
}
check 'it starts with the design that loses updates' start
url=$(sed -n 's/^  page  //p' "$t/out")
metrics=${url%/user/}/metrics
check '... says how many' says '^  1 racy .* million updates a second  .* % lost$'
check '... with a schedule that loses one' says 'store  hits = 1 relaxed .*lost-update.c:17$'
is_running() { curl -sf "$metrics" | grep -q "^live_running{design=\"$1\"} 1$"; }
check '... and /metrics says that it runs' is_running racy
picks() {
    printf %s "$1" >&3
    until_ says "^  $1 $2 .* none lost$" && until_ is_running "$2"
}
check 'a key switches to the mutex, which loses none' picks 2 mutex
check '... and /metrics has no other' test "$(curl -sf "$metrics" | grep -c '^live_running.* 1$')" = 1
# The keys are read before the next trial; its line tells that they were.
lines() { grep -c '^  2 mutex' "$t/out"; }
other_keys() {
    seen=$(lines)
    printf 'x\n0' >&3
    more() { [ "$(lines)" -gt $((seen + 1)) ]; }
    until_ more && is_running mutex
}
check 'another key does nothing' other_keys
check 'the last one' picks 6 thread-local
node tests/self/live/look.js "$library" "$url" "$tools" "$((count + 1))" 3>&3
count=$((count + 7))
ends() {
    "$@"
    wait "$live"
    status=$?
    live=''
    echo "status $status"
    [ $status = 0 ] && [ -z "$(ls -A "$t/tmp")" ] && ! curl -s "$metrics"
}
quit() { printf q >&3; }
check 'q ends it, and leaves nothing' ends quit
says_its_end() { tail -n 1 "$t/out" | grep -F "ended: its data, in $t/tmp/"; }
check '... and says so in its last line' says_its_end
exec 3>&-
rm "$t/keys"
start
interrupt() { kill -INT "$live"; }
check 'Ctrl-C, too' ends interrupt
exec 3>&-

ends_alone() {
    TMPDIR=$t/tmp LIVE_SECONDS=1 bench/live/live.sh </dev/null >"$t/out" &&
        [ -z "$(ls -A "$t/tmp")" ] && says_its_end
}
check 'LIVE_SECONDS=1 ends by itself' ends_alone
mkdir "$t/bin"
ln -s /usr/bin/* "$t/bin"
rm "$t/bin/node"
without_node() { (PATH=$t/bin && ends_alone) && says 'There is no node here'; }
check 'without node there is the terminal' without_node

# table COMMAND: on a terminal of 80 columns
table() {
    script -qec "stty cols 80 rows 24; env LIVE_SECONDS=1 $1" "$t/typescript" \
        </dev/null >"$t/out" 2>&1
}
check 'on a terminal it is a table' table bench/live/live.sh
esc=$(printf '\033')
check '... that is painted again' says "$esc\\[[0-9]*A"
check '... with a mark at what runs' says "> 1 racy"
narrow() {
    ! sed "s/$esc\\[[0-9;]*[A-Za-z]//g" "$t/out" | tr -d '\r' |
        grep -v 'its data, in' | grep -E '.{81}'
}
check '... no line is wider than the terminal' narrow
check 'without colours' table 'NO_COLOR=1 bench/live/live.sh'
check '... if NO_COLOR says so' test -z "$(grep "$esc\\[[0-9;]*m" "$t/out")"
check 'in plain lines' table 'PLAIN=1 bench/live/live.sh'
check '... if PLAIN says so' test -z "$(grep "$esc" "$t/out")"

# A design that counts every other update, as one that may lose some and as one
# that may not.
half() { # NAME KIND
    printf '%s\n' '#include <stdatomic.h>' '#include "design.h"' \
        'struct state { _Alignas(BENCH_LINE) _Atomic uint64_t value; };' \
        'static inline void update(struct state *s, int thread)' \
        '{ (void)thread; atomic_fetch_add(&s->value, 1); }' \
        'static uint64_t sum(struct state *s, int threads)' \
        '{ (void)threads; return atomic_load(&s->value) / 2; }' \
        '#include "loop.h"' \
        "BENCH_DESIGN(.name = \"$1\", .what = \"\", .sum_kind = $2);" |
        gcc -std=c11 -D_GNU_SOURCE -O2 -Ibench/harness -Ibench/designs -fPIC \
            -shared -o "$t/half/$1.so" -x c -
}
mkdir "$t/half"
cp build/bench/counter/*.so "$t/half"
half racy BENCH_LOSSY
half mutex BENCH_EXACT
hammered() {
    printf %s "$1" | build/live/hammer --designs "$t/half" --seconds 1 >"$t/out"
}
check 'every other update is lost' hammered 1
check '... and that is what it says' says '^  1 racy .* 50.0 % lost$'
check 'who must not lose any' hammered 2
check '... counts wrong' says '^  2 mutex .* counts wrong$'

refused() {
    ! build/live/hammer "$@" </dev/null >"$t/out" 2>&1 && [ "$(wc -l <"$t/out")" = 1 ]
}
check 'a folder without designs is refused' refused --designs bench/plots
check '... with a sentence' says 'there is no bench/plots/racy.so'
check 'no threads are refused' refused --designs build/bench/counter --threads 0
taken() {
    node -e 's=require("net").createServer();s.listen(0,"127.0.0.1",()=>{
        r=require("child_process").spawnSync("build/live/hammer",["--designs",
        "build/bench/counter","--port",String(s.address().port)]);
        process.stdout.write(r.stderr);process.exit(r.status===2?0:1)})' >"$t/out"
}
check 'a port that is taken is refused' taken
check '... with a sentence' says 'another socket has the port'
finish
