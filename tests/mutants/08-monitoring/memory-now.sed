# SPDX-License-Identifier: MIT
#
# memory-now.sed - looks at the memory of now
#
# file: answers.txt
# loses: answer_9 answers_for_several answers_alive
# sentence: "in the last 10 minutes"
s/^9: .*/9: max(app_memory_usage_bytes)/
