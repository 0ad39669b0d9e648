# SPDX-License-Identifier: MIT
#
# memory-of-all.sed - adds the memory of all up
#
# file: answers.txt
# loses: answers_for_several
# sentence: "any one instance"
s/^9: .*/9: sum(max_over_time(app_memory_usage_bytes[10m]))/
