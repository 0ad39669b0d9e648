# SPDX-License-Identifier: MIT
#
# three-worst.sed - gives three
#
# file: answers.txt
# loses: answer_10 answers_for_several
# sentence: "Which two instances"
s/^10: topk\(2/10: topk(3/
