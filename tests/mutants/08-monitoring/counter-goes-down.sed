# SPDX-License-Identifier: MIT
#
# counter-goes-down.sed - keeps the requests in a gauge, and takes one back
# when a request fails
#
# file: service.c
# loses: three_families requests_are_counted counts_never_fall odd_latencies
#      none_is_lost no_data_race answers_alive dashboard_alive
#      watched_in_text
# sentence: "counter: requests answered, by how they ended"
s/met_registry_counter/met_registry_gauge/
s/met_counter_inc\(met_child_counter\(c\)\);/met_gauge_inc(met_child_gauge(c));\n    if (failed)\n        met_gauge_dec(met_child_gauge(s->ok));/
