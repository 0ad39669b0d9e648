# SPDX-License-Identifier: MIT
#
# milliseconds-as-seconds.sed - compares seconds with milliseconds
#
# file: rules.yml
# loses: alert_when_slow
# sentence: "5 % take longer than 1 s"
s/p95_5m > 1$/p95_5m > 1000/
