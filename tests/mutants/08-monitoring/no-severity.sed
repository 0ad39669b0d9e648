# SPDX-License-Identifier: MIT
#
# no-severity.sed - has no label severity
#
# file: rules.yml
# loses: alert_when_down alert_on_errors alert_when_slow alert_when_idle
# sentence: "severity page"
/^        labels:$/d
/severity:/d
