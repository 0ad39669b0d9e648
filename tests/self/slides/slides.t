#!/bin/sh
# SPDX-License-Identifier: MIT
#
# slides.t - decks hold what was tested and measured, and every page fits
set -u
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
. tests/self/tap.sh

# ---- what goes into a deck ----

mkdir "$t/examples"
cat >"$t/examples/some.txt" <<'EOF'
pass  right: passed

FAIL  wrong: assertion
          thread 1               thread 2
       1  load   x -> 0                                              some.c:3
       2                         store  x = 1                        some.c:14  <--
      again     --replay 1.2

pass  after: passed

FAIL  wide: assertion
      got       one thing and another thing, which is long, and one thing and another thing, a third thing
EOF
mkdir "$t/plots"
echo '<svg/>' >"$t/plots/throughput.svg"

# expand LINE: what becomes of a deck with this line alone
expand() {
    printf '%s\n' "$1" >"$t/deck.md"
    awk -f slides/expand.awk -v sample=bench/results/sample \
        -v plots="$t/plots" -v examples="$t/examples" \
        -v render=bench/results/render -v http="$t/http" "$t/deck.md"
}
# says LINE WORDS...: they are in it
says() {
    said=$(expand "$1") || return 1
    shift
    for words; do
        case $said in
        *"$words"*) ;;
        *)
            echo "not said: $words"
            echo "$said"
            return 1
            ;;
        esac
    done
}
lacks() {
    ! expand "$1" | grep -F "$2"
}
refuses() {
    said=$(expand "$1" 2>&1) && return 1
    echo "$said"
    echo "$said" | grep -q "deck.md:1: .*$2"
}

counter=solutions/01-counter/counter.c
check 'a function of a solution' says "@code $counter met_counter_add" \
    'if (!(v >= 0.0))' 'return 0;'
check '... without the starter of it' lacks "@code $counter met_counter_add" \
    'Step 4'
check '... and without the next one' lacks "@code $counter met_counter_add" \
    met_counter_value
check 'no such function' refuses "@code $counter met_gone" 'no met_gone in'
check 'no such file' refuses '@code nowhere.c f' 'no f in nowhere.c'
check 'a timeline, its places close to it' says '@timeline some wrong' \
    'FAIL  wrong: assertion' '1  load   x -> 0                         some.c:3' \
    'store  x = 1   some.c:14  <--'
check 'what is wide goes on in the next line' says '@timeline some wide' \
    'got       one thing and another thing, ' '                a third thing'
check '... and no other scenario' lacks '@timeline some wrong' after
check 'no such scenario' refuses '@timeline some gone' 'no scenario gone'
check 'a figure' says '@figure throughput' 'src="data:image/svg+xml;base64,PHN2Zy8'
check 'no such figure' refuses '@figure gone' 'no figure'
ns=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "ns_per_update") c = i }
    $2 == "mutex" && $3 == 2 { printf "%.0f", $c }' bench/results/sample/summary.csv)
check 'a number' says 'It takes {ns mutex 2} ns.' "It takes $ns ns."
check 'no number for such a design' refuses '{ns gone 2}' 'no row gone 2'
check 'a ratio that was not resolved is no claim' \
    refuses '{speed mutex-again mutex 2}' 'not resolved'
check 'the machine' says '@machine' 'Measured on' 'commit'
check 'a number of the suite render' says '{render abacus us} us' ' us'
check 'no such program' refuses '{render gone us}' 'no row gone'
check 'on what it was measured' says '@rendered' 'Measured: commit'
mkdir "$t/http"
cat >"$t/http/summary.csv" <<'EOF'
what,program,median,ratio,low,high
same_load_due_p99_us,nginx,2408.4,1,1,1
own_load_due_p99_us,nginx,1234567.0,1,1,1
EOF
check 'a latency of the suite http' says '{wait same_load_due_p99_us nginx} ms' \
    '2.4 ms'
check '... a long one' says '{wait own_load_due_p99_us nginx} ms' '1235 ms'
check 'no such latency' refuses '{wait gone nginx}' 'no row gone nginx'
check 'an unknown word' refuses '@gone x' 'unknown: @gone'

# ---- the decks ----

for tool in chromium npm; do
    command -v $tool >/dev/null && continue
    if [ "${CI:-}" = true ]; then
        check "$tool is installed" false
    else
        skip 'the decks' "$tool is not installed"
    fi
    finish
done

decks=$(find slides -name '*.md' | wc -l)
# The short run makes one of them, below, and looks at the pages of all.
pages_only=1
[ -z "${ABACUS_LONG:-}" ] || pages_only=
mkdir "$t/scratch"
export TMPDIR="$t/scratch"
check 'all decks are made, and every page fits' \
    env PAGES_ONLY="$pages_only" make slides
fits() { [ "$(grep -c ': [0-9]* pages$' "$t/why.slides")" = "$decks" ]; }
# A lecture of 45 minutes.
lengths() {
    sed -n 's/^ *\(.*\): \([0-9]*\) pages$/\2 \1/p' "$t/why.slides" | awk '
        $1 < 15 || $1 > 25 { print $2 ": " $1 " pages"; wrong = 1 }
        END { exit wrong || NR == 0 }'
}
cp "$t/why" "$t/why.slides"
# All pages of a deck, but their ends.
once() {
    awk 'FNR == 1 { page = "" }
        /^---$/ { if (page ~ /^[ \n]*$/) next
            if (seen[FILENAME, page]++) { print FILENAME ": twice:" page; twice = 1 }
            page = ""; next }
        { page = page "\n" $0 }
        END { exit twice }' slides/*.md
}
check 'no page stands twice in a deck' once
check "... all $decks of them" fits
check '... and has 15 to 25 pages' lengths
offline() { unshare -rn env NO_INSTALL=1 make slides DECKS=slides/opening.md; }
if unshare -rn true 2>/dev/null; then
    check 'a second time without a network' offline
else
    skip 'a second time without a network' 'no namespaces'
    check 'one deck is made' make slides DECKS=slides/opening.md
fi

nothing_left() { ! find "$TMPDIR" -mindepth 1 -maxdepth 1 | grep .; }
check 'no profile of a browser, or else, is left behind' nothing_left

loads_nothing() {
    [ -s build/slides/opening.html ] && ! grep -oE '(src|href)="?(https?:)?//[^" ]*|url\("?(https?:)?//[^)]*|@import' \
        build/slides/*.html | grep .
}
check 'no deck loads anything from elsewhere' loads_nothing

# bare TEXT: one page of it, as the check sees it
bare() {
    printf -- '---\nmarp: true\ntheme: abacus\n---\n\n%s\n' "$1" >"$t/bare.md"
    build/slides/node_modules/.bin/marp --theme-set slides/theme.css --html \
        --template bare -o "$t/bare.html" "$t/bare.md" </dev/null &&
        slides/check.sh "$t/bare.html"
}
too_much() {
    said=$(bare "$1" 2>&1) && return 1
    echo "$said" | grep "page 1: .*$2"
}
check 'a page that just fits' bare '# One line'
check 'a page with too many lines' too_much "$(seq -f '- line %g' 20)" \
    'too low'
check 'an image that is not there' too_much '<img src="gone.png">' 'not shown'
finish
