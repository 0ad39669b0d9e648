#!/bin/sh
# SPDX-License-Identifier: MIT
#
# settings-nested.sh - lists in lists, 45000 deep
#
# lab: 08-monitoring
# file: prometheus.yml
# named: nests too deeply
set -eu
if [ -n "${NO_ATTACK:-}" ]; then
    echo 'global: {}'
    exit
fi
awk 'BEGIN {
    printf "global: "
    for (i = 0; i < 45000; i++) printf "["
    for (i = 0; i < 45000; i++) printf "]"
    print ""
}'
