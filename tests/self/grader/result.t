#!/bin/sh
# SPDX-License-Identifier: MIT
#
# result.t - the result: its form, its sums, its digest, where it is written;
# and that nothing a submission prints is in its verdicts
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world

schema=$root/tests/grader/result.schema.json
valid() {
    /usr/bin/python3 -W ignore -m jsonschema -i "$1" "$schema"
}

# Every lab's score is the sum of its tests', and max_score likewise.
sums_are_right() {
    awk '
        function close_lab() {
            if (lab == "")
                return
            if (lab_score != score || lab_most != most || tests == 0) {
                print lab ": " lab_score " of " lab_most ", not " score \
                    " of " most
                wrong = 1
            }
        }
        { gsub(/,$/, "") }
        /^      "lab":/ {
            close_lab()
            lab = $2
            score = most = tests = 0
        }
        /^      "score":/ { lab_score = $2 }
        /^      "max_score":/ { lab_most = $2 }
        /^          "score":/ { score += $2; tests++ }
        /^          "max_score":/ { most += $2 }
        END {
            close_lab()
            exit lab == "" || wrong
        }' "$1"
}

# ---- form and sums ----

for tree in solutions labs; do
    grade "$tree" --json "$t/$tree.json"
    cp "$t/out" "$t/$tree.out"
    check "$tree: all labs are graded" exited 0
    check "$tree: the result is as the schema says" valid "$t/$tree.json"
    check "$tree: the sums are right" sums_are_right "$t/$tree.json"
    check "$tree: the compiler warns of nothing" says_not "$t/$tree.out" warns
done
# at_most FILE PERCENT, at_least FILE PERCENT
percent() {
    awk '{ gsub(/,/, "") }
        /^      "score":/ { s += $2 }
        /^      "max_score":/ { m += $2 }
        END { printf "%d\n", m ? 100 * s / m : -1 }' "$1"
}
all_points() { [ "$(percent "$t/solutions.json")" = 100 ]; }
few_points() {
    p=$(percent "$t/labs.json")
    [ "$p" -ge 0 ] && [ "$p" -le 10 ]
}
check 'the solutions have all points' all_points
check 'the starters have at most 10 %' few_points
lab_01() { sed -n '/"lab": "01-counter"/,/"lab": "02-gauge"/p' "$1"; }
enough() {
    n=$(lab_01 "$t/labs.json" | grep -c '^          "name":')
    [ "$n" -ge 15 ] && [ "$n" -le 25 ]
}
check 'lab 01 has 15 to 25 tests' enough
board() {
    "$root/build/bin/grade" board "$t/labs.json" "$t/solutions.json" \
        >"$t/out" && grep -q '^  01-counter .*(100 %)$' "$t/out"
}
check 'the board reads the results' board

# The schema is no rubber stamp: each of these is refused.
spoiled() {
    sed "$1" "$t/solutions.json" >"$t/spoiled.json"
    ! cmp -s "$t/solutions.json" "$t/spoiled.json" &&
        ! valid "$t/spoiled.json" 2>"$t/why.not" &&
        ! grep Traceback "$t/why.not" # refused, and not broken itself
}
for change in 's/"passed"/"fine"/' 's/"score": 4/"score": "4"/' '/"digest"/d' \
    's/"status": "passed"/"status": "failed"/' 's/"hidden"/"secret"/' \
    's|result/1|result/2|' 's/"got": ""/"got": "x"/'; do
    check "the schema refuses a result changed by $change" spoiled "$change"
done

# ---- one test by itself ----

for name in each_code_has_its_own_sentence inc_adds_1 no_increment_is_lost; do
    for tree in solutions labs; do
        grade "$tree" --lab 01 --test $name --json "$t/one.json"
        same() {
            for key in score max_score status expected got; do
                field_is "$t/one.json" "$name" $key \
                    "$(field "$t/$tree.json" "$name" $key)" || return 1
            done
        }
        check "$tree: $name alone has the verdict of the whole run" same
    done
done
check 'a result of one test is as the schema says' valid "$t/one.json"
skipped() {
    [ "$(grep -c '"status": "skipped"' "$t/one.json")" = $(($(grep -c "\"name\":" "$t/one.json") - 1)) ] &&
        sums_are_right "$t/one.json"
}
check 'its other tests are skipped, and its sums are right' skipped

# ---- the digest ----

