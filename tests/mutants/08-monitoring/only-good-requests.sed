# SPDX-License-Identifier: MIT
#
# only-good-requests.sed - records good requests only
#
# file: rules.yml
# loses: throughput_is_recorded jobs_are_apart rate_over_five_minutes
#      no_false_alarm
# sentence: "requests a second"
/record: job:app_requests:rate5m/,/expr/s/total\[/total{status="ok"}[/
