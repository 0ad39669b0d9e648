# SPDX-License-Identifier: MIT
#
# reads-files.sed - reads targets from a file
#
# file: prometheus.yml
# loses: settings_are_right
# sentence: "one target: 127.0.0.1:8000"
s/    static_configs:/    file_sd_configs:\n      - files: ['\/etc\/*.json']\n&/
