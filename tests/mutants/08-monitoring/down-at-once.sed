# SPDX-License-Identifier: MIT
#
# down-at-once.sed - calls somebody for one scrape that failed
#
# file: rules.yml
# loses: alert_when_down no_alarm_for_a_moment
# sentence: "AppDown, severity page: for 1 minute not up"
s/for: 1m/for: 0s/
