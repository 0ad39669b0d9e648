#!/bin/sh
# SPDX-License-Identifier: MIT
#
# report.sh - one HTML page over results, which needs no other file
#
#     bench/report/report.sh PAGE RESULT...
#
# Run from the top folder. For each folder of results: which machine, what the
# numbers resolve (sentences.awk), the figures, and the tables. Figures need
# gnuplot; without it the page has none, and says so. If `make model` has run, its
# figures have a part of their own, marked MODEL: MODEL names their folder.
set -eu

die()
{
    echo "report.sh: $*" >&2
    exit 2
}

[ $# -ge 2 ] || die 'usage: report.sh PAGE RESULT...'
page=$1
shift
here=$(dirname "$0")
model=${MODEL:-build/bench/model}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

escape() { sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/"/\&quot;/g'; }

# meta RESULT KEY: a value of meta.json that stands on a line of its own.
meta()
{
    [ -f "$1/meta.json" ] || return 0
    sed -n 's/^ *"'"$2"'": "\{0,1\}\([^",]*\)"\{0,1\},\{0,1\}$/\1/p' \
        "$1/meta.json" | head -n 1
}

# Of render and http, which have no meta.json, the folder has the name, and
# behind it perhaps the time.
suite_of()
{
    suite=$(meta "$1" suite)
    [ -n "$suite" ] || suite=$(basename "$1" | sed 's/-[0-9]*T[0-9]*Z$//')
    echo "$suite"
}

question_of()
{
    sed -n "s/^| \`$1\` | \(.*\) |\$/\1/p" bench/README.md
}

# ---- the parts of one result ----

fact()
{
    [ -z "$2" ] || printf '<dt>%s</dt><dd>%s</dd>\n' "$1" \
        "$(printf %s "$2" | escape)"
}

machine()
{
    echo '<dl>'
    if [ -f "$1/about.txt" ]; then
        while read -r key value; do
            fact "$key" "$value"
        done <"$1/about.txt"
    else
        fact host "$(meta "$1" host)"
        fact processor "$(meta "$1" cpu_model), $(meta "$1" cpu_count) CPUs"
        fact kernel "$(meta "$1" kernel)"
        fact compiler "$(meta "$1" compiler)"
        fact flags "$(meta "$1" flags)"
        fact commit "$(meta "$1" commit)"
        fact finished "$(meta "$1" finished)"
        fact trials "$(meta "$1" trials_per_row) a row, in \
$(meta "$1" process_count) processes$(
            [ "$(meta "$1" quick)" != true ] || echo ', QUICK')"
    fi
    echo '</dl>'
}

# The suite render: its ratio is of times, and rounds have no A/A.
rendered()
{
    awk -F, 'NR > 1 && $1 != "abacus" {
        if ($4 > 1.02)
            printf "<li><code>%s</code> takes %.3g times as long as " \
                "<code>abacus</code> (%.3g to %.3g).</li>\n", $1, $3, $4, $5
        else if ($5 < 1 / 1.02)
            printf "<li><code>%s</code> is %.3g times as fast as " \
                "<code>abacus</code> (%.3g to %.3g).</li>\n", $1, 1 / $3, \
                1 / $5, 1 / $4
        else
            printf "<li>Not resolved: <code>%s</code> and " \
                "<code>abacus</code>.</li>\n", $1
    }' "$1/summary.csv"
}

sentences()
{
    echo '<ul>'
    if [ "$(suite_of "$1")" = peers ]; then
        echo '<li>Of the other clients only the fastest is named here, for each
operation and number of threads; the table has all.</li>'
        [ ! -f "$1/skipped.txt" ] || sed 's/.*/<li>&<\/li>/' "$1/skipped.txt"
        awk -f "$here/fastest.awk" "$1/summary.csv" "$1/ratios.csv" |
            awk -f "$here/sentences.awk" "$1/summary.csv" -
    elif [ "$(suite_of "$1")" = http ]; then
        awk -f "$here/served.awk" "$1/summary.csv"
    elif [ -f "$1/ratios.csv" ]; then
        awk -f "$here/sentences.awk" "$1/summary.csv" "$1/ratios.csv"
    else
        rendered "$1"
    fi
    echo '</ul>'
}

