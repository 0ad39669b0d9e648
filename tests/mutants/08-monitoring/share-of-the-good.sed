# SPDX-License-Identifier: MIT
#
# share-of-the-good.sed - divides errors by good requests
#
# file: answers.txt
# loses: answer_4 answers_for_several answers_after_a_restart answers_alive
# sentence: "Which share of the requests failed"
s/^4: .*/4: sum(rate(app_requests_total{status="error"}[5m])) \/ sum(rate(app_requests_total{status="ok"}[5m]))/
