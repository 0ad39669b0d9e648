#!/bin/sh
# SPDX-License-Identifier: MIT
#
# handout.t - the archive for students: whole, the same each time, no solution
set -u
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
chmod 755 "$t"
. tests/self/tap.sh

version=$(sed -n 's/^VERSION := //p' Makefile)
archive=abacus-$version.tar.gz
check 'it is made' solutions/handout.sh "$version" "$t/one"
check 'a second time' solutions/handout.sh "$version" "$t/two"
check 'the bytes are the same' cmp "$t/one/$archive" "$t/two/$archive"
mkdir "$t/student"
tar -C "$t/student" -xzf "$t/one/$archive"
h=$t/student/abacus-$version

# ---- what is in it ----

is_not_there() {
    ! find "$h" -path "$h/$1" | grep .
}
for path in solutions slides 'tests/suites/*/hidden.c' tests/mutants \
    tests/alternatives tests/attacks tests/self tests/interleave/self \
    tests/interleave/mutants 'bench/designs/counter/cas*' bench/results; do
    check "it has no $path" is_not_there "$path"
done
# LICENSE is a file, and what lies in a folder lies in it.
same_places() {
    (cd "$h" && find . -type f) | while read -r file; do
        [ "$file" = ./README.md ] || [ -f "$file" ] || echo "$file"
    done | grep .
}
no_other_places() { ! same_places; }
check 'every file lies where it lies in the repository' no_other_places
no_links_out() {
    ! find "$h" ! -type f ! -type d | grep . && ! grep -rIl "$PWD" "$h"
}
check 'it has no links and no path of this machine' no_links_out

links() { # of all pages: FILE TARGET
    find "$h" -name '*.md' | while read -r page; do
        grep -o '](\([^)#]*\)' "$page" | sed 's/^](//' |
            grep -v '^https\?:' | while read -r target; do
            [ -e "${page%/*}/$target" ] || echo "$page: $target"
        done
    done
}
no_dead_links() { ! links | grep .; }
check 'no page links to what is not there' no_dead_links

secrets() {
    {
        find "$h/labs/include" -type f -print0
        find "$h" -type f ! -name '*.json' ! -name '*.gp' \
            ! -path "$h/labs/include/*" -print0
    } | xargs -0 awk -f tests/self/course/leaks.awk -v window=12 \
        solutions/*/*.[ch] solutions/*/*.yml solutions/*/*.txt --
}
no_expression() { # of the dashboard: those are no regions
    ! grep -n '"expr": "[^"]' "$h"/labs/*/*.json
}
check 'no dashboard has an expression' no_expression
check 'no file has more than 11 tokens of a solution in a row' secrets

# One that is planted is found: a line of code, and a sentence of a comment.
plant() {
    cp "$h/labs/01-counter/counter.c" "$t/planted.c"
    printf '%s\n' "$1" >>"$t/planted.c"
    awk -f tests/self/course/leaks.awk -v window=12 solutions/*/*.c -- \
        "$t/planted.c" >"$t/found"
    [ $? = 1 ] && grep -q "planted.c:" "$t/found"
}
check 'planted code is found' plant \
    'if(atomic_compare_exchange_weak_explicit(&c->value,&seen,seen+v,memory_order_relaxed,
     memory_order_relaxed)) x();'
check 'a planted comment is found' plant \
    '// an update is a loop: read, add, and store only if nobody stored in between'
finds_nothing() { ! plant 'int harmless(int a, int b) { return a + b; }'; }
check 'and nothing else is' finds_nothing

# ---- it works where nothing of the repository is ----

# In namespaces of its own, with an empty folder where the repository is.
apart() {
    if unshare -rm true 2>/dev/null; then
        mkdir -p "$t/empty"
        root=$PWD h=$h command=$1 unshare -rm sh -c \
            'mount --bind "'"$t"'/empty" "$root" && cd "$h" && eval "$command"'
    else
        (cd "$h" && eval "$1")
    fi
}
# Unpack it, go there, and what the page says first.
first_commands() {
    printf 'tar -xzf %s\ncd %s\n' "$archive" "abacus-$version"
    awk '/^    / { sub(/^ */, ""); print; seen = 1; next } seen { exit }' \
        "$h/README.md"
}
three() { first_commands | tee "$t/out" && [ "$(wc -l <"$t/out")" -le 3 ]; }
check 'three commands at most from the archive to a verdict' three
# Nothing is there but the archive: all is compiled, and for a few verdicts that
# is most of the time. Without an optimizer it is half of it.
grades() {
    apart "export NO_INSTALL=1 MAKEFLAGS=OPTIMIZED=-O0; $(first_commands | tail -n +3)" >"$t/out" 2>&1 ||
        { cat "$t/out"; return 1; }
    awk '/ of .*%\)/ { n++; if ($4 + 0 > 10 && $5 + 0 > 10) bad = 1
        gsub(/[(%)]/, ""); if ($NF + 0 > 10) bad = 1; print }
        END { exit n < 1 || bad }' "$t/out"
}
check 'they work, and a starter has at most 10 %' grades
if [ -n "${ABACUS_LONG:-}" ]; then
all() {
    apart 'NO_INSTALL=1 make grade' >"$t/out" 2>&1 || { cat "$t/out"; return 1; }
    [ "$(grep -c ' of .*%)' "$t/out")" -ge "$(find "$h/labs" -mindepth 1 -maxdepth 1 -name '0*' | wc -l)" ]
}
check 'all labs are graded as well' all
fi
explores() { apart 'NO_INSTALL=1 make explore EXAMPLE=lost-update' | grep 'FAIL  lost-update'; }
check 'make explore works' explores
measures() {
    # a counter that counts: the starter would get no number
    sed '/\/\/\/ STARTER/,/\/\/\/ END/d; /\/\/\/ /d' \
        solutions/01-counter/counter.c >"$h/labs/01-counter/counter.c"
    apart "NO_INSTALL=1 make bench QUICK=1 IMPL=labs ARGS='--threads 1'" \
        >"$t/out" 2>&1 || { cat "$t/out"; return 1; }
    grep '^  labs  *[0-9]' "$t/out" && grep '^  mutex  *[0-9]' "$t/out"
}
check 'make bench works, with a row of the student' measures
says_help() {
    apart 'make help' >"$t/out"
    grep 'make grade' "$t/out" && ! grep -E 'make (test|slides|starters|lint)' "$t/out"
}
check 'make help lists what is there, and no verb of a teacher' says_help
finish
