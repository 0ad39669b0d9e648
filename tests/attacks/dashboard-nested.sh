#!/bin/sh
# SPDX-License-Identifier: MIT
#
# dashboard-nested.sh - lists in lists, 49000 deep
#
# lab: 08-monitoring
# file: dashboard.json
# named: maximum parsing depth
set -eu
if [ -n "${NO_ATTACK:-}" ]; then
    echo '{}'
    exit
fi
awk 'BEGIN {
    for (i = 0; i < 49000; i++) printf "["
    for (i = 0; i < 49000; i++) printf "]"
}'
