# SPDX-License-Identifier: MIT
#
# no-memory-panel.sed - shows something else for the memory
#
# file: dashboard.json
# loses: dashboard_alive
# sentence: "and the memory"
s/"expr": "sum\(app_memory_usage_bytes\)"/"expr": "sum(up)"/
