# SPDX-License-Identifier: MIT
#
# bucket-too-small.sed - asks for the bucket up to 0.25 s
#
# file: answers.txt
# loses: answer_8 answers_for_several answers_after_a_restart
#      answers_when_all_is_well answers_alive
# sentence: "at most 0.5 s"
/^8:/s/le="0.5"/le="0.25"/
