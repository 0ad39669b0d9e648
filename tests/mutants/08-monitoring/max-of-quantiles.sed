# SPDX-License-Identifier: MIT
#
# max-of-quantiles.sed - takes the largest of the instances' quantiles
#
# file: answers.txt
# loses: answers_for_several
# sentence: "A quantile of quantiles is no quantile"
s/^7: .*/7: max(histogram_quantile(0.95, rate(app_request_latency_seconds_bucket[5m])))/
