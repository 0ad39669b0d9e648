#!/bin/sh
# SPDX-License-Identifier: MIT
#
# bars.sh [STUDENTS] - a synthetic class of labs 00 to 05, by hand: are all marks
# as they should be, and what does it cost?
#
#     tests/self/class/bars.sh 300
#
# Students are given, in turn, the solution, an alternative, a mutant, an attack
# on lab 01 and a damaged archive. Prints: wrong marks; seconds with one worker
# and with two, for a part of the class; seconds a submission. Run it on an
# idle machine, from the top folder, after `make build`.
set -eu
students=${1:-300}
part=20
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
in=$work/in
mkdir "$in"
echo id,name >"$work/roster.csv"
: >"$work/kinds"

pick() { # pick I FILE...: the I-th, counted round
    i=$1
    shift
    shift $((i % $#))
    echo "$1"
}
# give ID FILE: as the file of its lab that it stands for
give() {
    lab=$(basename "$(dirname "$2")")
    cp -r "solutions/$lab" "$in/$1/"
    file=$(sed -n 's/^ *[*#] file: *//p' "$2")
    tests/self/judges/specimen.sh "$2" >"$in/$1/$lab/$file"
}
n=0
while [ "$n" -lt "$students" ]; do
    n=$((n + 1))
    id=$(printf 's%04d' "$n")
    echo "$id,Student $n" >>"$work/roster.csv"
    mkdir "$in/$id"
    kind=$(pick "$n" solution alternative mutant attack damaged)
    echo "$id $kind" >>"$work/kinds"
    case $kind in
    solution) cp -r "$(pick $((n / 5)) solutions/0*)" "$in/$id" ;;
    alternative) give "$id" "$(pick $((n / 5)) tests/alternatives/*/*.*)" ;;
    mutant) give "$id" "$(pick $((n / 5)) tests/mutants/0*/*.*)" ;;
    attack)
        mkdir "$in/$id/01-counter"
        cp solutions/01-counter/*.c "$in/$id/01-counter"
        cp "$(pick $((n / 5)) tests/attacks/*.c)" "$in/$id/01-counter/counter.c"
        ;;
    damaged)
        rmdir "$in/$id"
        head -c 3000 /dev/urandom >"$in/$id.zip"
        ;;
    esac
done

seconds() { # seconds OUT OPTION...
    out=$1
    shift
    from=$(date +%s)
    build/bin/grade class "$in" --out "$work/$out" --backfill "$@" \
        >"$work/$out.log" 2>&1 || { tail -n 3 "$work/$out.log" >&2; exit 1; }
    echo $(($(date +%s) - from))
}
all=$(seconds all --roster "$work/roster.csv")
awk -F, 'NR == FNR { split($0, k, " "); kind[k[1]] = k[2]; next }
    FNR == 1 || $3 == "empty" || $3 == "missing" { next }
    { seen[$1]++ }
    kind[$1] ~ /solution|alternative/ && $4 != $5 { print "wrong:", $0; bad++ }
    kind[$1] == "mutant" && $4 == $5 { print "wrong:", $0; bad++ }
    kind[$1] == "damaged" && $3 != "refused" { print "wrong:", $0; bad++ }
    END { for (s in kind) if (!seen[s]) { print "no row:", s; bad++ }
        print bad + 0, "wrong marks"; exit bad > 0 }' \
    "$work/kinds" "$work/all/labs.csv"
head -n $((part + 1)) "$work/roster.csv" >"$work/part.csv"
one=$(seconds one --roster "$work/part.csv" --jobs 1)
two=$(seconds two --roster "$work/part.csv" --jobs 2)
awk -v n="$students" -v part="$part" -v all="$all" -v one="$one" -v two="$two" '
    BEGIN {
        printf "%d students: %d s, %.2f s each\n", n, all, all / n
        printf "%d students: 1 worker %d s, 2 workers %d s: %.2f times the work\n",
            part, one, two, two ? one / two : 0 }'
