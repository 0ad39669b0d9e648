#!/bin/sh
# SPDX-License-Identifier: MIT
#
# peers.t - other clients as rows: programs that speak, keep silent, lie and
# die; what is claimed of them; and how ours are built
#
# Nothing here depends on how fast anything is. With ABACUS_LONG set, all peers
# are measured, and the bars must hold: on a quiet machine only.
set -u
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
. tests/self/tap.sh
export OUT="$t/bench"
programs=$OUT/peers-programs

# status N COMMAND...: whether the command ends with that status.
status() {
    want=$1
    shift
    "$@" >"$t/out" 2>&1 </dev/null
    [ $? -eq "$want" ]
}
says() { grep -q -- "$1" "$t/out"; }
says_not() { ! says "$1"; }
is() { [ "$1" = "$2" ] || { echo "'$1' is not '$2'"; false; }; }

# ---- sentences and bars from tables that nobody measured ----

cat >"$t/summary.csv" <<'END'
design,threads,n,disturbed,updates_per_s_low,updates_per_s_high,ns_per_update
inc-lab-07,1,20,0,9e8,1e9,1
inc-lab-07,2,20,0,1.8e9,1.9e9,1
inc-prometheus-cpp,1,20,0,1,2,7
inc-client-golang,1,20,0,1,2,6
inc-rust-prometheus,1,20,0,,,
inc-client-golang,2,20,0,1,2,24
observe-client-golang,1,20,0,1,2,30
observe-client-golang,2,20,0,1,2,90
hit-client-golang,1,20,0,1,2,90
END
cat >"$t/ratios.csv" <<'END'
threads,design,reference,aa,pairs,disturbed,speed_ratio,low,high,aa_band,verdict
1,inc-lab-01-again,inc-lab-01,1,20,0,1,0.99,1.01,1.02,not resolved
1,inc-lab-01,inc-prometheus-cpp,0,20,0,1.3,1.2,1.4,1.02,faster
1,inc-lab-07,inc-prometheus-cpp,0,20,0,7,6.5,7.5,1.02,faster
1,inc-lab-07,inc-client-golang,0,20,0,6,5.5,6.5,1.02,faster
1,inc-lab-07,inc-rust-prometheus,0,20,0,,,,1.02,no number: wrong sum
1,inc-lab-07-lto,own-slot,0,20,0,0.5,0.4,0.6,1.02,slower
1,own-slot,inc-lab-01,0,20,0,20,19,21,1.02,faster
1,observe-lab-07,observe-client-golang,0,20,0,5,4.5,5.5,1.02,not resolved: disturbed
1,hit-lab-07,hit-client-golang,0,20,0,1.1,0.9,1.2,1.02,not resolved
1,cached-lab-07,inc-lab-07,0,20,0,0.5,0.4,0.6,1.02,slower
1,inc-lab-07,inc-lab-01,0,20,0,9,8,10,1.02,faster
2,inc-lab-07-lto,own-slot,0,20,0,0.51,0.505,0.515,1.05,slower
2,inc-lab-07,inc-client-golang,0,20,0,24,22,26,1.02,faster
2,cached-lab-07,inc-lab-07,0,20,0,0.99,0.9,1.02,1.02,not resolved
2,observe-lab-07,observe-client-golang,0,20,11,20,19,21,1.02,faster
END
check 'what is said of tables' status 1 bench/report/peers.sh "$t"
check '... of the fastest peer' \
    says 'inc-lab-07 is 6.00 times as fast as inc-client-golang'
check '... of no other one' says_not 'prometheus-cpp'
check '... nor of one without a number' says_not 'rust-prometheus'
check '... what is not resolved is not claimed' \
    says 'not resolved: hit-lab-07 and hit-client-golang'
check '... nor is its ratio told' says_not '1\.1 times\|1\.10 times'
check 'a bar holds' \
    says 'holds .*inc-lab-07, 1 thread: at most 0.3 .*golang: 0.167 (0.154 to 0.182)'
