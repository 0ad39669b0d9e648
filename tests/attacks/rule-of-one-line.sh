#!/bin/sh
# SPDX-License-Identifier: MIT
#
# rule-of-one-line.sh - the right rules, and one of 40000 operators
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
    printf "      expr: 1"
    for (i = 0; i < 40000; i++) printf "+1"
    print ""
}'
