# SPDX-License-Identifier: MIT
#
# idle-when-absent.sed - waits for a series that is never absent
#
# file: rules.yml
# loses: alert_when_idle
# sentence: "less than 0.1 requests/s"
s/job:app_requests:rate5m < 0.1/absent(job:app_requests:rate5m)/
