# SPDX-License-Identifier: MIT
#
# out-on-error.sed - stores a service although it failed
#
# file: service.c
# loses: name_taken
# sentence: "After an error *out is unchanged"
s/^    if \(err == 0\)\r?$/&/
s/^        \*out = s;/        ;/
s/^    int err = s \? 0 : MET_ENOMEM;/&\n\n    *out = s;/
