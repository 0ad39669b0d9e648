# SPDX-License-Identifier: MIT
#
# jobs-together.sed - sums all jobs
#
# file: rules.yml
# loses: throughput_is_recorded errors_are_recorded latency_is_recorded
#      jobs_are_apart rate_over_five_minutes no_false_alarm
# sentence: "The rules keep the label job"
s/by \(job\) /by () /g
s/by \(job, le\)/by (le)/
