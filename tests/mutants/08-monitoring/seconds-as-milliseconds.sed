# SPDX-License-Identifier: MIT
#
# seconds-as-milliseconds.sed - observes milliseconds
#
# file: service.c
# loses: latency_in_seconds the_default_buckets watched_in_text
#      answers_alive dashboard_alive
# sentence: "histogram: from a request to its answer"
s/met_child_histogram\(s->latency\), seconds/met_child_histogram(s->latency), 1000 * seconds/
