#!/bin/sh
# SPDX-License-Identifier: MIT
#
# watch.t - grade watch: which test is told first, and when, what is told of a file
# that does not compile, and that its end leaves nothing
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world

tree=$t/tree
c=$tree/01-counter/counter.c
mkdir -p "$tree"
cp -R "$root/solutions/01-counter" "$tree"
pid=''
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; rm -rf "$t"' EXIT

# start LAB: watches the tree; what it says is in $t/out. $course is whose grader.
course=$root
start() {
    : >"$t/out"
    # a shell without job control lets its background ignore SIGINT
    (cd "$course" && exec env --default-signal=INT build/bin/grade watch \
        "$tree" --lab "$1" --repeat "make grade IMPL=labs") \
        >"$t/out" 2>"$t/err" </dev/null &
    pid=$!
}
stop() {
    kill -s INT "$pid"
    wait "$pid"
    status=$?
    pid=''
}

# until_says TEXT: on a line of what came after the last save. The limit only
# ends a watch that says nothing.
heard() { awk '/^  ---- /{ text = "" } { text = text $0 "\n" } END { printf "%s", text }' "$t/out"; }
until_says() {
    end=$(($(date +%s) + 180))
    until heard | grep -qF -e "$1"; do
        [ "$(date +%s)" -lt "$end" ] && kill -0 "$pid" || return 1
        sleep 0.05
    done
}
saves() { grep -c '^  ---- ' "$t/out"; }
# save SED...: the solution, changed so, as an editor does it, through another
# file; waits until the watch has seen it.
save() {
    before=$(saves)
    cp "$root/solutions/01-counter/counter.c" "$t/next"
    for change; do sed -i "$change" "$t/next"; done
    cp "$t/next" "$c.swp"
    mv "$c.swp" "$c"
    until [ "$(saves)" -gt "$before" ]; do
        kill -0 "$pid" || return 1
        sleep 0.02
    done
}
# The verdicts on tests, in the order of their lines: "FAIL name", "pass name"
verdicts_heard() { heard | sed -n 's/^  \(FAIL\|pass\)  *\([a-z0-9_]*\).*/\1 \2/p'; }
heard_are() {
    printf '%s\n' "$@" >"$t/want"
    verdicts_heard | diff - "$t/want"
}

no_nan='s/^    if (!(v >= 0.0)).*/    if (v < 0.0)/'
no_inc='s/^    add(c, 1.0);/    add(c, 2.0);/'

start 01
check 'at its start it grades what is there' until_says ' points'
cp "$t/out" "$t/first"
full=$(sed -n 's/^  \([0-9]* of [0-9]*\) points$/\1/p' "$t/first")
all_points() { [ -n "$full" ] && [ "${full% of *}" = "${full#* of }" ]; }
check 'sanitizers and explorer follow when nothing fails' all_points

# ---- the formerly failing test first ----

save "$no_nan"
check 'a save is graded' until_says 'tests fail'
check 'the test that fails is told' heard_are 'FAIL add_refuses_nan'
check 'with the sentence of the contract' until_says \
    '"Returns MET_EINVAL when v is NaN; then nothing changes."'
check 'how many are left' until_says '01-counter: 1 of '
check 'and how to debug it' until_says \
    'make debug IMPL=labs LAB=01 TEST=add_refuses_nan'
debugs() {
    (cd "$root" && make -n debug IMPL="$tree" LAB=01 TEST=add_refuses_nan) |
        grep -q "'add_refuses_nan'"
}
check 'which is a command of make' debugs
save "$no_nan" "$no_inc"
check 'another breaks, which stands before it' until_says 'tests fail'
check 'still the first is told, and only that' heard_are 'FAIL add_refuses_nan'
save "$no_inc"
check 'when it is repaired' until_says 'tests fail'
check 'it passes first, then comes the next' heard_are \
    'pass add_refuses_nan' 'FAIL inc_adds_1'
save
check 'when all is repaired' until_says "  $full points"
check 'the last one passes, and nothing fails' heard_are 'pass inc_adds_1'

# ---- what does not compile ----

line=$(grep -n 'met_counter_inc' "$root/solutions/01-counter/counter.c" |
    sed -n '1s/:.*//p')
save "${line}i #error planted"
check 'a broken file: what the compiler says, with the line' until_says \
    "counter.c:$line:2: error: #error planted"
no_verdicts() { ! verdicts_heard | grep .; }
check 'and no verdict on a test' no_verdicts
save
check 'repaired, it goes on' until_says ' points'

n=$(saves)
mkdir "$tree/02-gauge"
echo 'not C' >"$tree/02-gauge/gauge.c"
echo 'notes' >"$tree/01-counter/notes.txt"
# Nothing can be waited for. Were this too short, a mistake would be missed; no
# right watch fails by it.
sleep 0.3
save
check 'the next save is graded' until_says ' points'
one_more() { [ "$(saves)" = $((n + 1)) ]; }
check 'neither notes nor the file of another lab are' one_more

# ---- a save while it works, and the end ----

