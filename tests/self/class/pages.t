#!/bin/sh
# SPDX-License-Identifier: MIT
#
# pages.t - pages for students and teacher, likeness, and what other systems
# are given; names and text that try to be markup stay text
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
need parallel unshare
world

# ---- a class of four: two alike, an attack, the starter ----

in=$t/in
mkdir -p "$in/a" "$in/b" "$in/c" "$in/d" "$t/former/2025/x"
sed 's|^{|{ /* </pre><script>alert(1)</script> */|' \
    "$root/tests/mutants/00-race/load-add-store.c" >"$in/a/tally.c"
sed 's/amount/quantity/g' "$in/a/tally.c" >"$in/b/tally.c"
cp "$root/tests/alternatives/00-race/spinlock.c" "$in/c/tally.c"
cp "$in/c/tally.c" "$t/former/2025/x/old.c"
sed 's|^{|{ __asm__ volatile("nop");|' "$tally" >"$in/d/tally.c"
printf 'id,name\na,"A: <script>alert(1)</script> & ""B"""\nb,Bé\nc,C\nd,D\n' \
    >"$t/roster.csv"
class "$in" --roster "$t/roster.csv" --out "$t/out1" --lab 00 \
    --former "$t/former" --hidden nothing
check 'the class is graded' exited 0
o=$t/out1/overview.html
p=$t/out1/pages

# ---- pages ----

pages_there() {
    for s in a b c d; do [ -s "$p/$s/00-race.html" ] || return 1; done
}
check 'each student has a page' pages_there
escaped() {
    grep -qF 'A: &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;B&quot;' \
        "$p/a/00-race.html"
}
check 'a name that is markup is shown as text' escaped
no_script() { ! grep -rl '<script' "$t/out1" --include=*.html; }
check 'no page has a script' no_script
whole() {
    for f in "$o" "$p"/*/*.html; do
        /usr/bin/python3 "$here/wellformed.py" "$f" || return 1
    done
}
check 'every element of every page is closed' whole
fields() {
    for part in blockquote '<dt>Got' '<dt>Hint' '<dt>In this order of steps'; do
        grep -qF "$part" "$p/a/00-race.html" || {
            echo "no $part"
            return 1
        }
    done
}
check 'a failure has sentence, got, hint and timeline' fields
one_file() { ! grep -E 'src=|<link|url\(' "$o" "$p"/*/*.html; }
check 'a page needs no other file' one_file
hidden_names() {
    sqlite3 "$t/out1/gradebook.db" \
        "SELECT DISTINCT test FROM verdict WHERE suite = 'hidden'"
}
tells_nothing() {
    for test in $(hidden_names); do
        ! grep -r "$test" "$p" || return 1
    done
}
if [ -n "$(hidden_names)" ]; then
    check 'with --hidden nothing no page names a hidden test' tells_nothing
    check '... but the points of all together are there' \
        grep -q hidden_tests "$p/a/00-race.html"
else
    skip 'hidden tests' 'this lab has none'
fi

# ---- the overview ----

pair() { grep -A2 "<td>$1</td>" "$o" | grep -q "<td>$2</td>"; }
pairs_found() {
    tr -d '\n' <"$o" | grep -q "<td>$1</td><td class=\"n\">[0-9]*</td><td>$2</td>"
}
check 'a renamed copy is a pair to look at' pairs_found a b
check 'so is a solution of a former year' \
    pairs_found c "$t/former/2025/x/old.c"
not_a_pair() { ! pairs_found a c; }
check 'two designs are no pair' not_a_pair
suspicious() {
    sed -n '/Suspicious/,/Pairs/p' "$o" | tr -d '\n' | grep -q '<td>d</td>.*assembly'
}
check 'what the gates refuse is named' suspicious

# ---- exports ----

result() { # of student $1, as `grade lab` writes it
    {
        printf '{"schema":"abacus/result/1","submission":"%s",' "$2"
        printf '"digest":"sha256:0","compiler":"c","fence":"namespaces","labs":['
        sqlite3 "$t/out1/gradebook.db" \
            "SELECT result FROM grading WHERE student = '$1'"
        printf ']}'
    } >"$t/$1.json"
}
result a 'A: <script> \"é\" ]]>'
result c C
export_as() { (cd "$root" && build/bin/grade export "$@"); }
for s in a c; do
    for format in gradescope autolab junit; do
        reads() {
            export_as $format "$t/$s.json" >"$t/$s.$format" &&
                /usr/bin/python3 "$here/readers.py" $format "$t/$s.$format" \
                    "$t/$s.json"
        }
        check "$format reads the result of $s" reads
    done
done
canvas() {
    /usr/bin/python3 "$here/readers.py" canvas "$t/out1/canvas.csv" \
        "$t/roster.csv"
}
check 'Canvas reads its table' canvas
moodle() {
    /usr/bin/python3 "$here/readers.py" moodle "$t/out1/moodle-00-race.csv" \
        "$t/roster.csv"
}
check 'Moodle reads its table' moodle
no_result() {
    echo '{}' >"$t/no.json"
    ! export_as junit "$t/no.json" >"$t/out" 2>"$t/err" && err_says 'is no result'
}
check 'what is no result is refused' no_result

finish
