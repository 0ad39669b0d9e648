# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# lib.sh - what the shell tests share. Sourced from the root of the project.
#
# A test script prints TAP (the Test Anything Protocol) and is run by prove(1).
# It works in $work, a private folder that is removed when it ends.

work=$(mktemp -d "${TMPDIR:-/tmp}/abacus-test-XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

tests=0
failures=0

# ok STATUS NAME [FILE]: one test; what FILE holds is shown when it failed.
ok() {
    tests=$((tests + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $tests - $2"
        return
    fi
    failures=$((failures + 1))
    echo "not ok $tests - $2"
    [ -n "${3:-}" ] && sed 's/^/#   /' "$3"
}

# is GOT WANTED NAME: two texts are equal.
is() {
    printf 'got:    %s\nwanted: %s\n' "$1" "$2" >"$work/is"
    [ "$1" = "$2" ]
    ok $? "$3" "$work/is"
}

# has FILE TEXT NAME: the file holds a line with the text, taken literally.
has() {
    grep -qF -- "$2" "$1"
    ok $? "$3" "$1"
}

# need PROGRAM: without it the whole script is skipped; under CI that fails.
need() {
    command -v "$1" >/dev/null 2>&1 && return
    if [ "${CI:-}" = true ]; then
        printf '1..1\nnot ok 1 - %s is not installed\n' "$1"
        exit 1
    fi
    echo "1..0 # SKIP $1 is not installed"
    exit 0
}

# The last line of every script.
done_testing() {
    echo "1..$tests"
    [ "$failures" -eq 0 ]
    exit
}
