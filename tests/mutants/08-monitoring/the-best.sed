# SPDX-License-Identifier: MIT
#
# the-best.sed - gives those with the fewest errors
#
# file: answers.txt
# loses: answer_10 answers_for_several
# sentence: "the highest rate of errors"
s/^10: topk/10: bottomk/
