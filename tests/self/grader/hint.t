#!/bin/sh
# SPDX-License-Identifier: MIT
#
# hint.t - grade hint: a step at a time, for the first test that fails; and the
# number of steps in the result
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world

tree=$t/tree
notes=$tree/00-race/hints.txt
mkdir -p "$tree"
cp -R "$root/labs/00-race" "$tree"

hint() { # LAB
    (cd "$root" && exec timeout -k 5 300 build/bin/grade hint "$tree" --lab \
        "$1") </dev/null >"$t/out" 2>"$t/err"
    status=$?
}
steps_shown() { sed -n 's/^  \([123]\) of 3  .*/\1/p' "$t/out" | tr -d '\n'; }
shows() { [ "$(steps_shown)" = "$1" ] || { steps_shown; return 1; }; }
noted() { [ "$(grep -v '^#' "$notes")" = "$1" ] || { cat "$notes"; return 1; }; }

# ---- one at a time ----

test=an_amount_may_itself_add
for n in 1 12 123; do
    hint 00
    check "asked ${#n} times: the steps $n" shows "$n"
    check 'for the first test that fails' out_says "$test"
    check 'which is noted' noted "$test ${#n}"
done
hint 00
check 'a fourth time: the same three' shows 123
check 'it says that there are no more' out_says 'There are no more steps'
check 'and three are noted' noted "$test 3"
own() { says_not "$t/out" 'no steps of its own'; }
check 'they are the own steps of the test' own

# ---- the result ----

grade "$tree" --lab 00 --json "$t/hints.json"
valid() {
    /usr/bin/python3 -W ignore -m jsonschema -i "$1" \
        "$root/tests/grader/result.schema.json"
}
check 'the result is as the schema says' valid "$t/hints.json"
check 'it tells how many were used for the test' \
    field_is "$t/hints.json" $test hints 3
in_all() { grep -q "^      \"hints\": $2,\?\$" "$1"; }
check 'and in all' in_all "$t/hints.json" 3
check 'the report says it, too' out_says '3 steps of help'
spoiled() {
    sed 's/"hints": 3/"hints": 4/' "$t/hints.json" >"$t/spoiled.json"
    ! valid "$t/spoiled.json"
}
check 'the schema refuses a fourth step' spoiled
tar -C "$tree" -czf "$t/handed-in.tar.gz" 00-race
grade "$t/handed-in.tar.gz" --lab 00 --json "$t/tar.json"
check 'so it is in an archive that is handed in' in_all "$t/tar.json" 3
grade labs --lab 00 --json "$t/none.json"
no_hints() { ! grep '"hints"' "$1"; }
check 'without the file, the result says nothing of hints' no_hints "$t/none.json"
# (what is said of a race may vary)
same_scores() {
    for file; do
        grep -E '"(name|score|status)": ' "$file" >"$file.scores"
    done
    [ -s "$1.scores" ] && diff "$1.scores" "$2.scores"
}
check 'a score does not depend on it' same_scores "$t/none.json" "$t/hints.json"

# What a stranger wrote into the file neither helps nor harms.
for text in "$test 9" "$test -1" "$test 33" " $test 2" "$test" 'other_test 3'; do
    printf '%s\n' "$text" >"$notes"
    grade "$tree" --lab 00 --test $test --json "$t/odd.json"
    check "\"$text\" counts for nothing" in_all "$t/odd.json" 0
done
head -c 9000 /dev/zero >"$notes"
grade "$tree" --lab 00 --test $test --json "$t/odd.json"
check 'a file that is too long is left out' no_hints "$t/odd.json"
rm "$notes"
ln -s /etc/passwd "$notes"
grade "$tree" --lab 00 --test $test --json "$t/odd.json"
check 'a link is not followed' no_hints "$t/odd.json"
check 'and nothing is refused for it' exited 0
rm "$notes"

# ---- other states of a lab ----

# Only a test that students do not see finds this one.
cp -R "$root/solutions/01-counter" "$tree"
cp "$root/tests/mutants/01-counter/wraps-at-2-53.c" "$tree/01-counter/counter.c"
hint 01
check 'a test without own steps: it says so' out_says 'no steps of its own'
sentence=$(sed -n '/^  1 of 3/{n;p;}' "$t/out")
has_sentence() { case $sentence in *'in labs/include/met/'*) ;; *) false ;; esac; }
check 'and begins with the sentence of the contract' has_sentence
hint 01
hint 01
check 'the third step is what the test saw' out_says 'Expected: '
honest() { says_not "$t/out" 'nearly the code'; }
check 'which is not nearly the code, and not called so' honest

echo 'int planted = oops;' >>"$tree/00-race/tally.c"
hint 00
check 'what does not compile: the compiler helps' out_says "'oops' undeclared"
not_noted() { [ ! -e "$notes" ]; }
check 'and no step is counted' not_noted
cp "$root/solutions/00-race/tally.c" "$tree/00-race"
hint 00
check 'nothing fails: there is no hint' out_says 'nothing fails'
check 'and none is counted' not_noted

# A race that no plain run shows still has its help.
sed -i '/pthread_mutex_\(un\)\?lock(/d' "$tree/00-race/tally.c"
hint 00
helps_with_race() { grep -q 'no_amount_is_lost\|an_amount_keeps_nobody_waiting\|a_total_is_never_torn' "$t/out" && shows 1; }
check 'a race has help, too' helps_with_race

# ---- who has own steps ----

text='"([^"\\]|\\.)+"' # of JSON, and not empty
for folder in "$root"/tests/suites/*; do
    lab=$(basename "$folder")
    "$root/build/judge/$lab" list 3 3>"$t/list"
    all_have() { # those of its own suite; lab 07 has others', too
        grep '"suite":"contract"' "$t/list" | grep "/$lab/" >"$t/contract" &&
            ! grep -Ev "\"help\":\[$text, *$text, *$text\]" "$t/contract"
    }
    check "$lab: each test that students see has three steps" all_have
done

check_nothing_left 'no process or file is left'
finish
