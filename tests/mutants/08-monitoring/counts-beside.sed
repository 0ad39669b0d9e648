# SPDX-License-Identifier: MIT
#
# counts-beside.sed - counts in a plain variable, and sets it
#
# file: service.c
# loses: none_is_lost no_data_race
# sentence: "request and memory may be called in any thread at any time"
s/^    struct met_child \*ok, .*/&\n    long seen;/
s/^    met_counter_inc\(met_child_counter\(c\)\);/&\n    s->seen++;/
