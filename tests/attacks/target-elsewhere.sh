#!/bin/sh
# SPDX-License-Identifier: MIT
#
# target-elsewhere.sh - the judge's Prometheus is to scrape itself, or the world
#
# lab: 08-monitoring
# file: prometheus.yml
# named: http://127.0.0.1:9090
set -eu
target=127.0.0.1:8001
[ -n "${NO_ATTACK:-}" ] ||
    target='http://127.0.0.1:9090/metrics?a=b#", "192.0.2.1:80'
cat <<END
global: {scrape_interval: 15s, evaluation_interval: 15s}
rule_files: [rules.yml]
scrape_configs:
  - {job_name: app, static_configs: [{targets: ["$target"]}]}
END
