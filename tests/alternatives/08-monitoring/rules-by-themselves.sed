# SPDX-License-Identifier: MIT
#
# rules-by-themselves.sed - alerts that compute all by themselves, and sums
# without labels
#
# file: rules.yml
s/sum by \(job\) /sum without (instance, status) /g
s/sum by \(job, le\)/sum without (instance)/
s/expr: job:app_requests:rate5m < 0.1/expr: sum by (job) (rate(app_requests_total[5m])) < 0.1/
s/^groups:/groups: # of rules/
