#!/bin/sh
# SPDX-License-Identifier: MIT
#
# settings-without-end.sh - rules and targets that are devices
#
# lab: 08-monitoring
# file: prometheus.yml
# named: promtool needs more
set -eu
if [ -n "${NO_ATTACK:-}" ]; then
    here=${0%/*}
    exec awk -f "$here/../../solutions/cut.awk" -v keep=solution \
        "$here/../../solutions/08-monitoring/prometheus.yml"
fi
cat <<'END'
global: {scrape_interval: 15s, evaluation_interval: 15s}
rule_files: [/dev/zero, /dev/stdin, /dev/random]
scrape_configs:
  - job_name: app
    basic_auth: {username: a, password_file: /dev/zero}
    static_configs: [{targets: ["127.0.0.1:8000"]}]
END
