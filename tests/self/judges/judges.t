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
# row STATUS WHAT SAID: one plan at the end
row() {
    number=$((number + 1))
    [ "$1" -eq 0 ] || printf 'not '
    echo "ok $number - $2"
    echo "$3" | sed 's/^/# /'
}
said=$(tests/self/judges/specimen.sh tests/*/*/*.patch 2>&1 >/dev/null)
row $? 'each patch is one of the solution of its lab' "$said"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
said=$(gcc -std=c11 -Wall -Wextra -Werror -o "$work/slow" tests/self/judges/slow.c \
    tests/self/judges/verdict.c -ljansson 2>&1 && "$work/slow")
row $? 'an attack that takes too long is told, and no other' "$said"
# All in one run: two are graded at once, and only the last of all is alone.
said=$(build/bin/judges --cc gcc \
    alternatives/00-race/spinlock alternatives/01-counter/swap-bits \
    alternatives/02-gauge/mutex alternatives/03-histogram/hot-cold \
    alternatives/04-registry/sorted-array alternatives/05-exposition/number-by-trying \
    alternatives/06-server/epoll alternatives/07-scaling/one-double \
    alternatives/08-monitoring/settings-otherwise \
    01-counter/racy 01-counter/load-add-store 01-counter/one-try \
    01-counter/accepts-nan 01-counter/leak 02-gauge/set-in-two-steps \
    03-histogram/hot-cold-relaxed-end 04-registry/no-lock-for-get \
    05-exposition/locale 07-scaling/slots-side-by-side \
    exit-0 answer-without-work overwritten-answer no-sanitize raw-syscall \
    memory-by-builtin memory-by-copy memory-by-result)
row $? 'each gets what it should' "$said"
echo "$said" | grep WRONG | cut -c1-300 >&2
echo "1..$number"
