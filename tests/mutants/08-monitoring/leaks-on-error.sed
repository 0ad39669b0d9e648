# SPDX-License-Identifier: MIT
#
# leaks-on-error.sed - holds what it had when a name is taken
#
# file: service.c
# loses: no_memory_error
# sentence: "After an error *out is unchanged and nothing is held"
s/met_service_destroy\(s\);$/(void)0;/
