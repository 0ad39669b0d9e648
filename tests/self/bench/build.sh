#!/bin/sh
# SPDX-License-Identifier: MIT
#
# build.sh - builds the tests of the harness: build/tests/bench-self
#
# Run from the top folder; the program speaks TAP with `--tap=-`.
set -eu

CC=${CC:-gcc}
OUT=${OUT:-build/tests}
mkdir -p "$OUT"
# main.c ends in bench_main(), which the tests do not need; it does no harm.
$CC -std=c11 -D_GNU_SOURCE -O1 -g -Wall -Wextra -Werror -Ibench/harness \
    -DBENCH_COMPILER='"test"' -DBENCH_FLAGS='"test"' \
    -o "$OUT/bench-self" tests/self/bench/*_test.c bench/harness/*.c \
    -lcriterion -ljansson -lm -ldl -pthread
