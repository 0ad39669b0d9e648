#!/bin/sh
# SPDX-License-Identifier: MIT
#
# settings-huge.sh - a megabyte of settings
#
# lab: 08-monitoring
# file: prometheus.yml
# named: larger than 100000 bytes
set -eu
echo 'global: {}'
[ -n "${NO_ATTACK:-}" ] || head -c 1000000 /dev/zero | tr '\0' '#'
