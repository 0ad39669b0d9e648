#!/bin/sh
# SPDX-License-Identifier: MIT
#
# settings-that-read.sh - names files of the machine as rules, targets and secrets
#
# lab: 08-monitoring
# file: prometheus.yml
# named: /etc/passwd
set -eu
if [ -n "${NO_ATTACK:-}" ]; then
    here=${0%/*}
    exec awk -f "$here/../../solutions/cut.awk" -v keep=solution \
        "$here/../../solutions/08-monitoring/prometheus.yml"
fi
cat <<'END'
global: {scrape_interval: 15s, evaluation_interval: 15s}
rule_files: [/etc/passwd, /etc/shadow, /proc/self/environ, "/lab/*", "/*"]
scrape_configs:
  - job_name: app
    bearer_token_file: /etc/shadow
    tls_config: {ca_file: /etc/ssl/certs/ca-certificates.crt}
    file_sd_configs: [{files: [/proc/1/environ.json, /etc/*.json]}]
    static_configs: [{targets: ["127.0.0.1:8000"]}]
END
