# SPDX-License-Identifier: MIT
#
# without-instance.sed - keeps the label job
#
# file: answers.txt
# loses: answer_3 answers_for_several answers_after_a_restart
#      answers_when_all_is_well
# sentence: "by the label status and no other"
s/^3: .*/3: sum without (instance) (rate(app_requests_total[5m]))/
