# shellcheck shell=sh
# SPDX-License-Identifier: MIT
#
# crowd.sh - a synthetic class of labs 00 to 06, and what its marks should be
#
#     . tests/self/class/crowd.sh
#     crowd FOLDER N        FOLDER/in, FOLDER/roster.csv, FOLDER/kinds
#     wrong_marks FOLDER labs.csv      prints them; fails when there is one
#
# Students are given, in turn, a solution, an alternative, a mutant, an attack
# and a damaged archive, each of another lab than the one before. To be run in
# the top folder. What an attack gains is known to `judges` alone: here it has
# to have a row, and less than all.

# pick I WORD...: the I-th, counted round
pick() {
    shift "$(($1 % ($# - 1) + 1))"
    echo "$1"
}

crowd_labs='00 01 02 03 04 05 06'
# shellcheck disable=SC2086  # a word a lab
lab_of() { pick "$1" $crowd_labs; }

head_of() { sed -n "s/^ *[*#] $2: *//p" "$1"; }

# give FOLDER FILE: the solution of its lab, with it in place of its file
give() {
    lab=$(head_of "$2" lab)
    lab=${lab:-$(basename "$(dirname "$2")")}
    mkdir -p "$1"
    cp -r "solutions/$lab" "$1/"
    tests/self/judges/specimen.sh "$2" >"$1/$lab/$(head_of "$2" file)"
}

# one_of KIND I: a specimen of the I-th lab, counted round. Five kinds and seven
# labs meet in all ways.
one_of() {
    lab=$(lab_of "$2")
    # shellcheck disable=SC2046  # files without spaces
    case $1 in
    attack) pick "$2" $(grep -l " lab: 0[0-6]" tests/attacks/*.c) ;;
    *) pick $(($2 / 7)) tests/"$1"s/"$lab"-*/*.* ;;
    esac
}

crowd() {
    mkdir -p "$1/in"
    echo id,name >"$1/roster.csv"
    : >"$1/kinds"
    n=0
    while [ "$n" -lt "$2" ]; do
        n=$((n + 1))
        id=$(printf 's%04d' "$n")
        kind=$(pick $n damaged solution alternative mutant attack)
        echo "$id,Student $n" >>"$1/roster.csv"
        echo "$id $kind" >>"$1/kinds"
        case $kind in
        damaged) head -c 3000 /dev/urandom >"$1/in/$id.zip" ;;
        solution)
            mkdir "$1/in/$id"
            cp -r solutions/"$(lab_of $n)"-* "$1/in/$id"
            ;;
        *) give "$1/in/$id" "$(one_of "$kind" $n)" ;;
        esac
    done
}

wrong_marks() {
    awk -F, 'NR == FNR { split($0, k, " "); kind[k[1]] = k[2]; next }
        FNR == 1 || $3 == "empty" || $3 == "missing" { next }
        { seen[$1]++; all = $4 == $5 }
        kind[$1] ~ /solution|alternative/ && !all ||
            kind[$1] ~ /mutant|attack/ && all ||
            (kind[$1] == "damaged") != ($3 == "refused") {
            print kind[$1] ": " $0
            bad++
        }
        END {
            for (s in kind)
                if (!seen[s]) { print "no row: " s; bad++ }
            exit bad > 0
        }' "$1/kinds" "$2"
}
