#!/bin/sh
# SPDX-License-Identifier: MIT
#
# build.sh - slides for the lecture hall: one HTML file and one PDF a deck
#
#     slides/build.sh MARP [DECK.md...]
#
# MARP is the package of npm with its version, which is fetched once into
# build/slides. Run from the top folder, by `make slides`. From the
# environment: SAMPLE, the recorded run that the figures come from; OUT, where
# the decks go; NO_INSTALL=1 fetches nothing; PAGES_ONLY=1 only looks whether
# all pages fit.
set -eu

marp_package=$1
shift
[ $# -gt 0 ] || set -- slides/*.md
sample=${SAMPLE:-bench/results/sample}
tools=build/slides
out=${OUT:-$tools}
marp=$tools/node_modules/.bin/marp

die() {
    echo "slides: $*" >&2
    exit 3
}

# Marp, once.
fetch() {
    have=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' \
        "$tools/node_modules/@marp-team/marp-cli/package.json" 2>/dev/null || :)
    [ "$have" != "${marp_package##*@}" ] || return 0
    [ -z "${NO_INSTALL:-}" ] || die "$marp_package is missing: npm has it"
    echo "fetching $marp_package ..."
    npm install --prefix "$tools" --no-fund --no-audit --no-save --silent \
        "$marp_package" >"$tools/npm.log" 2>&1 ||
        die "npm cannot fetch $marp_package: $(tail -n 1 "$tools/npm.log")"
}

run_example() {
    source=tests/interleave/examples/$1.c
    [ -e "$source" ] || die "there is no $source"
    tests/interleave/build.sh -c gcc -L build/explore/library-gcc.a \
        -o "$out/examples/$1" "$source"
    "$out/examples/$1" >"$out/examples/$1.txt" || test $? = 1
}

# A mutant is the solution of its lab but for one file.
run_mutant() {
    lab=${1%%/*} source=tests/mutants/$1.patch
    [ -e "$source" ] || source=tests/mutants/$1.c
    [ -e "$source" ] || die "there is no $source"
    folder=$out/examples/$1
    mkdir -p "$folder"
    cp solutions/"$lab"/*.[ch] "$folder"
    tests/self/judges/specimen.sh "$source" \
        >"$folder/$(sed -n 's/^ *[*#] file: *//p' "$source")"
    build/bin/grade explore "$folder" --lab "$lab" --backfill \
        >"$out/examples/$1.txt" || test $? = 1
}

# What the explorer says of the examples and mutants that the decks show.
run_examples() {
    for example in $(sed -n 's/^@timeline \([^ ]*\).*/\1/p' "$@" | sort -u); do
        case $example in
        */*) run_mutant "$example" ;;
        *) run_example "$example" ;;
        esac
    done
}

# Marp waits for more on standard input unless there is none.
render() {
    CHROME_PATH=$(command -v chromium) CHROME_NO_SANDBOX=1 "$marp" \
        --theme-set slides/theme.css --html --allow-local-files "$@" \
        </dev/null >"$out/marp.log" 2>&1 || {
        cat "$out/marp.log" >&2
        die "Marp cannot render $1"
    }
}

deck() {
    name=$(basename "$1" .md)
    awk -f slides/expand.awk -v sample="$sample" -v plots="$tools/plots" \
        -v examples="$out/examples" -v render=bench/results/render \
        -v http=bench/results/http "$1" >"$out/$name.md"
    render "$out/$name.md" --template bare -o "$out/$name.bare.html"
    if ! pages=$(slides/check.sh "$out/$name.bare.html"); then
        echo "slides: $1 does not fit; $out/$name.bare.html shows it" >&2
        status=1
        return
    fi
    rm "$out/$name.bare.html"
    if [ -n "${PAGES_ONLY:-}" ]; then
        echo "  $name: $pages pages"
        return
    fi
    render "$out/$name.md" -o "$out/$name.html"
    render "$out/$name.md" --pdf --pdf-notes --pdf-outlines -o "$out/$name.pdf"
    echo "  $out/$name.html and .pdf: $pages pages"
}

mkdir -p "$out/examples" "$tools"
fetch
run_examples "$@"
status=0
for file; do
    deck "$file"
done
exit $status