hang='s/^    add(c, 1.0);/    for (volatile int i = 0;; i++) ;/'
has_driver() { grep -sq '^driver$' /proc/[0-9]*/comm; }
until_driver() {
    until has_driver; do
        kill -0 "$pid" || return 1
        sleep 0.05
    done
}
save "$hang"
if [ "$ABACUS_WORLD" = ready ]; then
    check 'a test hangs' until_driver
fi
save "$no_nan"
check 'a save while it hangs is graded' until_says 'tests fail'
# Had it not been killed, it would have told of its hang before it ended.
says_no_hang() { ! grep hung "$t/out"; }
check 'and nothing is told of the old one' says_no_hang

listing() { find "$tree" "$root/build/cache" -name 'new.*' -o -path "$tree/*" | sort; }
listing >"$t/before"
save "$hang"
[ "$ABACUS_WORLD" != ready ] || until_driver
stop
check 'Ctrl-C while a test hangs ends it, with status 0' exited 0
check 'without waiting for the hang' says_no_hang
if [ "$ABACUS_WORLD" = ready ]; then
    check 'at once no process and no temporary file is left' nothing_left 3
else
    skip 'no process is left' 'no namespaces here'
fi
same_files() { listing | diff "$t/before" -; }
check 'nor a file in the tree or in the cache' same_files
quiet_error() { ! grep . "$t/err"; }
check 'it had nothing to complain of' quiet_error

# ---- the first failure, while others still run ----

# A course of its own, whose judge keeps its last line until $t/go is there: so
# long, a test still runs. All of its lines are in $t/lines.
course=$t/g
mkdir -p "$course/build" "$course/tests/suites/01-counter" \
    "$course/tests/grader" "$course/labs"
(cd "$root" && cp -R build/bin build/judge build/driver build/explore \
    "$course/build" && cp -R tests/interleave "$course/tests" &&
    cp -R labs/include "$course/labs" &&
    cp tests/grader/watched.sh "$course/tests/grader" &&
    cp tests/suites/01-counter/manifest "$course/tests/suites/01-counter")
mv "$course/build/judge/01-counter" "$course/build/judge/real"
cat >"$course/build/judge/01-counter" <<EOF
#!/bin/sh
[ "\$1" != list ] || exec $course/build/judge/real "\$@"
$course/build/judge/real "\$@" 4>&1 >&2 | {
    while IFS= read -r line; do
        [ -z "\$kept" ] || printf '%s\n' "\$kept" >&4
        kept=\$line
        printf '%s\n' "\$line" >>$t/lines
    done
    until [ -e $t/go ]; do sleep 0.05; done
    printf '%s\n' "\$kept" >&4
}
EOF
chmod 755 "$course/build/judge/01-counter"

sed "$no_inc" "$root/solutions/01-counter/counter.c" >"$c"
start 01
check 'the first failure is told while others still run' until_says 'FAIL  inc_adds_1'
check 'with its sentence' until_says '"Adds 1."'
not_all_told() { ! grep -E 'tests? fails?' "$t/out"; }
check 'and nothing of all' not_all_told
touch "$t/go"
check 'when all have ended: how many fail' until_says 'tests fail'
check 'the first is told once' heard_are 'FAIL inc_adds_1'

# Two run at a time: which ends first is luck, but it is one of the first two.
in_order() {
    sed -n 's/.*"name":"\([a-z0-9_]*\)".*/\1/p' "$t/lines" | head -n 1 >"$t/ended"
    sed -n 's/^GRADED(\([a-z0-9_]*\),.*/\1/p' \
        "$root/tests/suites/01-counter/contract.c" | head -n 2 >"$t/two"
    cat "$t/ended" "$t/two"
    grep -qxf "$t/ended" "$t/two"
}
check 'tests are run in the order of their file' in_order

stop

null_hangs='s/^    free(c);/    for (volatile int i = 0; !c; i++) ;\n&/'
sed -e "$null_hangs" -e "$no_inc" "$root/solutions/01-counter/counter.c" >"$c"
start 01
check 'one hangs, and one behind it fails sooner' until_says 'tests fail'
check 'the first of the file is told, not the first that ends' heard_are \
    'FAIL destroy_takes_null'
stop

# What was told is remembered, although a save comes before the end.
rm "$t/go"
sed "$no_inc" "$root/solutions/01-counter/counter.c" >"$c"
start 01
check 'a failure is told' until_says 'FAIL  inc_adds_1'
save
touch "$t/go"
check 'all is repaired before the others have ended' until_says ' points'
check 'that test comes first' heard_are 'pass inc_adds_1'
stop
course=$root

# ---- a lab that needs another ----

cp -R "$root/solutions/02-gauge" "$root/solutions/03-histogram" \
    "$root/solutions/04-registry" "$tree"
cp "$root/solutions/02-gauge/gauge.c" "$tree/02-gauge/gauge.c"
echo 'int planted = oops;' >>"$c"
start 04
check 'what it needs does not compile: it says which' until_says \
    '04-registry needs 01-counter/counter.c, which does not compile: make watch LAB=01'
no_oops() { ! grep oops "$t/out"; }
check 'and not what the compiler says of it' no_oops
echo 'int mine = mistake;' >>"$tree/04-registry/names.c"
check 'a mistake of its own is shown' until_says "'mistake' undeclared"
check 'still without the other' no_oops
stop
check 'it ends' exited 0

finish
