# SPDX-License-Identifier: MIT
#
# no-summary.sed - has no annotations
#
# file: rules.yml
# loses: alerts_say_what_it_is
# sentence: "An alert has a summary"
/annotations:|summary:/d
