#!/bin/sh
# SPDX-License-Identifier: MIT
#
# rules-by-the-thousand.sh - the right rules, and 2000 more
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
for i in $(seq 1500); do
    printf '    - record: a%d\n      expr: vector(1)\n' "$i"
done
