# shellcheck shell=sh
# SPDX-License-Identifier: MIT
#
# lib.sh - a small class of lab 00, and how it is graded
# shellcheck disable=SC1091,SC2034,SC2154  # the grader's lib.sh has them
. "${0%/*}/../grader/lib.sh"

tally=$root/solutions/00-race/tally.c
# class ARGUMENT...: `grade class` with them; then $status, $t/out, $t/err.
class() {
    (cd "$root" && exec timeout -k 5 1200 build/bin/grade class "$@") \
        </dev/null >"$t/out" 2>"$t/err"
    status=$?
}

# cell FILE ID COLUMN: of a table without commas in its cells
cell() {
    awk -F, -v id="$2" -v column="$3" '
        { sub(/\r$/, "") }
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) c = i }
        $1 == id { print $c }' "$1"
}
cell_is() {
    is=$(cell "$1" "$2" "$3")
    [ "$is" = "$4" ] || {
        echo "$2: $3 is \"$is\", not \"$4\""
        return 1
    }
}

same_tables() {
    for table in gradebook labs tests canvas moodle-00-race; do
        cmp "$1/$table.csv" "$2/$table.csv" || return 1
    done
}
