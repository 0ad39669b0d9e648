#!/bin/sh
# SPDX-License-Identifier: MIT
#
# tools.t - a tool that is not here costs no points
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world
unshare -rm true 2>"$t/err" || without "no mount namespaces: $(cat "$t/err")"
[ -e /usr/bin/promtool ] || without 'prometheus is not installed'

# Lab 08 where promtool cannot be run.
(cd "$root" && unshare -rm sh -c '
    mount --bind /dev/null /usr/bin/promtool &&
    exec build/bin/grade lab solutions --lab 08') >"$t/out" 2>"$t/err"
# shellcheck disable=SC2034  # exited reads it
status=$?
check 'it ends well' exited 0
check 'tests that need it have no result, and say why' \
    out_says 'prometheus is not installed: this test has no result'
check 'no point is lost' grep -q ' \([0-9]*\) of \1 points' "$t/out"
check 'the others are graded' \
    grep -q '[1-9][0-9]* passed, 0 failed, [1-9][0-9]* inconclusive' "$t/out"

finish
