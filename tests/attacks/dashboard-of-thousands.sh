#!/bin/sh
# SPDX-License-Identifier: MIT
#
# dashboard-of-thousands.sh - a thousand expressions that each take a while
#
# lab: 08-monitoring
# file: dashboard.json
# named: Prometheus does not answer in time
set -eu
[ -z "${NO_ATTACK:-}" ] || exec cat "${0%/*}/../../solutions/08-monitoring/dashboard.json"
awk 'BEGIN {
    long = "sum(sum_over_time(sum_over_time(vector(1)[6h:1s])[6h:1s]))"
    printf "{\"uid\":\"a\",\"title\":\"a\",\"schemaVersion\":36,\"panels\":["
    for (i = 0; i < 600; i++)
        printf "%s{\"targets\":[{\"refId\":\"A\",\"expr\":\"%s\"}]}",
            i ? "," : "", long
    print "]}"
}'
