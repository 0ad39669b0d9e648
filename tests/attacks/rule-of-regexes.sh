#!/bin/sh
# SPDX-License-Identifier: MIT
#
# rule-of-regexes.sh - the right rules, and a thousand regular expressions
#
# lab: 08-monitoring
# file: rules.yml
# named: promtool needs more
set -eu
here=${0%/*}
awk -f "$here/../../solutions/cut.awk" -v keep=solution \
    "$here/../../solutions/08-monitoring/rules.yml"
[ -z "${NO_ATTACK:-}" ] || exit 0
echo '  - name: more'
echo '    rules:'
echo '    - record: a'
awk 'BEGIN {
    printf "      expr: vector(1)"
    for (i = 0; i < 1000; i++)
        printf " + label_replace(vector(1),\"a\",\"$1\",\"b\",\"((x{999})+)+y{999}\")"
    print ""
}'
