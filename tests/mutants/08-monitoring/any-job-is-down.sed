# SPDX-License-Identifier: MIT
#
# any-job-is-down.sed - watches all jobs
#
# file: rules.yml
# loses: no_false_alarm
# sentence: "A service that does its work calls nobody"
s/up\{job="app"\} == 0/up == 0/
