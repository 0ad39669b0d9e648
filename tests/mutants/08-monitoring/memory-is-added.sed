# SPDX-License-Identifier: MIT
#
# memory-is-added.sed - adds the memory up
#
# file: service.c
# loses: memory_goes_up_and_down watched_in_text answers_alive
#      dashboard_alive
# sentence: "gauge: memory in use now"
s/met_gauge_set\(met_child_gauge/met_gauge_add(met_child_gauge/
