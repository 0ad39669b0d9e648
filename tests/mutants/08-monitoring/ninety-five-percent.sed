# SPDX-License-Identifier: MIT
#
# ninety-five-percent.sed - asks for the quantile 95
#
# file: answers.txt
# loses: answer_7 answers_for_several answers_after_a_restart answers_alive
# sentence: "How long did 95 of 100 requests take at most"
s/^7: histogram_quantile\(0.95/7: histogram_quantile(95/
