# SPDX-License-Identifier: MIT
#
# scrapes-each-minute.sed - scrapes each minute
#
# file: prometheus.yml
# loses: settings_are_right
# sentence: "every 15 s, the job app, one target"
s/scrape_interval: 15s/scrape_interval: 1m/
