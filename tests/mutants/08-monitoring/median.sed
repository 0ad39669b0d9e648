# SPDX-License-Identifier: MIT
#
# median.sed - records the median
#
# file: rules.yml
# loses: latency_is_recorded alert_when_slow jobs_are_apart
# sentence: "95 of 100 are not slower"
s/histogram_quantile\(0.95/histogram_quantile(0.5/
