#!/bin/sh
# SPDX-License-Identifier: MIT
#
# expo.t - pages of the reference, and broken ones, before expocheck, the
# parsers of Prometheus' Python client, and promtool
#
# ABACUS_LONG=1 takes 1000 registries, a million numbers, and half a minute of
# fuzzing.
# shellcheck source=tests/self/grader/lib.sh
. "${0%/*}/../grader/lib.sh"
world
cd "$root" || exit 1
programs=build/self/exposition
python=/usr/bin/python3 # Debian's, which has the package of the parsers
registries=30 from_each=4 numbers=30000 in_comma=1000 fuzzing=-runs=30000
for_promtool='1-?.txt' # of the broken pages: it takes its time
if [ -n "${ABACUS_LONG:-}" ]; then
    registries=1000 from_each=3 numbers=1000000 in_comma=$numbers
    fuzzing=-max_total_time=30 for_promtool='*.txt'
fi

# A check that needs a package, or a skip where it cannot be had.
check_with() {
    if "$1" >"$t/why" 2>&1; then
        shift
        check "$@"
    elif [ "${CI:-}" = true ]; then
        check "$2" false "$1" 'fails: a package is missing'
    else
        skip "$2" "$1: a package is missing"
    fi
}
has_parsers() { "$python" -c 'import prometheus_client.openmetrics.parser'; }
has_promtool() { command -v promtool; }
has_clang() { command -v clang; }

# The format that a file's name says.
format_of() {
    case $1 in
    *.om) echo --openmetrics ;;
    *) echo --text ;;
    esac
}

# ---- pages of random registries ----

mkdir "$t/pages" "$t/broken" "$t/fuzz"
check "$registries random registries are written" \
    "$programs/pages" "$t/pages" 1 "$registries"

all_valid() {
    bad=0
    for page in "$t"/pages/*.txt "$t"/pages/*.om; do
        build/bin/expocheck "$(format_of "$page")" "$page" || bad=1
    done
    [ $bad = 0 ] && [ -s "$t/pages/1.om" ]
}
check 'expocheck finds all pages valid' all_valid

parsers_agree() {
    "$python" "$here/oracle.py" "$t"/pages/*.txt "$t"/pages/*.om >"$t/said"
    [ "$(grep -c ' valid$' "$t/said")" = $((2 * registries)) ] || {
        grep -v ' valid$' "$t/said"
        return 1
    }
}
check_with has_parsers "the Python client's parsers do, too" parsers_agree

# Their parser of OpenMetrics reads -0 as 0.
one_zero() { sed 's/ -0$/ 0/' "$1" | LC_ALL=C sort; }
same_samples() {
    for page in "$t"/pages/*.txt "$t"/pages/*.om; do
        build/bin/expocheck --samples "$(format_of "$page")" "$page" >"$t/ours"
        one_zero "$t/ours" >"$t/a"
        one_zero "$page.python" >"$t/b"
        diff "$t/a" "$t/b" || return 1
    done
}
check_with has_parsers 'and read the same values' same_samples

# 0 is fine, 3 a remark about names.
promtool_reads() {
    for page in "$t"/pages/*.txt; do
        promtool check metrics <"$page" >"$t/promtool" 2>&1
        case $? in
        0 | 3) ;;
        *)
            echo "$page"
            cat "$t/promtool"
            return 1
            ;;
        esac
    done
}
check_with has_promtool 'promtool reads the text pages' promtool_reads

# ---- broken pages ----

break_pages() {
    seed=0
    for page in "$t"/pages/*.txt "$t"/pages/*.om; do
        [ -s "$page" ] || continue
        name=${page##*/}
        for i in $(seq "$from_each"); do
            seed=$((seed + 1))
            LC_ALL=C awk -v seed="$seed" -f "$here/mutate.awk" "$page" \
                >"$t/broken/$i-$name"
        done
    done
    echo "$seed pages"
    [ "$seed" -ge 200 ]
}
check 'pages are broken, each in one place' break_pages

