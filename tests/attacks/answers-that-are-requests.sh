#!/bin/sh
# SPDX-License-Identifier: MIT
#
# answers-that-are-requests.sh - line ends, zero bytes and parameters of the HTTP API in a question
#
# lab: 08-monitoring
# file: answers.txt
# harmless: each byte of a question is escaped
set -eu
if [ -n "${NO_ATTACK:-}" ]; then
    echo '1: vector(1)'
    exit
fi
for i in 1 2 3 4 5; do
    printf '%d: 1&time=1&query=up HTTP/1.1\r\rPOST /-/quit HTTP/1.1\r\n' $i
done
printf '6: %%00\r\r\n7: \377\376\n8: {__name__=~".+"}\n9: absent(x) or on() vector(1)\n'
printf '99999999999999999999: x\n-10: x\n10: \177\033[2J\n'
