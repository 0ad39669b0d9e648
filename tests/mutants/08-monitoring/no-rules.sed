# SPDX-License-Identifier: MIT
#
# no-rules.sed - forgets the rules
#
# file: prometheus.yml
# loses: settings_are_right
# sentence: "rules.yml"
/rule_files|rules.yml/d
