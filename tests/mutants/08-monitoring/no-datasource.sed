# SPDX-License-Identifier: MIT
#
# no-datasource.sed - says no data source
#
# file: dashboard.json
# loses: dashboard_form
# sentence: "dashboard.json has what Grafana needs"
0,/"type": "prometheus"/s//"type": "csv"/
