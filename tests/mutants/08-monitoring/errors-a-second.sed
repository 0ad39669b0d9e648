# SPDX-License-Identifier: MIT
#
# errors-a-second.sed - records errors a second, not their share
#
# file: rules.yml
# loses: errors_are_recorded alert_on_errors jobs_are_apart
#      rate_over_five_minutes no_alarm_for_a_moment
# sentence: "the share of requests that fail"
/^          \/ sum by/d
