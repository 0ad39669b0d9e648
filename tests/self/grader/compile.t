#!/bin/sh
# SPDX-License-Identifier: MIT
#
# compile.t - what the compiler is given, what it may read, and what is said
# when it refuses
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world

# graded_with TEXT: $s with TEXT as its counter.c
graded_with() {
    cat >"$s/counter.c"
    grade "$s" --lab 01 --json "$t/r.json" --cc "${cc:-gcc}" --test inc_adds_1
}
prepend() {
    { cat && cat "$root/solutions/01-counter/counter.c"; } | graded_with
}

# 0 points, which is a verdict; and the line of the student is named
refused_at() {
    exited 0 && [ "$(score "$t/r.json")" = 0 ] && grep -q "counter.c:$1[:,]" "$t/out" &&
        out_says '01-counter does not compile:' &&
        field_is "$t/r.json" inc_adds_1 status '"failed"'
}
passes() { exited 0 && field_is "$t/r.json" inc_adds_1 status '"passed"'; }

submission one

for cc in gcc clang; do
    if ! can_use $cc; then
        skip "$cc" "no drivers of $cc: make build CC=$cc"
        continue
    fi
    prepend <<'EOF'
int broken(void)
{
    return not_declared;
}
EOF
    check "$cc: an error is shown with file and line" refused_at 3
    check "$cc: and with the line itself" out_says 'return not_declared;'
    says_problem() { grep -q '"problem": "01-counter does not compile:' "$t/r.json"; }
    check "$cc: the result has it, too" says_problem

    prepend <<'EOF'
static int unused_function(unsigned a) { int b; return a > -1; }
#warning "look here"
EOF
    check "$cc: warnings refuse nothing" passes
    check "$cc: they are shown" out_says 'The compiler warns (this costs no points):'
    warned() { grep -q '^        counter.c:1: unused variable' "$t/out"; }
    check "$cc: with file and line" warned
    quoted() { grep -q '^            static int unused_function(unsigned a)' "$t/out"; }
    check "$cc: and with the line itself" quoted
    check "$cc: those of the preprocessor, too" out_says 'counter.c:2: '
    cp "$t/out" "$t/first"
    grade "$s" --lab 01 --json "$t/r.json" --cc "$cc" --test inc_adds_1
    again() { grep -A20 'compiler warns' "$t/first" | sed '/points/,$d' >"$t/1" &&
        grep -A20 'compiler warns' "$t/out" | sed '/points/,$d' | diff "$t/1" -; }
    check "$cc: what was compiled before warns as it did" again

    graded_with <<'EOF'
#include __FILE__
EOF
    check "$cc: a file that includes itself ends" refused_at 1

    # What is outside of the sandbox, by any name.
    set -- "$root/solutions/01-counter/counter.c" /proc/1/root/etc/passwd
    [ $cc = clang ] || set -- "$@" /etc/passwd "$t/one/error.c" \
        ../../solutions/01-counter/counter.c /proc/1/cwd/Makefile
    for file; do
        printf '#include "%s"\n' "$file" | prepend
        check "$cc: #include \"$(echo "$file" | sed "s|$root|ROOT|; s|$t|T|")\" is not there" \
            refused_at 1
        quiet() { says_not "$t/out" 'root:x:' && says_not "$t/out" 'atomic'; }
        check "$cc: and nothing of it is shown" quiet
    done

    printf '__asm__(".incbin \\"/etc/passwd\\"");\n' | prepend
    check "$cc: nor can the assembler read it" out_says 'does not compile'

    prepend <<'EOF'
#include </dev/zero>
EOF
    check "$cc: a file without an end ends" exited 0
done
cc=gcc

prepend <<'EOF'
#define A(x) x x x x x x x x
#define B(x) A(A(A(A(x))))
#define C(x) B(B(B(x)))
static const char *huge = C("0123456789abcdef");
EOF
refused() { exited 0 && [ "$(score "$t/r.json")" = 0 ] && out_says 'does not compile'; }
check 'a huge expansion ends within its limits' refused

prepend <<'EOF'
__asm__(".data\n.fill 0x40000000, 1, 1\n.text\n");
EOF
check 'an object of 1 GB ends within its limits' refused

# ---- which files are seen ----

mkdir -p "$s/met" "$s/include/met"
for h in "$s/met/counter.h" "$s/include/met/counter.h" "$s/counter.h" \
    "$s/stdlib.h"; do
    echo '#error "this is not the header of the contract"' >"$h"
done
prepend <<'EOF'
#include "met/error.h"
EOF
check 'headers of a submission do not replace those of the contract' passes
prepend <<'EOF'
#include "counter.h"
EOF
check 'only the files that the lab names are there' refused_at 1

