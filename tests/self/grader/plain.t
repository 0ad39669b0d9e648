#!/bin/sh
# SPDX-License-Identifier: MIT
#
# plain.t - PLAIN=1: text for those who hear it, without colours and columns
# shellcheck disable=SC1091,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world
cp -R "$root/solutions/01-counter" "$t/racy"
"$root/tests/self/judges/specimen.sh" \
    "$root/tests/mutants/01-counter/load-add-store.c" >"$t/racy/counter.c"

PLAIN=1
export PLAIN
grade "$t/racy" --lab 01 --test no_wrong_schedule --json "$t/r.json"
check 'the test is a sentence' \
    grep -q '^no_wrong_schedule, failed: 0 of [0-9]* points\.$' "$t/out"
check 'a step is a sentence, with its thread and its line' \
    grep -q '^ *Step 1, thread 1: .*, counter\.c:[0-9]*\.$' "$t/out"
no_columns() { ! grep -q 'thread 1   *thread 2\|<--' "$t/out"; }
check 'there are no columns' no_columns
(cd "$root" && build/bin/grade explore "$t/racy" --lab 01) >"$t/out" 2>&1
check 'the explorer by itself speaks so, too' \
    grep -q '^ *Step 1, thread 1: ' "$t/out"
(cd "$root" && build/bin/grade board "$t/r.json") >"$t/out" 2>&1
check 'the board is a sentence a lab' \
    grep -q '^01-counter, [^ ]* [0-9]* of [0-9]* ([0-9]* %)$' "$t/out"
echo '#warning "look here"' >>"$t/racy/counter.c"
grade "$t/racy" --lab 01 --test inc_adds_1
check 'what the compiler warns of is a line each' \
    grep -q '^ *counter.c:[0-9]*: #warning "look here"' "$t/out"
if command -v script >/dev/null; then
    (cd "$root" && script -qec "build/bin/grade board $t/r.json" /dev/null) \
        >"$t/out" 2>&1 </dev/null
    no_escape() { ! grep -q "$(printf '\033')" "$t/out"; }
    check 'no colours on a terminal' no_escape
else
    skip 'no colours on a terminal' 'script is not installed'
fi
finish
