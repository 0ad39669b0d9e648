#!/bin/sh
# SPDX-License-Identifier: MIT
#
# judges.t - wrong, right and hostile submissions get what they should
#
# The short run takes every alternative, and of the mutants and attacks one of
# each kind. ABACUS_LONG=1 and `make judge-the-judges` take all, with gcc and
# clang.
if [ -n "${ABACUS_LONG:-}" ]; then
    exec build/bin/judges --tap
fi
number=0
# one RUN after another, with one plan at the end
short() {
    said=$(build/bin/judges --cc gcc "$@")
    status=$?
    number=$((number + 1))
    [ $status -eq 0 ] || printf 'not '
    echo "ok $number - $*"
    echo "$said" | sed 's/^/# /'
}
short --corpus alternatives
short racy load-add-store one-try accepts-nan leak
short exit-0 answer-without-work overwritten-answer no-sanitize raw-syscall
echo "1..$number"
