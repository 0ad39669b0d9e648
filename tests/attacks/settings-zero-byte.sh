#!/bin/sh
# SPDX-License-Identifier: MIT
#
# settings-zero-byte.sh - a zero byte: what one reader takes for the end, another reads on
#
# lab: 08-monitoring
# file: prometheus.yml
# named: it has a zero byte
set -eu
echo 'global: {}'
[ -n "${NO_ATTACK:-}" ] || printf '\0remote_write: [{url: "http://127.0.0.1:1/"}]\n'
