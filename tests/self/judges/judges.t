#!/bin/sh
# SPDX-License-Identifier: MIT
#
# judges.t - wrong, right and hostile submissions get what they should
#
# The short run takes an alternative of each lab, and of the mutants and attacks
# one of each kind. ABACUS_LONG=1 and `make judge-the-judges` take all, with gcc
# and clang.
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
    echo "$said" | sed "s/^/# /"
    echo "$said" | grep WRONG | cut -c1-300 >&2
}
short --corpus alternatives 00-race/spinlock 01-counter/swap-bits 02-gauge/mutex \
    03-histogram/hot-cold 04-registry/sorted-array 05-exposition/number-by-trying \
    06-server/epoll 07-scaling/one-double 08-monitoring/settings-otherwise
short 01-counter/racy 01-counter/load-add-store 01-counter/one-try \
    01-counter/accepts-nan 01-counter/leak 02-gauge/set-in-two-steps \
    03-histogram/hot-cold-relaxed-end 04-registry/no-lock-for-get \
    05-exposition/locale 07-scaling/slots-side-by-side
short exit-0 answer-without-work overwritten-answer no-sanitize raw-syscall \
    memory-by-builtin memory-by-copy memory-by-result
echo "1..$number"
