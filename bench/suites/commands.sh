#!/bin/sh
# SPDX-License-Identifier: MIT
#
# commands.sh - how long do two whole commands take, side by side?
#
#     bench/suites/commands.sh OUT NAME COMMAND NAME COMMAND
#
# Run from the top folder after bench/build.sh. hyperfine times each command
# again and again, in blocks A B B A, then B A A B, and so on; what it wrote
# stays in OUT/raw, a file a run. QUICK=1: 8 blocks, else 15. BENCH is the
# folder that bench/build.sh wrote (build/bench). COMMIT is kept in meta.json.
#
# A command goes through `sh -c`; hyperfine takes the shell's own time off.
# A command that fails ends the suite: the time of a failure says nothing.
set -eu

die()
{
    echo "commands.sh: $*" >&2
    exit 2
}

[ $# -eq 5 ] || die 'usage: commands.sh OUT NAME COMMAND NAME COMMAND'
out=$1
blocks=15
[ -z "${QUICK:-}" ] || blocks=8
command -v hyperfine >/dev/null || die 'hyperfine is needed'
case $2$4 in
*[!A-Za-z0-9-]*) die 'a name has letters, digits and hyphens' ;;
esac
[ "$2" != "$4" ] || die 'the two names are the same'
rm -rf "$out/raw"
mkdir -p "$out/raw"

# time_one BLOCK POSITION COMMAND
time_one()
{
    hyperfine --runs 1 --style none --export-json "$out/raw/$1-$2.json" \
        "$3" >"$out/raw/said" 2>&1 </dev/null ||
        die "this command failed: $3
$(cat "$out/raw/said")"
}

# Once each, not counted: files are read into memory, programs linked.
time_one warm 0 "$3"
time_one warm 1 "$5"
block=0
while [ $block -lt $blocks ]; do
    if [ $((block % 2)) -eq 0 ]; then
        first=$3 second=$5
    else
        first=$5 second=$3
    fi
    time_one $block 0 "$first"
    time_one $block 1 "$second"
    time_one $block 2 "$second"
    time_one $block 3 "$first"
    block=$((block + 1))
done
rm -f "$out/raw/said"
"${BENCH:-build/bench}/bench-pairs" "$out" $blocks "${COMMIT:-unknown}" \
    "$2" "$3" "$4" "$5"
