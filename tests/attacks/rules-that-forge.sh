#!/bin/sh
# SPDX-License-Identifier: MIT
#
# rules-that-forge.sh - records what a test asks for: ALERTS, up, the requests
#
# lab: 08-monitoring
# file: rules.yml
# harmless: what the tests ask has a value that none can foresee, and alerts must be silent, too
set -eu
[ -n "${NO_ATTACK:-}" ] || cat <<'END'
groups:
  - name: a
    interval: 1ms
    rules:
      - record: ALERTS
        expr: label_replace(vector(1), "alertname", "AppDown", "", "")
        labels: {alertstate: firing, severity: page}
      - record: up
        expr: vector(0)
        labels: {job: app, instance: a}
      - record: app_requests_total
        expr: vector(1)
        labels: {job: app, instance: a, status: error}
      - record: job:app_requests:rate5m
        expr: vector(10)
        labels: {job: app}
END
[ -z "${NO_ATTACK:-}" ] || echo 'groups: []'
