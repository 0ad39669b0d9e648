# SPDX-License-Identifier: MIT
#
# nan-is-observed.sed - observes what is no latency
#
# file: service.c
# loses: odd_latencies
# sentence: "A latency that is negative, infinite or NaN is no latency"
s/if \(isfinite\(seconds\) && seconds >= 0\)/if (seconds == seconds || 1)/
/#include <math.h>/d