prepend <<'EOF'
#include "error.c"
EOF
rm "$s/error.c"
grade "$s" --lab 01 --json "$t/r.json" --test inc_adds_1
check 'not even another file of the lab, when it was not handed in' refused_at 1
submission one
prepend </dev/null
check 'the solution itself compiles' passes
check '... and nothing is said of it' says_not "$t/out" warns
no_warnings() { ! grep '"warnings' "$t/r.json"; }
check '... nor in the result' no_warnings
# The compiler of a replay runs with less priority than the grader. An ordinary
# user has no more to begin with.
(cd "$root" && exec nice -n -12 timeout -k 5 300 build/bin/grade lab "$s" --lab 01 \
    --json "$t/r.json" --test no_memory_error) </dev/null >"$t/out" 2>"$t/err"
status=$?
check 'also for a grader of a higher priority' exited 0

# ---- what the compiler says is text ----

{
    printf '/* caf\351 */\n'
    printf 'int broken(void) { return caf\351 + \033[31m; } // \033]0;title\a\n'
} | prepend
check 'an error beside bytes that are not UTF-8 is shown' refused_at 2
no_escape() { ! grep -n "$(printf '[\033\007]')" "$t/out" "$t/err" "$t/r.json"; }
check 'what the compiler repeats sends nothing to the terminal' no_escape
has_problem() { grep -q '"problem": ".*counter.c:2:' "$t/r.json"; }
check 'and is in the result' has_problem

many() {
    i=0
    while [ $i -lt 500 ]; do
        i=$((i + 1))
        echo "int broken_$i(void) { return nothing_$i; }"
    done
}
many | prepend
check 'of many errors the first are shown' refused_at 1

# ---- a warning is text, too ----

valid() {
    /usr/bin/python3 -W ignore -m jsonschema -i "$t/r.json" \
        "$root/tests/grader/result.schema.json"
}
warnings() { grep -c '^        counter.c:[0-9]*: unused variable' "$t/out"; }
{
    printf 'static inline void f(void) { int caf\303\251, x; } // \033]0;title\a \351\n'
    printf '#warning \033[31mred\033[0m\n'
    printf '#line 1 "\033[31m"\nstatic inline void g(void) { int far; }\n'
    printf '#line 99999 "counter.c"\nstatic inline void h(void) { int gone; }\n'
} | prepend
check 'warnings beside escape codes: the tests pass' passes
check '... they are shown' out_says 'counter.c:1: unused variable'
check '... and send nothing to the terminal' no_escape
check '... what names another file is left out' says_not "$t/out" "'far'"
check '... a line that is not there is not quoted' out_says 'counter.c:99999: unused'
check '... and the result is as the schema says' valid

i=0
while [ $i -lt 400 ]; do
    i=$((i + 1))
    echo "static inline void f$i(void) { int v$i; }"
done | prepend
check 'of hundreds of warnings' passes
five() { [ "$(warnings)" = 5 ]; }
check '... the first five are shown' five
and_more() { grep -q '^        and [1-9][0-9]* more$' "$t/out" && grep -q '"warnings_more": [1-9]' "$t/r.json"; }
check '... and how many more there are' and_more
check '... and the result is as the schema says' valid
{
    printf 'static inline void f(void) { int '
    yes v | head -c 100000 | tr -d '\n'
    printf '; }\n'
} | prepend
check 'a warning of 50 KB' passes
short() { awk 'length > 330 { print "long: " length; exit 1 }' "$t/out" && valid; }
check '... is cut' short

# ---- the compiler is not the student's to command ----

prepend <<'EOF'
#pragma GCC optimize ("O0")
#pragma GCC diagnostic error "-Wunused-function"
#pragma GCC dependency "/etc/passwd"
EOF
check 'pragmas that ask for other files are refused' refused

nothing_written() { ! grep . "$t/written"; }
touch "$t/stamp"
prepend </dev/null
# Other tests may make their own things in build/.
(cd "$root" && find labs solutions tests build/bin build/driver build/explore \
    build/judge -newer "$t/stamp") >"$t/written"
check 'nothing of the course is written' nothing_written

# ---- what was compiled before ----

# A course of its own, whose cache nobody else fills.
mkdir -p "$t/g/build" "$t/g/tests/suites/01-counter" "$t/g/labs"
(cd "$root" && cp -R build/bin build/judge build/driver build/explore "$t/g/build" &&
    cp -R tests/interleave "$t/g/tests" && cp -R labs/include "$t/g/labs" &&
    mkdir "$t/g/tests/grader" && cp tests/grader/watched.sh "$t/g/tests/grader" &&
    cp tests/suites/01-counter/manifest "$t/g/tests/suites/01-counter")
