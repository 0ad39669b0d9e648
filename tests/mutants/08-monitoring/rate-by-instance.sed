# SPDX-License-Identifier: MIT
#
# rate-by-instance.sed - leaves the instances apart
#
# file: answers.txt
# loses: answer_2 answers_for_several answers_after_a_restart
#      answers_when_all_is_well answers_alive
# sentence: "the answer is one number for all of them"
s/^2: .*/2: rate(app_requests_total[5m])/
