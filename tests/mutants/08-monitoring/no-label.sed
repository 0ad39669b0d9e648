# SPDX-License-Identifier: MIT
#
# no-label.sed - counts without the label status, as the lesson does
#
# file: service.c
# loses: both_from_the_start requests_are_counted counts_never_fall
#      odd_latencies none_is_lost no_data_race answers_alive dashboard_alive
# sentence: "app_requests_total{status="ok"|"error"}"
s/names, 1, &f/NULL, 0, \&f/
s/\(const char \*const\[\]\)\{"(ok|error)"\}, 1,/NULL, 0,/
/static const char \*const names/d