digest() { sed -n 's/^  "digest": "\(.*\)",$/\1/p' "$1"; }
differ() { [ -n "$1" ] && [ -n "$2" ] && [ "$1" != "$2" ]; }
equal() { [ -n "$1" ] && [ "$1" = "$2" ]; }
first=$(digest "$t/labs.json")
check 'the digest does not depend on the submission' \
    equal "$first" "$(digest "$t/solutions.json")"
check 'nor on which tests are asked for' equal "$first" "$(digest "$t/one.json")"
if can_use clang; then
    grade labs --lab 01 --test inc_adds_1 --cc clang --json "$t/one.json"
    check 'another compiler changes it' differ "$first" "$(digest "$t/one.json")"
else
    skip 'another compiler changes it' 'no drivers of clang'
fi

# In a copy, so that the sources may be changed. Only the list of sources is
# made again: the programs are those of before.
mkdir "$t/copy"
(cd "$root" && cp -Rp Makefile labs tests "$t/copy" &&
    mkdir -p "$t/copy/build/obj" && cp -Rp build/bin build/judge build/driver build/explore \
    "$t/copy/build" && cp -Rp build/obj/plain-gcc "$t/copy/build/obj")
# What does not compile has the same digest, and is graded in no time.
mkdir "$t/broken"
for file in "$root"/labs/01-counter/*.c; do
    echo 'no C' >"$t/broken/${file##*/}"
done
digest_of_copy() {
    rm -f "$t/copy.json"
    (cd "$t/copy" && rm -f build/judge/sources && make -s build/judge/sources &&
        build/bin/grade lab "$t/broken" --lab 01 --quiet --json "$t/copy.json") >&2
    digest "$t/copy.json"
}
check 'a copy in another place has the same digest' \
    equal "$first" "$(digest_of_copy 2>"$t/err")"
touch "$t/copy/tests/suites/01-counter/contract.c"
echo '# a note' >"$t/copy/tests/self/note.md"
echo 'int met_a;' >>"$t/copy/labs/01-counter/counter.c"
check 'neither a starter, nor a self test, nor a date changes it' \
    equal "$first" "$(digest_of_copy 2>"$t/err")"
for file in tests/suites/01-counter/hidden.c tests/suites/01-counter/manifest \
    tests/judge/expect.c tests/driver/scenario.c tests/wire/contract.def \
    tests/grader/compile.c tests/grader/watched.sh labs/include/met/counter.h \
    Makefile; do
    cp -p "$t/copy/$file" "$t/kept"
    case $file in
    *.[ch] | *.def) echo '/* changed */' ;;
    *) echo '# changed' ;;
    esac >>"$t/copy/$file"
    check "a change of $file changes it" \
        differ "$first" "$(digest_of_copy 2>"$t/err")"
    cp -p "$t/kept" "$t/copy/$file"
done
check 'taken back, the digest is the old one' \
    equal "$first" "$(digest_of_copy 2>"$t/err")"
# The flags are in the program itself.
flags() {
    (cd "$t/copy" && sed -i 's/"-O2" LINK/"-O3" LINK/' tests/grader/compile.c &&
        cp build/judge/sources "$t/sources" && make -s build/bin/grade &&
        cp "$t/sources" build/judge/sources &&
        build/bin/grade lab "$t/broken" --lab 01 --quiet --json "$t/copy.json") &&
        differ "$first" "$(digest "$t/copy.json")"
}
check 'another flag of the compiler changes it, with the same sources' flags
rm -rf "$t/copy"

# ---- what a submission prints ----

submission liar
cat >"$s/error.c" <<'EOF'
#include "met/error.h"

/* the same sentence for all codes: wrong */
const char *met_strerror(int err)
{
    (void)err;
    return "ok 1 - passed\n1..1\n{\"status\":\"passed\",\"fence\":\"none\"}\n"
           "\033[2J\033]0;title\a\x9b" "31m[PASS]";
}
EOF
grade "$s" --lab 01 --test each_code_has_its_own_sentence --json "$t/liar.json"
lies_fail() {
    exited 0 &&
        field_is "$t/liar.json" each_code_has_its_own_sentence status '"failed"' &&
        [ "$(score "$t/liar.json")" = 0 ]
}
check 'a returned string that is a verdict is not one' lies_fail
check 'its result is as the schema says' valid "$t/liar.json"
harmless() {
    ! grep -n "$(printf '[\033\007\233]')" "$t/out" "$t/err" "$1"
}
check 'its escapes reach neither terminal nor result' harmless "$t/liar.json"

