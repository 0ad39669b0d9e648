# SPDX-License-Identifier: MIT
#
# mean-of-means.sed - takes the mean of the instances' means
#
# file: answers.txt
# loses: answers_for_several
# sentence: "the answer is one number for all of them"
s/^6: .*/6: avg(rate(app_request_latency_seconds_sum[5m]) \/ rate(app_request_latency_seconds_count[5m]))/
