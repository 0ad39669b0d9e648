# SPDX-License-Identifier: MIT
#
# errors-count-as-ok.sed - counts a failed request as one that is ok
#
# file: service.c
# loses: requests_are_counted odd_latencies none_is_lost no_data_race
#      answers_alive dashboard_alive
# sentence: "counter: requests answered, by how they ended"
s/failed \? s->error : s->ok/failed ? s->ok : s->ok/
