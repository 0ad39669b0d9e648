# SPDX-License-Identifier: MIT
#
# another-job.sed - calls the job otherwise
#
# file: prometheus.yml
# loses: settings_are_right watched_in_text answers_alive
# sentence: "the job app"
s/job_name: app/job_name: web/
