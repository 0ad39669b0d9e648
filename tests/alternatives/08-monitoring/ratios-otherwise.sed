# SPDX-License-Identifier: MIT
#
# ratios-otherwise.sed - other expressions for the same answers
#
# file: answers.txt
s/^1: .*/1: up{job="app"} < 1/
s/^2: .*/2: sum(increase(app_requests_total[5m])) \/ 300/
s/^4: .*/4: 1 - sum(rate(app_requests_total{status="ok"}[5m])) \/ sum(rate(app_requests_total[5m]))/
s/^5: .*/5: 600 * sum(rate(app_requests_total[10m]))/
s/^7: .*/7: histogram_quantile(0.95, sum without (instance, job) (rate(app_request_latency_seconds_bucket[5m])))/
s/^9: .*/9: max without (instance, job) (max_over_time(app_memory_usage_bytes[10m]))/
s/^10: .*/10: topk(2, sum by (instance) (increase(app_requests_total{status="error"}[5m])) \/ 300)/