check '... also where the two are not told apart' \
    says 'holds .*cached-lab-07, 2 threads: .* 1.01 (0.98 to 1.11)'
check '... is missed' \
    says 'misses .*cached-lab-07, 1 thread: at most 1.3 .*: 2 (1.67 to 2.5)'
check '... is not resolved where the interval goes over it' \
    says 'not resolved .*inc-lab-07-lto, 1 thread: .*own-slot: 2 (1.67 to 2.5)'
check '... or is nearer than the A/A band' \
    says 'not resolved .*inc-lab-07-lto, 2 threads: .*: 1.96 (1.94 to 1.98)'
check '... or the run was disturbed' \
    says 'not resolved .*observe-lab-07, 1 thread.* not resolved: disturbed$'
check '... or half of its pairs' \
    says 'not resolved .*observe-lab-07, 2 threads.* not resolved: disturbed$'
check '... or nothing was measured' \
    says 'not resolved .*hit-lab-07, 2 threads: at most 1 .* peer$'
check '... of two threads beside one' \
    says 'holds .*inc-lab-07: the upper end at 2 threads .*: 1.8 to 2.11$'

# ---- clients that are missing ----

mkdir "$t/bin"
for tool in go cargo g++ node npm; do
    printf '#!/bin/sh\necho "no %s"\nexit 1\n' $tool >"$t/bin/$tool"
    chmod +x "$t/bin/$tool"
done
missing() {
    PATH=$t/bin:$PATH NO_INSTALL=1 \
        PEERS='prometheus-cpp client_golang rust-prometheus prom-client' \
        bench/peers/update/build.sh "$programs"
}
check 'clients that are missing are no error' status 0 missing
check '... are said' says '^peers: no rust-prometheus: is librust-prometheus-dev installed?'
check '... for the result, too' \
    is "$(sed 's/:.*//' "$programs/skipped.txt" | tr '\n' ' ')" \
    'no prometheus-cpp no client_golang no rust-prometheus no prom-client '
check '... and get no row' is "$(echo "$programs"/*.row)" "$programs/*.row"

# ---- a client that is there ----

client() {
    NO_INSTALL=1 PEERS=client_python bench/peers/update/build.sh "$programs"
}
if client >/dev/null 2>&1 && [ -f "$programs/client-python.row" ]; then
    check 'client_python has a row' grep -q 'client_python [0-9]' \
        "$programs/client-python.row"
    python=$(sed -n 's/.*"exec \([^ ]*\) .*/\1/p' "$programs/client-python.row")
    cpu=$(taskset -pc $$ | sed 's/.*: \([0-9]*\).*/\1/')
    for operation in inc observe hit cached; do
        echo "$operation 2 0 1000000 $cpu,$cpu"
    done | "$python" bench/peers/update/client_python.py >"$t/out" 2>&1
    check '... does all four operations, and counts right' is "$(awk '
        NR == 1 { printf "%s ", $0 }
        NR > 1 && NF == 5 && $1 > 0 && $2 >= 1000000 && $3 >= $1 && $3 == $4 { n++ }
        END { print n }' "$t/out")" 'ready 4'
    echo 'dance 1 0 0 0' | "$python" bench/peers/update/client_python.py \
        >"$t/out" 2>&1
    check '... refuses what it does not know' test $? -ne 0
else
    skip 'client_python' 'python3-prometheus-client is not installed'
