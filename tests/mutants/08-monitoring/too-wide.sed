# SPDX-License-Identifier: MIT
#
# too-wide.sed - has a panel wider than the grid
#
# file: dashboard.json
# loses: dashboard_form
# sentence: "within 24 columns"
0,/"w": 12/s/"w": 12/"w": 25/
