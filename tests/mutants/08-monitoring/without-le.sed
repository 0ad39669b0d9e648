# SPDX-License-Identifier: MIT
#
# without-le.sed - sums the buckets away
#
# file: rules.yml
# loses: latency_is_recorded alert_when_slow jobs_are_apart
# sentence: "sum by (job, le)"
s/by \(job, le\)/by (job)/
