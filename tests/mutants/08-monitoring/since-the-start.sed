# SPDX-License-Identifier: MIT
#
# since-the-start.sed - takes the mean since the start
#
# file: answers.txt
# loses: answers_after_a_restart
# sentence: "over the last 5 minutes"
s/^6: .*/6: sum(app_request_latency_seconds_sum) \/ sum(app_request_latency_seconds_count)/
