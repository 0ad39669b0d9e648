# SPDX-License-Identifier: MIT
#
# zero-is-not-observed.sed - takes a latency of 0 for none
#
# file: service.c
# loses: odd_latencies
# sentence: "A latency that is negative, infinite or NaN is no latency"
s/ && seconds >= 0\)/ \&\& seconds > 0)/
