# SPDX-License-Identifier: MIT
#
# rules-do-not-parse.sed - has an expression that does not parse
#
# file: rules.yml
# loses: settings_are_valid rules_are_valid throughput_is_recorded
#      errors_are_recorded latency_is_recorded alert_when_down
#      alert_on_errors alert_when_slow alert_when_idle jobs_are_apart
#      rate_over_five_minutes no_alarm_for_a_moment no_false_alarm
#      watched_in_text answers_alive dashboard_alive
# sentence: "promtool check rules finds no fault"
s/expr: sum by \(job\) \(rate/expr: sum by (job) rate/
