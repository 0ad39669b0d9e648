# SPDX-License-Identifier: MIT
#
# no-json.sed - is no JSON
#
# file: dashboard.json
# loses: dashboard_form dashboard_alive
# sentence: "dashboard.json has what Grafana needs"
$s/\}/,/
