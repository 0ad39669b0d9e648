#!/bin/sh
# SPDX-License-Identifier: MIT
#
# class.t - a class of eight, graded, killed half-way, graded again
#
# Kills at 2 moments; with ABACUS_LONG=1 at 50, and 20 students more.
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
need parallel unshare
world

kills=2
more=0
[ -z "${ABACUS_LONG:-}" ] || { kills=50 more=20; }

# ---- the class: names as three systems write them ----

in=$t/in
mkdir -p "$in" "$t/zip"
# Canvas, late; a name with quotes, a comma and markup
cp "$tally" "$t/zip/tally.c"
(cd "$t/zip" && zip -q "$in/lovelaceada_LATE_4711_90001_lab.zip" tally.c)
# Canvas again: the later file counts, and it does not compile
echo 'int broken(void) { return nothing; }' >"$in/hopper_4712_90007_tally-1.c"
cp "$tally" "$in/hopper_4712_90002_tally.c"
# Moodle
mkdir -p "$in/Åsa Öberg_815_assignsubmission_file_/00-race"
cp "$root/labs/00-race/tally.c" \
    "$in/Åsa Öberg_815_assignsubmission_file_/00-race"
# plain: empty, damaged, a link, a bomb
mkdir "$in/s4" "$in/s6"
echo 'no archive' >"$in/s5.zip"
ln -s /etc/passwd "$in/s6/tally.c"
(cd "$t" && truncate -s 300M tally.c && tar -czf "$in/s7_2026-10-02.tar.gz" tally.c)
cp -r "$t/zip" "$in/s7_2026-10-01" # older: not taken
rm "$t/tally.c"
mkdir "$in/nobody" && cp "$tally" "$in/nobody"
{
    printf 'id,name,canvas_id,moodle_id,late_days,days_late\n'
    printf 's1,"Lovelace, Ada ""<b>=1+1: it""",4711,,1,3\n'
    printf 's2,Grace Hopper,4712,,,\ns3,Åsa Öberg,,815,,\n'
    printf 's4,Empty,,,,\ns5,Damaged,,,,\ns6,Link,,,,\ns7,Huge,,,,\n'
    printf 's8,Missing,,,,\n'
} >"$t/roster.csv"
i=0
while [ $i -lt $more ]; do
    i=$((i + 1))
    echo "m$i,More $i,,,," >>"$t/roster.csv"
    mkdir "$in/m$i"
    set -- "$root"/tests/mutants/00-race/*.c
    shift $((i % $#))
    cp "$1" "$in/m$i/tally.c"
done

class "$in" --roster "$t/roster.csv" --out "$t/one" --lab 00
check 'the class is graded' exited 0
labs=$t/one/labs.csv
check 'a solution has all points' cell_is "$labs" s1 score 37
check '... less 10 % for each of two days, the first one being free' \
    cell_is "$labs" s1 mark 29.6
check 'the later of two files counts: it does not compile' \
    cell_is "$labs" s2 reason '00-race does not compile:'
check '... and has no points' cell_is "$labs" s2 score 0
check 'a folder of Moodle is found' cell_is "$labs" s3 status graded
check 'an empty folder has a row' cell_is "$labs" s4 status empty
check 'a damaged archive has a row' cell_is "$labs" s5 status refused
check 'a link has a row' cell_is "$labs" s6 status refused
check 'the latest archive is too large' cell_is "$labs" s7 status refused
check '... and is the one that was taken' \
    cell_is "$labs" s7 taken s7_2026-10-02.tar.gz
check 'who handed in nothing has a row' cell_is "$labs" s8 status missing
has_stray() { grep -q '/nobody",nobody in the roster' "$t/one/strays.csv"; }
check 'what is nobody'"'"'s is named' has_stray
name_kept() {
    grep -qF '"Lovelace, Ada ""<b>=1+1: it"""' "$t/one/gradebook.csv"
}
check 'a name keeps its quotes, commas and markup' name_kept
every_reason() {
    awk -F, 'NR > 1 && $3 != "graded" && $10 == "" { bad = 1; print }
        END { exit bad }' "$labs"
}
check 'every row without a grading has its reason' every_reason

# ---- again: nothing is repeated ----

cp -r "$t/one" "$t/before"
class "$in" --roster "$t/roster.csv" --out "$t/one" --lab 00
nothing_missing() { exited 0 && out_says 'nothing is missing'; }
check 'the same command again repeats nothing' nothing_missing
check '... and changes no table' same_tables "$t/before" "$t/one"

# ---- killed ----

gradings() {
    sqlite3 "$t/two/gradebook.db" 'SELECT count(*) FROM grading' 2>/dev/null ||
        echo 0
}
# The moments: before, between and after the first results.
kill_once() {
    (cd "$root" && exec build/bin/grade class "$in" --roster "$t/roster.csv" \
        --out "$t/two" --lab 00) </dev/null >"$t/out" 2>"$t/err" &
    pid=$!
    wanted=$(($(gradings) + $1))
    waited=0
    while kill -0 $pid 2>/dev/null && [ "$(gradings)" -lt $wanted ] &&
        [ $waited -lt 3000 ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
    [ "$1" = 0 ] && sleep "0.$((i % 10))"
    kill -KILL $pid 2>/dev/null
    wait $pid 2>/dev/null
    [ -e "$t/two/gradebook.db" ]
}
i=0
while [ $i -lt $kills ]; do
    i=$((i + 1))
    kill_once $((i % 2)) || :
done
check_nothing_left 'killed: no process, file or socket is left'
before=$(gradings)
class "$in" --roster "$t/roster.csv" --out "$t/two" --lab 00
check "after $kills kills the same command ends" exited 0
check '... and the tables are those of an undisturbed run' \
    same_tables "$t/one" "$t/two"
no_more_than_needed() {
    [ "$(gradings)" = $((8 + more)) ] && [ "$before" -le $((8 + more)) ]
}
check '... and nothing was graded twice' no_more_than_needed

# ---- a regrade keeps the history ----

cp "$tally" "$in/s4"
class "$in" --roster "$t/roster.csv" --out "$t/two" --lab 00
check 'a new submission is graded' cell_is "$t/two/labs.csv" s4 score 37
check '... and the change is told' \
    cell_is "$t/two/changes.csv" s4 why 'another submission'
(cd "$root" && build/bin/grade why "$t/two" s4) >"$t/out" 2>"$t/err"
both() { out_says 'first grading' && out_says 'another submission'; }
check 'grade why shows both gradings' both

# ---- damaged, locked, wrong ----

printf 'damage' | dd of="$t/one/gradebook.db" bs=1 seek=0 conv=notrunc 2>/dev/null
cp "$t/one/gradebook.db" "$t/damaged.db"
class "$in" --roster "$t/roster.csv" --out "$t/one" --lab 00
refused() { exited 3 && err_says 'is damaged' && err_says 'gradebook.backup.db'; }
check 'a damaged gradebook is refused, with the way to recover' refused
check '... and is not touched' cmp "$t/damaged.db" "$t/one/gradebook.db"
mkdir "$t/one/damaged" && mv "$t"/one/gradebook.db* "$t/one/damaged/"
cp "$t/one/gradebook.backup.db" "$t/one/gradebook.db"
rm -r "$in/s4" && mkdir "$in/s4"
class "$in" --roster "$t/roster.csv" --out "$t/one" --lab 00
check 'recovered: nothing is missing' nothing_missing
check '... and the tables are the same' same_tables "$t/before" "$t/one"

printf 'id,name\nx,A\nx,B\n' >"$t/bad.csv"
class "$in" --roster "$t/bad.csv" --out "$t/three"
check 'an id twice is refused' err_says 'two students have the id x'
printf 'number,name\nx,A\n' >"$t/bad.csv"
class "$in" --roster "$t/bad.csv" --out "$t/three"
check 'a roster without ids is refused' err_says 'no column id'
class "$in" --out "$t/three"
check 'no roster: usage' exited 2

# ---- no namespaces ----

if [ "$ABACUS_WORLD" = ready ] && [ "$(id -u)" = 0 ]; then
    (cd "$root" && unshare -m --propagation private sh -c '
        mount --bind /dev/null /usr/bin/bwrap || exit 99
        exec "$@"' sh build/bin/grade class "$in" --roster "$t/roster.csv" \
        --out "$t/four") >"$t/out" 2>"$t/err"
    status=$?
    unsandboxed() { exited 3 && err_says UNSANDBOXED && [ ! -e "$t/four" ]; }
    check 'without a sandbox a class is refused' unsandboxed
else
    skip 'without a sandbox a class is refused' 'it takes root and namespaces'
fi

# ---- a full disk ----

if [ "$ABACUS_WORLD" = ready ] && [ "$(id -u)" = 0 ]; then
    mkdir "$t/full" && mount -t tmpfs -o size=320k tmpfs "$t/full"
    class "$in" --roster "$t/roster.csv" --out "$t/full" --lab 00
    check 'a full disk ends the run with a sentence' exited 3
    mount -o remount,size=64m "$t/full"
    class "$in" --roster "$t/roster.csv" --out "$t/full" --lab 00
    check 'with room again the same command ends' exited 0
    check '... with the same tables' same_tables "$t/one" "$t/full"
    umount "$t/full"
else
    skip 'a full disk' 'it takes root and namespaces'
fi

finish
