# SPDX-License-Identifier: MIT
#
# a-metric-that-is-not.sed - asks for a metric that is not there
#
# file: dashboard.json
# loses: dashboard_alive
# sentence: "The dashboard shows"
s/app_memory_usage_bytes/app_memory_bytes/