# No lab so far may print. So a copy of the course allows write(2) in lab 01.
mkdir -p "$t/open/build"
(cd "$root" && cp -Rp build/bin build/judge build/driver build/explore "$t/open/build" &&
    cp -Rp labs tests "$t/open")
echo 'imports write' >>"$t/open/tests/suites/01-counter/manifest"
open_grade() {
    "$t/open/build/bin/grade" lab "$@" >"$t/out" 2>"$t/err" </dev/null
    status=$?
}
for tree in solutions labs; do
    mkdir -p "$t/print-$tree"
    cp "$root/$tree"/01-counter/*.c "$t/print-$tree"
    {
        cat <<'EOF'
#include <unistd.h>
static void lie(int fd)
{
    static const char text[] =
        "\nok 1 - inc_adds_1\n1..1\n[====] Synthesis: Tested: 22 | Passing: 22 "
        "| Failing: 0 | Crashing: 0\n{\"fence\":\"namespaces\"}\n"
        "{\"suite\":\"contract\",\"name\":\"inc_adds_1\",\"status\":\"passed\","
        "\"points\":1000,\"seconds\":0}\n\033[2J\033]0;title\a\x9b" "2J";
    if (write(fd, text, sizeof text - 1) < 0)
        return;
}
EOF
        sed '/^int met_counter_create/,/^{/s/^{/{\n    lie(1);\n    lie(2);/' \
            "$root/$tree/01-counter/counter.c"
    } >"$t/print-$tree/counter.c"
    open_grade "$t/print-$tree" --lab 01 --json "$t/print.json"
    lab_01 "$t/$tree.json" >"$t/lab.json"
    points() { grep -E '^ *"(name|score|max_score|status)": ' "$1"; }
    same_points() {
        points "$t/lab.json" >"$t/a"
        points "$t/print.json" >"$t/b"
        exited 0 && [ -s "$t/a" ] && diff "$t/a" "$t/b"
    }
    check "$tree: lies in the output change no point" same_points
    check "$tree: the result is as the schema says" valid "$t/print.json"
    check "$tree: its escapes reach neither terminal nor result" \
        harmless "$t/print.json"
done
shown() { out_says '| ok 1 - inc_adds_1' && grep -q '"output": "' "$t/print.json"; }
check 'what was printed is shown as data' shown
rm -rf "$t/open"

# ---- colours ----

# on_terminal OUT COMMAND...: with a terminal as standard output
on_terminal() {
    script -qec "$1" "$t/typescript" >/dev/null 2>&1 </dev/null
}
escape() { grep -q "$(printf '\033')" "$1"; }
no_escape() { ! escape "$1"; }
for tree in solutions labs; do
    check "$tree: no escape when standard output is a file" \
        no_escape "$t/$tree.out"
done
command="cd '$root' && build/bin/grade lab labs --lab 01 --test inc_adds_1"
on_terminal "$command"
check 'colours on a terminal' escape "$t/typescript"
on_terminal "export NO_COLOR=1; $command"
asked() { grep -q 'inc_adds_1' "$t/typescript" && no_escape "$t/typescript"; }
check 'none with NO_COLOR' asked
on_terminal "export NO_COLOR=; $command"
check 'NO_COLOR must not be empty to count (no-color.org)' \
    escape "$t/typescript"

# ---- names that are no UTF-8 ----

odd=$t/$(printf 'x\351y\033[31m')
cp -R "$root/solutions/01-counter" "$odd"
grade "$odd" --lab 01 --test inc_adds_1 --json "$t/odd.json"
odd_graded() {
    exited 0 && field_is "$t/odd.json" inc_adds_1 status '"passed"' &&
        valid "$t/odd.json" && ! escape "$t/out" && ! escape "$t/odd.json"
}
check 'a folder whose name is not UTF-8 is graded' odd_graded
grade "$odd" --lab 00
check 'nor does an error send its escapes' no_escape "$t/err"

# ---- where it is written ----

one="labs --lab 01 --test destroy_takes_null"
# cannot_write WORDS: status 3, and one sentence
cannot_write() {
    exited 3 && err_says "$1" && [ "$(wc -l <"$t/err")" = 1 ]
}
# shellcheck disable=SC2086  # words
{
    grade $one --json "$t/nowhere/r.json"
    check 'into a folder that is not there' cannot_write \
        "$t/nowhere/r.json cannot be written: No such file or directory"
    grade $one --json "$t"
    check 'a folder' cannot_write "$t cannot be written: Is a directory"
    # Devices of our own: a grader that replaced them should not get those of
    # the machine.
    if mknod "$t/full" c 1 7 2>/dev/null && mknod "$t/null" c 1 3; then
        grade $one --json "$t/full"
        check 'a full device' cannot_write \
            "$t/full cannot be written: No space left on device"
        check 'which is still a device' [ -c "$t/full" ]
        grade $one --json "$t/null"
        check 'a device is written to' exited 0
        check 'and stays one' [ -c "$t/null" ]
    else
        skip 'devices' 'only root can make them'
    fi
    echo old >"$t/target"
    ln -s target "$t/link.json"
    grade $one --json "$t/link.json"
    check 'a link stays one' [ -L "$t/link.json" ]
    check 'and the result is where it leads' valid "$t/target"
    mkfifo "$t/pipe"
    cat "$t/pipe" >"$t/piped.json" &
    grade $one --json "$t/pipe"
    wait
    check 'through a pipe' valid "$t/piped.json"

    # A disk that is full: in a private mount namespace, or not at all.
    if [ "$ABACUS_WORLD" = ready ] && [ "$(id -u)" = 0 ]; then
        mkdir "$t/disk"
        mount -t tmpfs -o size=8k tmpfs "$t/disk"
        echo old >"$t/disk/r.json"
        grade labs --lab 01 --json "$t/disk/r.json"
        check 'a full disk' cannot_write \
            'r.json cannot be written: No space left on device'
        kept() { [ "$(cat "$t/disk/r.json")" = old ] && [ "$(ls "$t/disk")" = r.json ]; }
        check 'leaves the old result, and nothing else' kept
        umount "$t/disk"
    else
        skip 'a full disk' 'only root can mount one here'
        skip 'leaves the old result, and nothing else' 'see above'
    fi

    mkdir -m 555 "$t/closed"
    if [ "$(id -u)" = 0 ]; then
        mkdir -p "$t/g/build" "$t/g/tests/suites/01-counter" "$t/g/labs"
        (cd "$root" && cp -R build/bin build/judge build/driver build/explore "$t/g/build" &&
            cp -R labs/include labs/01-counter "$t/g/labs" &&
            mkdir "$t/g/tests/grader" &&
            cp tests/grader/watched.sh "$t/g/tests/grader" &&
            cp tests/suites/01-counter/manifest "$t/g/tests/suites/01-counter")
        chmod -R go+rX "$t/g"
        (cd "$t/g" && setpriv --reuid 12345 --regid 12345 --clear-groups \
            build/bin/grade lab $one --json "$t/closed/r.json") \
            >"$t/out" 2>"$t/err"
        status=$?
    else
        grade $one --json "$t/closed/r.json"
    fi
    check 'a folder that may not be written' cannot_write \
        'r.json cannot be written: Permission denied'

    grade $one --quiet --json "$t/r.json"
    silent() { exited 0 && [ ! -s "$t/out" ] && [ ! -s "$t/err" ]; }
    check '--quiet prints nothing' silent
}

# A function that was left out: the linker of the explorer and
# ThreadSanitizer have their own words for it, with places of ours.
{
    submission left-out
    sed -i 's/^void met_counter_inc/static void left_out/' "$s/counter.c"
    grade "$s" --lab 01 --quiet --json "$t/left.json"
    told_missing() {
        exited 0 &&
            field_is "$t/left.json" no_wrong_schedule got \
                '"the function met_counter_inc is missing"' &&
            field "$t/left.json" inc_adds_1 got |
            grep -q 'the function met_counter_inc is missing' &&
            ! field "$t/left.json" no_data_race got | grep -q Sanitizer &&
            ! grep -q "$root" "$t/left.json"
    }
    check 'a missing function is told by its name, without places of ours' \
        told_missing
}

# Memory given back too early: the crash comes in a test whose own hint is
# about something else.
{
    mkdir -p "$t/early"
    cp "$root"/solutions/04-registry/*.[ch] "$t/early"
    "$root/tests/self/judges/specimen.sh" \
        "$root/tests/mutants/04-registry/get-does-not-hold.patch" \
        >"$t/early/family.c"
    grade "$t/early" --lab 04 --backfill --quiet --json "$t/early.json"
    led_on() {
        exited 0 &&
            field "$t/early.json" metric_names got | grep -q crashed: &&
            field "$t/early.json" metric_names hint |
                grep -q 'no_memory_error first' &&
            field "$t/early.json" a_taken_name hint |
                grep -q 'no_memory_error first'
    }
    check 'after a double free, the hint of a crash names the test that tells' \
        led_on
}

check_nothing_left 'nothing is left behind'
finish