fi
rm -f "$programs"/*.row

# ---- programs that only play a client ----

# Answers as fast as it is asked: 100 updates in 1000 ns. $1: what it does in
# place of the third answer.
cat >"$t/stub" <<'END'
#!/bin/sh
echo $$ >>"$PIDS"
[ "$1" != rude ] || echo hello
echo ready
n=0
while read -r operation threads warm measure cpus; do
    n=$((n + 1))
    case $1-$n in
    dies-3) exit 3 ;;
    killed-3) kill -9 $$ ;;
    babbles-3) echo '100 1000 bananas 100 0' ;;
    short-3) echo '100 1000 100 100' ;;
    long-3) echo '100 1000 100 100 0 0' ;;
    brags-3) echo '100 999999999999 100 100 0' ;;
    loses-3) echo '100 1000 100 99 0' ;;
    *) echo '100 1000 100 100 0' ;;
    esac
done
END
chmod +x "$t/stub"
export PIDS="$t/pids"
# stub NAME COMMAND MOST_THREADS
stub() {
    cat >"$programs/$1.row" <<END
'-DBENCH_PEER="$1"' '-DBENCH_COMMAND="$2"' '-DBENCH_VERSION="stub"'
'-DBENCH_SNAPSHOT="none"' '-DBENCH_MOST_THREADS=$3' -DBENCH_RANK=900
END
}
for way in rude dies killed babbles short long brags loses; do
    stub $way "exec $t/stub $way" 0
done
stub nobody "$t/there-is-no-such-program" 0
stub client-golang "exec $t/stub right" 0
stub prom-client "exec $t/stub right" 1
export SUITES=peers
check 'the suite builds, with ours and with stubs' status 0 bench/build.sh \
    lab-01=solutions lab-01=solutions+lto lab-07=solutions/07-scaling
run() {
    results=$1 threads=$2
    shift 2
    rm -f "$PIDS"
    timeout 120 "$OUT/bench-peers" --designs "$OUT/peers" --out "$t/$results" \
        --quick --threads "$threads" --only "$@"
}
# cell FILE CONDITION COLUMN: that field of the first row for which the awk
# condition holds, or "no row".
cell() {
    awk -F, "NR > 1 && ($2) { print \$$3; found = 1; exit }
        END { if (!found) print \"no row\" }" "$t/$1"
}
none_is_left() {
    [ -s "$PIDS" ] || return 1
    while read -r pid; do
        ! kill -0 "$pid" 2>/dev/null || { echo "$pid is left"; return 1; }
    done <"$PIDS"
}

check 'a run with two peers, of which one has a thread only' status 0 \
    run fine 1,2 inc-lab-07,inc-client-golang,hit-client-golang,inc-prom-client
check '... their time is what they say' \
    is "$(cell fine/summary.csv '$2 == "hit-client-golang" && $3 == 1' 12)" 10
check '... for so many threads' \
    is "$(cell fine/summary.csv '$2 == "hit-client-golang" && $3 == 2' 12)" 20
check '... ours are compared with them' \
    is "$(cell fine/ratios.csv '$4 == "inc-lab-07" && $2 == 2' 5)" client-golang
rounds_of() {
    awk -F, -v row="$1" '$5 == row { print $6, $3 }' "$t/fine/trials.csv" | sort
}
check '... in the same rounds' is "$(rounds_of inc-client-golang)" \
    "$(rounds_of inc-lab-07)"
check '... at 2 threads the one has no row' \
    is "$(cell fine/summary.csv '$2 == "inc-prom-client" && $3 == 2' 1)" 'no row'
check '... nor a comparison' \
    is "$(cell fine/ratios.csv '$5 == "inc-prom-client" && $2 == 2' 1)" 'no row'
check '... one process for each of ours: all operations, and no more' \
    is "$(wc -l <"$PIDS")" 8
check '... none is left' none_is_left

# fails ROW SENTENCE
fails() {
    check "inc-$1 ends the run" status 2 run bad 1 "inc-$1"
    check "... saying so" says "$2"
    check '... and none is left' none_is_left
}
fails rude "the peer of 'inc-rude' said 'hello' in place of 'ready'"
fails dies "the peer of 'inc-dies' ended, with status 3"
fails killed "the peer of 'inc-killed' died of 'Killed'"
fails babbles "the peer of 'inc-babbles' said '100 1000 bananas 100 0', which"
fails short "the peer of 'inc-short' said '100 1000 100 100', which"
fails long "the peer of 'inc-long' said '100 1000 100 100 0 0', which"
fails brags "the peer of 'inc-brags' said '100 999999999999 .* which is no answer"
check 'a program that is not there ends the run' status 2 run bad 1 inc-nobody
check '... saying so' says "the peer of 'inc-nobody' ended, with status 127"
check 'a peer that counts wrong has no number' status 1 run wrong 1 inc-loses
check '... and it is said' says 'inc-loses .* WRONG SUM in .*: no number'

# ---- how ours are built ----

object() { echo "$OUT/peers/impl-$1.so"; }
calls() { # of met_counter_inc in the loop that is measured
    objdump -d --disassemble=design_run "$(object "$1")" |
        grep -c 'call.*<met_counter_inc>'
}
if command -v objdump >/dev/null; then
    check 'separate objects: the loop calls met_counter_inc' \
        is "$(calls lab-01-inc)" 1
    check '... with -flto it is in the loop' is "$(calls lab-01-lto-inc)" 0
    check '... the objects are for it' sh -c \
        "readelf -S -W '$OUT/objects/peers-lab-01-lto/counter.o' | grep -q gnu.lto"
    check '... and the others are not' sh -c \
        "! readelf -S -W '$OUT/objects/peers-lab-01/counter.o' | grep -q gnu.lto"
    has() { nm "$(object "$1")" | grep -c " T $2\$"; }
    check 'lab 07 comes with its slots' is "$(has lab-07-hit met_slot_make)" 1
    check '... and with the registry of lab 04' \
        is "$(has lab-07-hit met_family_child)" 1
    check '... but lab 01 without' is "$(has lab-01-hit met_slot_make)" 0
else
    skip 'how ours are built' 'no objdump'
fi
check 'all of ours count exactly' status 0 run ours 2 "$(
    for operation in inc observe hit cached; do
        for lab in lab-01 lab-01-lto lab-07; do
            printf '%s-%s,' $operation $lab
        done
    done)own-slot"
check '... every row' is "$(awk -F, 'NR > 1 && $2 !~ /^empty/ && $8 == 0 &&
    $12 != "" && $2 !~ /again$/ { n++ } END { print n }' \
    "$t/ours/summary.csv")" 13
check '... also in the suites counter, histogram and labels' status 0 env \
    SUITES='counter histogram labels' bench/build.sh labs=solutions/07-scaling
count() {
    timeout 120 "$OUT/bench-$1" --designs "$OUT/$1" --out "$t/$1" --quick \
        --threads 2 --only "$2" ${3:+--impl "$3"}
}
check '... counter' status 0 count counter own-slot "$OUT/impl/labs.so"
check '... histogram' status 0 count histogram labs-uniform
check '... labels' status 0 count labels labs-hit-100

if command -v gnuplot >/dev/null; then
    check 'the figure is drawn' status 0 \
        bench/plots/plots.sh "$t/fine" "$t/figures"
    check '... and there is no other' is "$(cd "$t/figures" && echo *.svg)" \
        peers.svg
    check '... also in a terminal' status 0 env TERM_PLOT=1 \
        bench/plots/plots.sh "$t/fine"
    check 'the report takes the result in' status 0 \
        bench/report/report.sh "$t/page.html" "$t/fine"
    cp "$t/page.html" "$t/out"
    check '... with its question' says 'what does an update cost beside other'
    check '... and its figure' says '<svg role="img"'
else
    skip 'the figure' 'no gnuplot'
fi

if [ -n "${ABACUS_LONG:-}" ]; then
    unset OUT SUITES
    RESULT=$t/long bench/run.sh peers 2>&1 | sed 's/^/# /'
    while read -r verdict bar; do
        check "$bar" test "$verdict" = holds
    done <"$t/long/bars.txt"
fi
finish
