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
take_harness "$OUT"
programs=$OUT/peers-programs

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
threads,design,reference,aa,pairs,disturbed,speed_ratio,low,high,aa_band,verdict,quiet_ratio,quiet_low,quiet_high
1,inc-lab-01-again,inc-lab-01,1,20,0,1,0.99,1.01,1.02,not resolved,1,0.99,1.01
1,inc-lab-01,inc-prometheus-cpp,0,20,0,1.3,1.2,1.4,1.02,faster,1.3,1.2,1.4
1,inc-lab-07,inc-prometheus-cpp,0,20,0,7,6.5,7.5,1.02,faster,7,6.5,7.5
1,inc-lab-07,inc-client-golang,0,20,0,6,5.5,6.5,1.02,faster,6,5.5,6.5
1,inc-lab-07,inc-rust-prometheus,0,20,0,,,,1.02,no number: wrong sum,,,
1,inc-lab-07-lto,own-slot,0,20,0,0.5,0.4,0.6,1.02,slower,0.5,0.4,0.6
1,own-slot,inc-lab-01,0,20,0,20,19,21,1.02,faster,20,19,21
1,observe-lab-07,observe-client-golang,0,20,0,5,4.5,5.5,1.02,not resolved: disturbed,5,4.5,5.5
1,hit-lab-07,hit-client-golang,0,20,0,1.1,0.9,1.2,1.02,not resolved,1.1,0.9,1.2
1,cached-lab-07,inc-lab-07,0,20,0,0.5,0.4,0.6,1.02,slower,0.5,0.4,0.6
1,inc-lab-07,inc-lab-01,0,20,0,9,8,10,1.02,faster,9,8,10
2,inc-lab-07-lto,own-slot,0,20,0,0.51,0.505,0.515,1.05,slower,0.51,0.505,0.515
2,inc-lab-07,inc-client-golang,0,20,13,24,22,26,1.02,faster,23,20,25
2,cached-lab-07,inc-lab-07,0,20,0,0.99,0.9,1.02,1.02,not resolved,0.99,0.9,1.02
2,observe-lab-07,observe-client-golang,0,20,11,20,19,21,1.02,faster,5,4,6
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
check '... also where most was disturbed, if the rest says the same' \
    says 'holds .*inc-lab-07, 2 threads: .*golang: 0.0417 (0.0385 to 0.0455)'
check '... is missed' \
    says 'misses .*cached-lab-07, 1 thread: at most 1.3 .*: 2 (1.67 to 2.5)'
check '... is not resolved where the interval goes over it' \
    says 'not resolved .*inc-lab-07-lto, 1 thread: .*own-slot: 2 (1.67 to 2.5)'
check '... or is nearer than the A/A band' \
    says 'not resolved .*inc-lab-07-lto, 2 threads: .*: 1.96 (1.94 to 1.98)'
check '... or the run was disturbed' \
    says 'not resolved .*observe-lab-07, 1 thread.* not resolved: disturbed$'
check '... or what was not disturbed says something else' \
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
    dies-2) exit 3 ;;
    killed-2) kill -9 $$ ;;
    babbles-2) echo '100 1000 bananas 100 0' ;;
    short-2) echo '100 1000 100 100' ;;
    long-2) echo '100 1000 100 100 0 0' ;;
    brags-2) echo '100 999999999999 100 100 0' ;;
    loses-2) echo '100 1000 100 99 0' ;;
    hangs-*) exec sleep 600 ;;
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
stub client-golang "exec $t/stub right" 0
stub rust-prometheus "exec $t/stub loses" 0
stub client-python "exec $t/stub dies" 0
stub prom-client "exec $t/stub right-too" 1
export SUITES=peers
check 'the suite builds, with ours and with stubs' status 0 bench/build.sh \
    lab-01=solutions lab-07=solutions/07-scaling+lto