# by_its_own FOLDER: one test needs the plain build only
by_its_own() {
    "$t/g/build/bin/grade" lab "$1" --lab 01 --test inc_adds_1 --quiet \
        --json "$t/r.json" >"$t/out" 2>"$t/err"
    status=$?
}
submission right
submission twice
sed -i 's/^    add(c, 1.0);/    add(c, 2.0);/' "$t/twice/counter.c"
cache=$t/g/build/cache
if [ "$ABACUS_WORLD" = ready ]; then
    by_its_own "$t/right"
    check 'an empty cache' passes
    ls "$cache" >"$t/of-right"
    two_files() { [ "$(wc -l <"$t/of-right")" = 2 ]; }
    check 'each file is kept' two_files
    by_its_own "$t/twice"
    check 'a changed file is compiled' field_is "$t/r.json" inc_adds_1 status '"failed"'
    ls "$cache" | comm -13 "$t/of-right" - >"$t/of-twice"
    one_more() { [ "$(wc -l <"$t/of-twice")" = 1 ]; }
    check '... and only that one' one_more
    # Which entry of the first is its counter.c: that which the second lacks.
    rm -rf "$cache"
    by_its_own "$t/twice"
    counter=$(ls "$cache" | comm -23 "$t/of-right" -)
    cp "$cache/$(cat "$t/of-twice")" "$cache/$counter"
    by_its_own "$t/right"
    check 'what is in the cache is not compiled again' \
        field_is "$t/r.json" inc_adds_1 status '"failed"'
    for damage in 's/^./x/' '$d'; do
        sed -i "$damage" "$cache/$counter"
        by_its_own "$t/right"
        check "a damaged entry counts as missing: $damage" passes
        by_its_own "$t/right"
        check '... and is mended' passes
    done
    rm -rf "$cache"
    : >"$cache"
    by_its_own "$t/right"
    check 'without a place to keep it' passes
else
    skip 'what was compiled before' 'no sandbox: nothing is kept'
fi

# ---- what a compiler does not instrument ----

# with TEXT: the solution, and TEXT behind it
with() {
    submission more
    cat - >>"$s/counter.c"
    grade "$s" --lab 01 --cc "$1" --test no_data_race --json "$t/r.json"
}
refused_for() {
    out_says 'it cannot be watched for races' && tr -s '\n ' ' ' <"$t/out" | grep -q "$1" &&
        field_is "$t/r.json" no_data_race score 0
}
watched() { field_is "$t/r.json" no_data_race status '"passed"'; }
wide='struct met_wide { double w[4]; };
__attribute__((noinline)) struct met_wide met_wide(double v);
struct met_wide met_wide(double v) { return (struct met_wide){{v}}; }
void met_use(struct met_wide *to, const struct met_wide *from, double v);
void met_use(struct met_wide *to, const struct met_wide *from, double v) '
with gcc <<EOF
$wide { *to = met_wide(v); (void)from; }
EOF
check 'gcc: a struct that a function returns is not put into memory' \
    refused_for 'counter.c:[0-9]*: error: .* what a function returns goes straight'
with gcc <<EOF
const double met_kept = 1;
$wide { *(double *)&met_kept = v; (void)to, (void)from; }
EOF
check 'gcc: a store to a constant' refused_for 'a store to what is declared const'
with gcc <<EOF
$wide { __builtin_memcpy(to, from, sizeof *to); (void)v; }
EOF
check 'gcc: a built-in function that copies' refused_for 'a built-in function uses'
submission copies
cp "$root/tests/attacks/memory-by-copy.c" "$s/counter.c"
grade "$s" --lab 01 --cc gcc --test no_data_race --json "$t/r.json"
check 'gcc: a race in memcpy() is found' out_says 'a data race: two threads'
for cc in gcc clang; do
    if ! can_use $cc; then
        skip "$cc" "no drivers of $cc"
        continue
    fi
    with $cc <<EOF
#include <string.h>

$wide
{
    struct met_wide mine = met_wide(v), more[3];
    more[1] = met_wide(v + 1);
    memcpy(&more[0], from, sizeof *from);
    to[2] = more[0];
    to[1] = more[1];
    *to = mine;
}
EOF
    check "$cc: through variables of the function, and by memcpy()" watched
done

# A long double and a packed bit-field.
if can_use clang; then
    for type in 'long double' 'struct __attribute__((packed)) { unsigned long n : 56; }'; do
        for cc in clang gcc; do
            with $cc <<EOF
struct wide { $type w; };
void met_counter_wide(struct wide *w, struct wide *v);
void met_counter_wide(struct wide *w, struct wide *v)
{
    w->w$(case $type in *struct*) echo '.n = v->w.n' ;; *) echo ' = v->w + 1' ;; esac);
}
EOF
            case $cc in
            clang) check "clang, $type: refused, with its line" \
                refused_for 'counter.c:[0-9]*: error: .* of this size' ;;
            gcc) check '... gcc lets it be watched' watched ;;
            esac
        done
    done
else
    skip 'what clang does not instrument' 'no clang here'
fi

check_nothing_left 'nothing is left behind'
finish
