# SPDX-License-Identifier: MIT
#
# latency-in-ms.sed - says that seconds are milliseconds
#
# file: dashboard.json
# loses: dashboard_alive
# sentence: "each with its unit"
s/"unit": "s"/"unit": "ms"/
