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

# A mutant is the solution of its lab but for one file. Of its scenarios only
# the one that is shown is explored: all of lab 07 take long.
run_mutant() {
    lab=${1%%/*} source=tests/mutants/$1.patch
    [ -e "$source" ] || source=tests/mutants/$1.c
    [ -e "$source" ] || die "there is no $source"
    folder=$out/examples/$1
    mkdir -p "$folder"
    cp solutions/"$lab"/*.[ch] "$folder"
    tests/self/judges/specimen.sh "$source" \
        >"$folder/$(sed -n 's/^ *[*#] file: *//p' "$source")"
    build/bin/grade explore "$folder" --lab "$lab" --backfill --scenario "$2" \
        >>"$out/examples/$1.txt" || test $? = 1
}

# What the explorer says of the examples and mutants that the decks show.
run_examples() {
    rm -rf "$out/examples"
    mkdir -p "$out/examples"
    for shown in $(sed -n -e 's/^@timeline \([^ ]*\/[^ ]*\) \([^ ]*\)$/\1:\2/p' \
        -e 's/^@timeline \([^ /]*\) .*/\1/p' "$@" | sort -u); do
        case $shown in
        */*) run_mutant "${shown%:*}" "${shown#*:}" ;;
        *) run_example "$shown" ;;
        esac
    done
}

# Marp waits for more on standard input unless there is none. What it makes of
# NAME.md is beside it. Marp takes longer to start than to make a deck. It leaves the
# browser's profile behind.
render() {
    TMPDIR=$scratch CHROME_PATH=$(command -v chromium) CHROME_NO_SANDBOX=1 "$marp" \
        --theme-set slides/theme.css --html --allow-local-files "$@" \
        </dev/null >"$out/marp.log" 2>&1 || {
        cat "$out/marp.log" >&2
        die "Marp cannot render the decks"
    }
}

expand() {
    awk -f slides/expand.awk -v sample="$sample" -v plots="$tools/plots" \
        -v examples="$out/examples" -v render=bench/results/render \
        -v http=bench/results/http "$1"
}

# looks DECK.md: whether all pages fit. The expanded decks that do go to $out.
looks() {
    name=$(basename "$1" .md)
    if ! pages=$(slides/check.sh "$out/bare/$name.html"); then
        echo "slides: $1 does not fit; $out/bare/$name.html shows it" >&2
        status=1
        return
    fi
    mv "$out/bare/$name.md" "$out"
    rm "$out/bare/$name.html"
    if [ -n "${PAGES_ONLY:-}" ]; then
        echo "  $name: $pages pages"
    else
        made="$made $out/$name.md"
        said="$said  $out/$name.html and .pdf: $pages pages
"
    fi
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$tools" "$out/bare"
fetch
run_examples "$@"
rm -f "$out"/bare/*
for file; do
    expand "$file" >"$out/bare/$(basename "$file")"
done
render --template bare "$out"/bare/*.md
status=0 made='' said=''
for file; do
    looks "$file"
done
# shellcheck disable=SC2086  # names without spaces
if [ -n "$made" ]; then
    render $made
    render --pdf --pdf-notes --pdf-outlines $made
    printf %s "$said"
fi
rmdir "$out/bare" 2>/dev/null || :
exit $status
