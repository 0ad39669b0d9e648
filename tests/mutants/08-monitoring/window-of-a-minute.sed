# SPDX-License-Identifier: MIT
#
# window-of-a-minute.sed - takes rates over one minute
#
# file: rules.yml
# loses: rate_over_five_minutes no_alarm_for_a_moment
# sentence: "over 5 minutes"
s/\[5m\]/[1m]/g
