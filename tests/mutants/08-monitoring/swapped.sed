# SPDX-License-Identifier: MIT
#
# swapped.sed - takes ok for error
#
# file: service.c
# loses: requests_are_counted odd_latencies answers_alive dashboard_alive
# sentence: "counter: requests answered, by how they ended"
s/failed \? s->error : s->ok/failed ? s->ok : s->error/
