# SPDX-License-Identifier: MIT
#
# instances-apart.sed - keeps the instances apart
#
# file: rules.yml
# loses: throughput_is_recorded errors_are_recorded jobs_are_apart
# sentence: "a sum by (job)"
s/by \(job\)/by (job, instance)/g
