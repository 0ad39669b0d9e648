#!/bin/sh
# SPDX-License-Identifier: MIT
#
# editor.t - clangd finds no error in the files that a student opens
set -u
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
. tests/self/tap.sh
need clangd

version=$(sed -n 's/^VERSION := //p' Makefile)
solutions/handout.sh "$version" "$t/out" >/dev/null
tar -C "$t" -xzf "$t/out/abacus-$version.tar.gz"
cd "$t/abacus-$version" || exit 1

check 'compile_commands.json is made' make -s compile_commands.json
check 'it is JSON' python3 -m json.tool compile_commands.json
all_there() {
    for file in labs/*/*.c tests/suites/*/contract.c; do
        grep -qF "\"file\": \"$file\"" compile_commands.json || { echo "$file"; return 1; }
    done
}
check 'it has each file of a lab and each suite' all_there

# What it says of code has the name of a rule in brackets; what else is marked
# as an error are its own trials of rearranging the code.
errors_in() { clangd --check="$1" 2>&1 | grep -E '^E\[[0-9:.]*\] \['; }
none_in() {
    for file; do
        errors_in "$file" && { echo "in $file"; return 1; }
    done
    return 0
}
for lab in labs/[0-9]*; do
    # shellcheck disable=SC2046  # a word a file
    check "no error in $lab" none_in $(find "$lab" -name '*.[ch]' | sort)
done
check 'nor in the contract' none_in labs/include/met/*.h
check 'nor in a suite' none_in tests/suites/00-race/contract.c
echo 'int planted = oops;' >>labs/00-race/tally.c
check 'one that is planted is found' errors_in labs/00-race/tally.c
finish
