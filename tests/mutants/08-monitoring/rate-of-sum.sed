# SPDX-License-Identifier: MIT
#
# rate-of-sum.sed - takes the rate of the sum, by a subquery
#
# file: answers.txt
# loses: answers_after_a_restart
# sentence: "rate() of each series, and only then the sum."
s/^2: .*/2: rate(sum(app_requests_total)[5m:15s])/
