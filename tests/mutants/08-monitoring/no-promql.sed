# SPDX-License-Identifier: MIT
#
# no-promql.sed - has a question in the place of an answer
#
# file: answers.txt
# loses: answer_2 answers_for_several answers_after_a_restart
#      answers_when_all_is_well answers_alive
# sentence: "an expression of PromQL"
s/^2: .*/2: how many requests?/
