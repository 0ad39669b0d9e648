#!/bin/sh
# SPDX-License-Identifier: MIT
#
# answers-that-last.sh - questions that are right, and take long
#
# lab: 08-monitoring
# file: answers.txt
# named: Prometheus does not answer in time
set -eu
# Each is evaluated at each of so many steps that the limit on samples allows.
long='sum_over_time(sum_over_time(sum_over_time(label_replace(vector(1),"a","$1","b","((x{999})+)+")[2h:100ms])[2h:100ms])[2h:100ms])'
here=${0%/*}
awk -f "$here/../../solutions/cut.awk" -v keep=solution \
    "$here/../../solutions/08-monitoring/answers.txt" |
    if [ -n "${NO_ATTACK:-}" ]; then
        cat
    else
        sed "s|^\\([0-9]*\\): .*|\\1: $long|"
    fi
