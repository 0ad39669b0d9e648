# SPDX-License-Identifier: MIT
#
# up-and-not-down.sed - answers with those that are up
#
# file: answers.txt
# loses: answer_1 answers_when_all_is_well
# sentence: "Which instances of the job app are down now?"
s/== 0/== 1/
