# SPDX-License-Identifier: MIT
#
# a-gauge-of-a-counter.sed - takes the counter as it is
#
# file: answers.txt
# loses: answer_2 answers_for_several answers_after_a_restart
#      answers_when_all_is_well answers_alive
# sentence: "How many requests a second came"
s/^2: .*/2: sum(app_requests_total)/
