# SPDX-License-Identifier: MIT
#
# all-jobs-down.sed - answers with the instances of all jobs
#
# file: answers.txt
# loses: answer_1 answers_when_all_is_well
# sentence: "Which instances of the job app are down now?"
s/^1: .*/1: up == 0/
