# SPDX-License-Identifier: MIT
#
# own-buckets.sed - has buckets of its own, in other places
#
# file: service.c
# loses: latency_in_seconds the_default_buckets watched_in_text
#      answers_alive dashboard_alive
# sentence: "The buckets are met_bounds_default() of histogram.h"
s/met_bounds_default\(bounds\);/met_bounds_linear(1, 1, MET_DEFAULT_BOUNDS, bounds);/
