# SPDX-License-Identifier: MIT
#
# all-page.sed - calls somebody at night for everything
#
# file: rules.yml
# loses: alert_when_slow alert_when_idle
# sentence: "severity ticket"
s/severity: ticket/severity: page/
