# SPDX-License-Identifier: MIT
#
# memory-in-mib.sed - sets the memory in MiB
#
# file: service.c
# loses: memory_goes_up_and_down watched_in_text answers_alive
#      dashboard_alive
# sentence: "gauge: memory in use now"
s/met_child_gauge\(s->memory\), bytes/met_child_gauge(s->memory), bytes \/ 1048576/
