# SPDX-License-Identifier: MIT
#
# a-tab.sed - has a tab where YAML wants spaces
#
# file: prometheus.yml
# loses: settings_are_valid settings_are_right watched_in_text answers_alive
#      dashboard_alive
# sentence: "promtool check config finds no fault"
s/^  scrape_interval/\tscrape_interval/
