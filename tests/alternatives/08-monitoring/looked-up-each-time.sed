# SPDX-License-Identifier: MIT
#
# looked-up-each-time.sed - looks the child up for each request
#
# file: service.c
s/^    struct met_child \*ok, \*error, /    struct met_family *requests;\n    struct met_child */
s/^(        err = )met_family_child\(f, \(const char \*const\[\]\)\{"(ok|error)"\}, 1, &s->.*/\1touch(f, "\2");\n    s->requests = err == 0 ? f : NULL;/
s/^static int register_requests/static int touch(struct met_family *f, const char *status)\n{\n    struct met_child *c;\n    int err = met_family_child(f, \&status, 1, \&c);\n\n    if (err == 0)\n        met_child_release(c);\n    return err;\n}\n\n&/
s/^    struct met_child \*c = failed.*/    const char *status = failed ? "error" : "ok";\n    struct met_child *c;/
s/^    met_counter_inc\(met_child_counter\(c\)\);/    if (met_family_child(s->requests, \&status, 1, \&c) == 0) {\n        met_counter_inc(met_child_counter(c));\n        met_child_release(c);\n    }/
/met_child_release\(s->(ok|error)\);/d