# "NAME FORMAT valid" or "NAME FORMAT invalid RULE", a line a page.
look_at_broken() {
    for page in "$t"/broken/*; do
        what=$(format_of "$page")
        if said=$(build/bin/expocheck "$what" "$page" 2>&1); then
            echo "$page ${what#--} valid"
        else
            rule=${said#"$page":*: }
            echo "$page ${what#--} invalid ${rule%%:*}"
        fi
    done | sort >"$t/ours"
    "$python" "$here/oracle.py" "$t"/broken/* | sort >"$t/theirs"
    [ "$(wc -l <"$t/ours")" = "$(wc -l <"$t/theirs")" ]
}
check_with has_parsers 'all checkers have an opinion about each' look_at_broken

# The rows "| format | rule | ..." of expo.md say where the parsers of Python
# are more lenient, and "| promtool | rule | ..." where promtool is; the rows
# "| format | valid: WORDS | ..." where they are stricter.
only_known_disagreements() {
    sed -n 's/^| \(text\|openmetrics\|promtool\) | \([^|]*\) |.*/\1 \2/p' \
        tests/support/expo.md | sort >"$t/known"
    join "$1" "$2" |
        awk -v known="$t/known" '
            BEGIN { while ((getline line < known) > 0) row[line] = 1 }
            {
                theirs = $3 == "valid" ? $4 : ""
                rule = ""
                for (i = 4; i <= NF && $3 == "invalid" && theirs == ""; i++)
                    if ($i == "valid" || $i == "invalid")
                        theirs = $i
                    else
                        rule = rule (rule == "" ? "" : " ") $i
                if ($3 == "valid") {
                    rule = $0
                    sub(/^.* invalid /, "", rule)
                    sub(/:.*/, "", rule)
                    rule = "valid: " rule
                }
                if ($3 == theirs)
                    agree++
                else if (($2 " " rule) in row)
                    listed++
                else {
                    print
                    unknown++
                }
            }
            END {
                printf "%d agree, %d known disagreements, %d others\n", agree,
                    listed, unknown
                exit unknown > 0 || agree == 0 || listed == 0
            }'
}
check_with has_parsers 'they disagree only where expo.md says so' \
    only_known_disagreements "$t/ours" "$t/theirs"
echo "# $(tail -n 1 "$t/why")"

promtool_on_broken() {
    for page in "$t"/broken/$for_promtool; do
        said=$(promtool check metrics <"$page" 2>&1)
        case $? in
        0 | 3) echo "$page valid" ;;
        *) echo "$page invalid ${said#error while linting: }" | head -n 1 ;;
        esac
    done | sort >"$t/promtool"
    sed 's/ text / promtool /' "$t/ours" >"$t/ours.promtool"
    only_known_disagreements "$t/ours.promtool" "$t/promtool"
}
check_with has_promtool 'promtool, too, disagrees only where expo.md says so' \
    promtool_on_broken
echo "# $(tail -n 1 "$t/why")"

# ---- numbers ----

right_numbers() { "$programs/numbers" "$@" | "$python" "$here/numbers.py"; }
check "$numbers numbers are the shortest, and set as the contract says" \
    right_numbers "$numbers"
echo "# $(tail -n 1 "$t/why")"
same_with_comma() {
    "$programs/numbers" "$in_comma" >"$t/point" &&
        LOCPATH=build/driver/locale "$programs/numbers" "$in_comma" comma |
        cmp - "$t/point"
}
check "in a locale with a comma $in_comma of them are the same" same_with_comma

# ---- any bytes ----

fuzz() {
    clang -std=c11 -D_GNU_SOURCE -g -O1 -Itests \
        -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
        -o "$t/fuzz/target" "$here/fuzz.c" tests/support/expo*.c -lm || return 1
    cp -r "$t/pages" "$t/fuzz/corpus"
    rm -f "$t"/fuzz/corpus/*.python
    (cd "$t/fuzz" && ./target "$fuzzing" -seed=1 -max_len=4096 -timeout=5 \
        -verbosity=0 -print_final_stats=1 corpus) 2>&1
}
check_with has_clang "libFuzzer finds nothing ($fuzzing)" fuzz
echo "# $(grep -a number_of_executed "$t/why")"

# ---- size ----

# Time is told, not judged: a machine may be slow.
large_page() {
    awk 'BEGIN {
        print "# TYPE requests_total counter"
        for (i = 0; i < 150000; i++)
            printf "requests_total{method=\"GET\",path=\"/%d\",code=\"200\"} %d\n",
                i, i * 7
    }' >"$t/large.txt"
    time -p build/bin/expocheck --text "$t/large.txt"
}
check 'a page of 10 MB is valid' large_page
echo "# $(wc -c <"$t/large.txt") bytes in $(awk '/^real/ { print $2 }' "$t/why") s"
finish
