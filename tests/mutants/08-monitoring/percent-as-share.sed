# SPDX-License-Identifier: MIT
#
# percent-as-share.sed - compares a share with percents
#
# file: rules.yml
# loses: alert_on_errors no_alarm_for_a_moment
# sentence: "more than 5 % fail"
s/> 0.05/> 5/
