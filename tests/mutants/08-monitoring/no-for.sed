# SPDX-License-Identifier: MIT
#
# no-for.sed - fires at once
#
# file: rules.yml
# loses: alert_when_down alert_on_errors alert_when_slow alert_when_idle
#      no_alarm_for_a_moment
# sentence: "An alert waits"
/^ *for:/d