# embed FILE NAME PREFIX: one figure. The names inside of it get the prefix in
# front: all figures share one page.
embed()
{
    echo '<figure>'
    sed "1,/^>\$/ { /^<?xml/d; s/^<svg *\$/<svg role=\"img\"/; }
        s/<title>Gnuplot<\/title>/<title>$2<\/title>/
        s/id=\(['\"]\)/id=\1$3-/g
        s/href='#/href='#$3-/g
        s/url(#/url(#$3-/g" "$1"
    echo '</figure>'
}

has_figures()
{
    [ -f "$1/open-loop.csv" ] ||
        { [ -f "$1/ratios.csv" ] && [ -f "$1/meta.json" ] &&
            [ "$(suite_of "$1")" != commands ]; }
}

figures()
{
    has_figures "$1" || return 0
    if ! command -v gnuplot >/dev/null; then
        echo '<p>No figures: there was no gnuplot.</p>'
        return
    fi
    bench/plots/plots.sh "$1" "$work/$2" >/dev/null || exit 2
    for name in $(awk '{ print $1 }' "$work/$2/figures"); do
        embed "$work/$2/$name.svg" "$name" "f$2-$name"
    done
}

# table TEXT FILE COLUMNS
table()
{
    [ -f "$2" ] || return 0
    echo "<details><summary>$1</summary>"
    awk -v columns="$3" -f "$here/table.awk" "$2"
    echo '</details>'
}

tables()
{
    table 'All rows' "$1/summary.csv" what,design,command,program,threads,\
n,disturbed,wrong_sums,ns_per_update,ns_per_update_low,ns_per_update_high,\
updates_per_s,lost_share,latency_p50_ns,latency_p99_ns,latency_p9999_ns,\
seconds,seconds_low,seconds_high,us,median,ratio,low,high
    table 'All comparisons' "$1/ratios.csv" design,command,reference,threads,\
pairs,speed_ratio,low,high,aa_band,verdict
    table 'Memory' "$1/memory.csv" design,threads,series,bytes,lines,\
bytes_per_series,lines_per_series
}

result()
{
    suite=$(suite_of "$1")
    echo "<section><h2 id=\"r$2\">$suite</h2>"
    echo "<p>$(question_of "$suite" | escape)</p>"
    machine "$1"
    echo '<h3>What the numbers resolve</h3>'
    sentences "$1"
    figures "$1" "$2"
    tables "$1"
    echo '</section>'
}

# ---- the model ----

has_model() { [ -f "$model/figures" ]; }

model_part()
{
    cat <<'END'
<section><h2 id="model">MODEL</h2>
<p><strong>Nothing in this part was measured here.</strong> A model of cache
coherence says what the counter designs would do on 1 to 128 cores. Its lines are
dashed. Points were measured: elsewhere, and published.</p>
END
    while read -r name; do
        embed "$model/$name.svg" "MODEL: $name" "model-$name"
    done <"$model/figures"
    table 'MODEL against published points' "$model/residuals.csv" \
        order,design,cores,role,published_ns,model_low,model_high,\
model_per_published
    table 'MODEL: counts for one update' "$model/model.csv" order,design,\
cores,times,transfers,upgrades,invalidations,failed,sleeps,lost_share
    table 'What the MODEL is given' "$model/parameters.csv" \
        parameter,low,high,unit,source
    awk -v titles='The model' -f "$here/prose.awk" bench/README.md
    echo '</section>'
}

# ---- the page ----

head_of_page()
{
    cat <<'END'
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Abacus: what was measured</title>
<style>
END
    cat "$here/page.css"
    echo '</style></head><body><h1>What was measured</h1>'
    echo '<p>Each sentence below is made from the numbers of one run. A design
is called faster or slower only where the run resolves it; all intervals of one
table hold together with 95 %, those of <code>render</code> and <code>http</code>
each by itself. Compare ratios, and only within one run.</p><ul>'
    i=0
    for r in "$@"; do
        i=$((i + 1))
        suite=$(suite_of "$r")
        echo "<li><a href=\"#r$i\">$suite</a>: $(question_of "$suite" |
            escape)</li>"
    done
    ! has_model ||
        echo '<li><a href="#model">MODEL</a>: not measured; many cores</li>'
    echo '<li><a href="#method">Method</a></li></ul>'
}

for r in "$@"; do
    [ -f "$r/summary.csv" ] || die "no summary.csv in '$r'"
done
{
    head_of_page "$@"
    i=0
    for r in "$@"; do
        i=$((i + 1))
        result "$r" $i
    done
    ! has_model || model_part
    echo '<section><h2 id="method">Method</h2>'
    awk -v titles='What one number is|Why it is done this way|What is not covered' \
        -f "$here/prose.awk" bench/README.md
    echo '</section></body></html>'
} >"$work/page"
mkdir -p "$(dirname "$page")"
cp "$work/page" "$page"
echo "The page is $page"
