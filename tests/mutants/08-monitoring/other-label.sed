# SPDX-License-Identifier: MIT
#
# other-label.sed - calls the label code
#
# file: service.c
# loses: both_from_the_start requests_are_counted counts_never_fall
#      odd_latencies none_is_lost no_data_race answers_alive dashboard_alive
# sentence: "app_requests_total{status="ok"|"error"}"
s/names\[\] = \{"status"\}/names[] = {"code"}/
