#!/bin/sh
# SPDX-License-Identifier: MIT
#
# build.sh - builds the tests of the harness and the model: build/tests/bench-self
#
# Run from the top folder; the program speaks TAP with `--tap=-`.
set -eu

CC=${CC:-gcc}
OUT=${OUT:-build/tests}
mkdir -p "$OUT"
# Unquoted on purpose, below: a list of files.
# shellcheck disable=SC2046
# main.c ends in bench_main(), which the tests do not need; it does no harm.
$CC -std=c11 -D_GNU_SOURCE -O1 -g -Wall -Wextra -Werror -Ibench/harness \
    -Ibench/models \
    -DBENCH_COMPILER='"test"' -DBENCH_FLAGS='"test"' \
    -o "$OUT/bench-self" tests/self/bench/*_test.c bench/harness/*.c \
    $(find bench/models -name '*.c' ! -name model.c ! -name usl-main.c) \
    -lcriterion -ljansson -lm -ldl -pthread
