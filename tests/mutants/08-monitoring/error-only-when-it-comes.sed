# SPDX-License-Identifier: MIT
#
# error-only-when-it-comes.sed - makes the child of errors when the first
# one comes
#
# file: service.c
# loses: both_from_the_start counts_never_fall none_is_lost no_data_race
# sentence: "Both values of status are on the page from the start, at 0"
s/^    struct met_child \*ok, .*/    struct met_family *requests;\n&/
/\(const char \*const\[\]\)\{"error"\}/s/.*/        s->requests = f;/
s/^    struct met_child \*c = failed.*/    if (failed)\n        met_family_child(s->requests, (const char *const[]){"error"}, 1,\n                         \&s->error);\n&/
s/^    met_counter_inc\(met_child_counter\(c\)\);/&\n    if (failed) {\n        met_child_release(s->error);\n        s->error = NULL;\n    }/
