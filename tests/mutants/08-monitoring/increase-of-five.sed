# SPDX-License-Identifier: MIT
#
# increase-of-five.sed - counts five minutes
#
# file: answers.txt
# loses: answer_5 answers_for_several answers_after_a_restart answers_alive
# sentence: "within the last 10 minutes"
/^5:/s/10m/5m/
