# SPDX-License-Identifier: MIT
#
# another-port.sed - scrapes another port
#
# file: prometheus.yml
# loses: settings_are_right watched_in_text answers_alive dashboard_alive
# sentence: "one target: 127.0.0.1:8000"
s/8000/8001/
