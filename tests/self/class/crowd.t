#!/bin/sh
# SPDX-License-Identifier: MIT
#
# crowd.t - a synthetic class of 20: every mark is as it should be
#
# bars.sh takes 300, and times them.
# shellcheck disable=SC1091,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
need parallel unshare
world
cd "$root" || exit
. tests/self/class/crowd.sh

crowd "$t" 20
class "$t/in" --roster "$t/roster.csv" --out "$t/one" --backfill
check 'the class is graded' exited 0
check 'every mark is as it should be' wrong_marks "$t" "$t/one/labs.csv"
check_nothing_left 'no process, file or socket is left'
finish
