# SPDX-License-Identifier: MIT
#
# failed-not-error.sed - calls the other value failed
#
# file: service.c
# loses: both_from_the_start requests_are_counted counts_never_fall
#      odd_latencies none_is_lost no_data_race answers_alive dashboard_alive
# sentence: "app_requests_total{status="ok"|"error"}"
s/"error"/"failed"/