run() {
    results=$1
    shift
    rm -f "$PIDS"
    timeout 300 "$OUT/bench-peers" --designs "$OUT/peers" --out "$t/$results" \
        --try --only "$@"
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

ours=$(for operation in inc observe hit cached; do
    printf '%s-lab-01,%s-lab-07-lto,' $operation $operation
done)
check 'a run with ours and three peers, of which one counts wrong, ends with 1' \
    status 1 run fine "${ours}own-slot,inc-client-golang,hit-client-golang,\
inc-rust-prometheus,inc-prom-client"
check '... all of ours count exactly, at 1 and 2 threads' is "$(awk -F, '
    NR > 1 && $2 ~ /lab-0.*[^n]$|own-slot/ && $8 == 0 && $12 != "" { n++ }
    END { print n }' "$t/fine/summary.csv")" 18
check '... the time of a peer is what it says' \
    is "$(cell fine/summary.csv '$2 == "hit-client-golang" && $3 == 1' 12)" 10
check '... for so many threads' \
    is "$(cell fine/summary.csv '$2 == "hit-client-golang" && $3 == 2' 12)" 20
check '... ours are compared with it' is "$(cell fine/ratios.csv \
    '$4 == "inc-lab-07-lto" && $5 == "inc-client-golang" && $2 == 2' 7)" \
    "$(cell fine/summary.csv 1 5)"
rounds_of() {
    awk -F, -v row="$1" '$5 == row { print $6, $3 }' "$t/fine/trials.csv" | sort
}
check '... in the same rounds' is "$(rounds_of inc-client-golang)" \
    "$(rounds_of inc-lab-01)"
check '... one that counts wrong has no number' \
    is "$(cell fine/summary.csv '$2 == "inc-rust-prometheus"' 12)" ''
check '... and no claim' is "$(cell fine/ratios.csv \
    '$5 == "inc-rust-prometheus"' 14)" 'no number: wrong sum'
check '... and it is said' says 'inc-rust-prometheus .* WRONG SUM in .*: no number'
check '... one that has no 2 threads has no row there' \
    is "$(cell fine/summary.csv '$2 == "inc-prom-client" && $3 == 2' 1)" 'no row'
check '... nor a comparison' \
    is "$(cell fine/ratios.csv '$5 == "inc-prom-client" && $2 == 2' 1)" 'no row'
check '... but one at 1' \
    is "$(cell fine/ratios.csv '$5 == "inc-prom-client"' 2)" 1
check '... each of our processes starts each peer once, whatever it does' \
    is "$(wc -l <"$PIDS")" 12
check '... none is left' none_is_left
check 'a peer that dies ends the run' status 2 run bad inc-client-python
check '... saying so' \
    says "the peer of 'inc-client-python' ended, with status 3"
check '... and none is left' none_is_left

# The same without a run around it: three trials.
gcc -std=c11 -D_GNU_SOURCE -Ibench/harness -o "$t/ask" \
    tests/self/bench/ask.c "$OUT"/harness/[!m]*.o -pthread -ljansson -lm -ldl \
    >"$t/out" 2>&1
# answers STATUS WAY SENTENCE
answers() {
    rm -f "$PIDS"
    check "a peer that $2" status "$1" "$t/ask" "exec $t/stub $2"
    check '... is told' says "$3"
    check '... and not left' none_is_left
}
answers 0 right '^3 trials: 300 updates in 3000 ns'
answers 2 rude "the peer of 'stub' said 'hello' in place of 'ready'"
answers 2 dies "the peer of 'stub' ended, with status 3"
answers 2 killed "the peer of 'stub' died of 'Killed'"
answers 2 babbles "the peer of 'stub' said '100 1000 bananas 100 0', which"
answers 2 short "the peer of 'stub' said '100 1000 100 100', which"
answers 2 long "the peer of 'stub' said '100 1000 100 100 0 0', which"
answers 2 brags "the peer of 'stub' said '100 999999999999 .* which is no"
check 'a program that is not there' status 2 "$t/ask" "$t/there-is-none"
check '... is told' says "the peer of 'stub' ended, with status 127"
# Killed, the harness can see to nothing: the kernel does.
hangs() {
    rm -f "$PIDS"
    "$t/ask" "exec $t/stub hangs" >/dev/null 2>&1 &
    asking=$!
    until [ -s "$PIDS" ]; do
        kill -0 $asking || return 1
        sleep 0.05
    done
    kill -9 $asking
    wait $asking 2>/dev/null
    tries=0
    # What nobody waited for may stay as a zombie.
    while pid=$(cat "$PIDS") && [ -e "/proc/$pid/stat" ] &&
        ! grep -q ') Z' "/proc/$pid/stat"; do
        tries=$((tries + 1))
        [ $tries -lt 200 ] || return 1
        sleep 0.05
    done
}
check 'a peer that hangs does not outlive a harness that was killed' hangs

# ---- how ours are built ----

# calls ROW FUNCTION: how often the loop that is measured calls it.
calls() {
    objdump -d --disassemble=design_run "$OUT/peers/impl-$1.so" |
        grep -c "call.*<$2>"
}
has() { nm "$OUT/peers/impl-$1.so" | grep -c " $2"; }
for_lto() {
    readelf -S -W "$OUT/objects/peers-$1/counter.o" | grep -q gnu.lto
}
check 'separate objects: the loop calls what it measures' \
    is "$(calls lab-01-cached met_counter_inc)" 1
not() { ! "$@"; }
check '... they are not for -flto' not for_lto lab-01
check 'with -flto: the objects are for it' for_lto lab-07-lto
check '... and a small function is in the loop' \
    is "$(calls lab-07-lto-cached met_counter_inc)" 0
check 'lab 07 comes with its slots' is "$(has lab-07-lto-hit met_my_chunk)" 1
check '... and with the registry of lab 04' \
    is "$(has lab-07-lto-hit met_family_child)" 1
check '... but lab 01 without slots' is "$(has lab-01-hit met_my_chunk)" 0

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
