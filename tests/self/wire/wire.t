#!/bin/sh
# SPDX-License-Identifier: MIT
#
# wire.t - the wire, the judge and the driver, with a contract of their own:
# all kinds of arguments arrive, and every misbehaviour gets its sentence.
# The probe may serve on the loopback device, as the submission of lab 06.
here=build/self/wire
results=$(mktemp)
trap 'rm -f "$results"' EXIT
"$here/judge" "$here/driver" 3 4 network 3<"$here/sub.so" 4>"$results"
# On one processor, which this judge keeps busy by itself.
cpu=$(taskset -pc $$ | sed 's/.*: //; s/[-,].*//')
taskset -c "$cpu" "$here/busy" "$here/driver" 3 4 3<"$here/sub.so" 4>>"$results"
"$here/verdicts" namespaces 47 <"$results"
