# SPDX-License-Identifier: MIT
#
# negative-is-observed.sed - observes a latency below 0
#
# file: service.c
# loses: odd_latencies
# sentence: "A latency that is negative, infinite or NaN is no latency"
s/ && seconds >= 0\)/)/
