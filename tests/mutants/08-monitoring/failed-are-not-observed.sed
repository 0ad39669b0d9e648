# SPDX-License-Identifier: MIT
#
# failed-are-not-observed.sed - observes the latency of good requests only
#
# file: service.c
# loses: latency_in_seconds none_is_lost no_data_race watched_in_text
#      answers_alive dashboard_alive
# sentence: "A request is one observation of the latency, whether it failed
#      or not."
s/if \(isfinite\(seconds\)/if (!failed \&\& isfinite(seconds)/
