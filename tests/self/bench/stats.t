#!/bin/sh
# SPDX-License-Identifier: MIT
#
# stats.t - the harness's statistics, recorder and order, and the counts of the
# model, on what is known
tests/self/bench/build.sh && exec build/tests/bench-self --tap=- -j2 2>/dev/null
