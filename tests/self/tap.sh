# shellcheck shell=sh disable=SC2154  # t is the caller's
# SPDX-License-Identifier: MIT
#
# tap.sh - what the tests here print: "ok" or "not ok" for each check, and the
# plan at the end; a script that dies on the way has no plan, and prove(1) counts it
# as failed
#
#     t=$(mktemp -d)
#     . tests/self/tap.sh
#     check 'a sentence that holds' COMMAND...
#     finish
#
# $t is a private folder. What a command printed to $t/out and $t/err is shown
# when its check fails.
count=0
failed=0

# check WHAT COMMAND...: one test, which passes when the command does. Its
# output and the last grading are shown when it does not.
check() {
    what=$1
    shift
    count=$((count + 1))
    if "$@" >"$t/why" 2>&1; then
        echo "ok $count - $what"
        return 0
    fi
    failed=$((failed + 1))
    echo "not ok $count - $what"
    {
        echo "$*"
        tail -n 20 "$t/why"
        [ ! -e "$t/out" ] || tail -n 12 "$t/out"
        [ ! -e "$t/err" ] || cat "$t/err"
    } | cat -v | sed 's/^/#   /'
    return 1
}

# status N COMMAND...: whether the command ends with that status. What it prints
# goes to $t/out.
status() {
    want=$1
    shift
    "$@" >"$t/out" 2>&1 </dev/null
    [ $? -eq "$want" ]
}
# says PATTERN: whether that is in $t/out.
says() { grep -q -- "$1" "$t/out"; }

# take_harness FOLDER: copies the harness that make test has compiled, so that
# bench/build.sh does not compile it again for that folder, unless a source is newer.
take_harness() {
    mkdir -p "$1"
    [ ! -e build/tests/bench/harness/made ] || cp -Rp build/tests/bench/harness "$1"
}

skip() {
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}

finish() {
    echo "1..$count"
    [ "$failed" = 0 ]
    exit
}

# without WHY: the whole script is skipped; where nothing may be, it fails.
without() {
    if [ "${CI:-}" = true ]; then
        printf '1..1\nnot ok 1 - %s\n' "$1"
        exit 1
    fi
    echo "1..0 # SKIP $1"
    exit 0
}

need() {
    for tool in "$@"; do
        command -v "$tool" >/dev/null || without "$tool is not installed"
    done
}
