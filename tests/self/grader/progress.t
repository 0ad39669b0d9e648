#!/bin/sh
# SPDX-License-Identifier: MIT
#
# progress.t - grade progress: each lab's last points, and what is next
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world

tree=$t/tree
mkdir -p "$tree"
cp -R "$root/solutions/00-race" "$root/labs/01-counter" "$tree"

progress() {
    (cd "$root" && build/bin/grade progress "$t/kept" "$tree") \
        >"$t/out" 2>"$t/err"
    status=$?
}
row() { grep "^  $1  *$2\$" "$t/out"; }

progress
check 'at first nothing is graded' row 00-race 'not graded yet *'
check 'and the first lab is next' out_says 'Next: lab 00-race'

grade "$tree" --lab 01 --keep "$t/kept"
grade "$tree" --lab 00 --keep "$t/kept"
progress
check 'it ends well' exited 0
check 'a lab with all points is done' row 00-race '\([0-9]*\) of \1 (100 %) *done'
check 'the lab that was graded before it is kept' row 01-counter '[0-9]* of [0-9]* ([0-9] %) *'
check 'a lab that was not graded says so' row 02-gauge 'not graded yet *'
check 'next is the first that is not done' out_says 'Next: lab 01-counter'
check 'with the test that fails first' out_says 'its test each_code_has_its_own_sentence: '
check 'and a command' out_says 'make watch LAB=01'

before=$(grep '^  01-counter' "$t/out")
grade "$tree" --lab 01 --test inc_adds_1 --keep "$t/kept"
progress
same_row() { [ "$(grep '^  01-counter' "$t/out")" = "$before" ]; }
check 'one test by itself changes no points' same_row

touch "$tree/00-race/tally.c"
progress
check 'a lab that was saved since says so' row 00-race '.* done, but changed after that'
check 'and is to be graded again' out_says 'Next: grade lab 00-race again'
grade "$tree" --lab 00 --keep "$t/kept"
progress
check 'graded again, it is done' row 00-race '.*(100 %) *done'

echo 'int planted = oops;' >>"$tree/01-counter/counter.c"
grade "$tree" --lab 01 --keep "$t/kept"
progress
check 'a lab that does not compile says so' out_says 'It does not compile'

check_nothing_left 'nothing is left'
finish
