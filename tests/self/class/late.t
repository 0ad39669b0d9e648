#!/bin/sh
# SPDX-License-Identifier: MIT
#
# late.t - Gradescope's export; days late; all graded again; an ordinary user
#
# The export is written by hand as Gradescope writes it: a folder a submission,
# and submission_metadata.yml with Ruby's symbols.
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
need parallel unshare
world

in=$t/in
for n in 11 12 13 14 15; do
    mkdir -p "$in/submission_$n"
    cp "$tally" "$in/submission_$n"
done
cp "$root/labs/00-race/tally.c" "$in/submission_12"
# submitter NAME SID EMAIL
submitter() {
    printf '  - :name: %s\n    :sid: %s\n    :email: %s\n' "$@"
}
{
    printf -- '---\n'
    printf 'submission_11:\n  :submitters:\n'
    submitter '"Ada Lovelace"' "'0011'" ada@example.org
    printf '  :created_at: 2026-10-01 22:00:00.500000000 Z\n'
    printf '  :score: 0.0\n  :results:\n    tests: []\n'
    # the same student, later, with the starter: the latest counts
    printf 'submission_12:\n  :submitters:\n'
    submitter 'Grace Hopper' '' grace@example.org
    printf '  :created_at: 2026-10-03 22:00:01.000000000 Z\n'
    printf 'submission_13:\n  :submitters:\n'
    submitter 'Grace Hopper' '' grace@example.org
    printf '  :created_at: 2026-10-03 21:00:00.000000000 Z\n'
    # two who worked together; known by name alone
    printf 'submission_14:\n  :submitters:\n'
    submitter 'Åsa Öberg' '' ''
    submitter 'Al Kindi' '' ''
    printf '  :created_at: 2026-10-02 00:00:01+02:00\n'
    printf 'submission_15:\n  :submitters:\n'
    submitter 'Some Body' 9999 some@example.org
    printf '  :created_at: 2026-10-01 00:00:00 Z\n'
} >"$in/submission_metadata.yml"
{
    printf 'Name,SID,Email,late_days,submitted_00\n'
    printf 'Ada Lovelace,0011,ada@example.org,,\n'
    printf 'Grace Hopper,0012,grace@example.org,1,\n'
    printf 'Åsa Öberg,0013,asa@example.org,,\n'
    printf 'Al Kindi,0014,al@example.org,,2026-10-05T12:00+02:00\n'
} >"$t/roster.csv"
labs=$t/one/labs.csv
graded() {
    class "$in" --roster "$t/roster.csv" --out "$t/one" --lab 00 \
        --due 2026-10-02T00:00+02:00 "$@"
}

graded
check 'an export of Gradescope is graded' exited 0
check 'known by a number with zeroes before it' cell_is "$labs" 0011 score 37
check 'handed in at the last moment: half a second late is not late' \
    cell_is "$labs" 0011 days_late 0
check 'known by an address; the latest counts, not the last in the file' \
    cell_is "$labs" 0012 taken submission_12
check '... and is two days and a second late: three days' \
    cell_is "$labs" 0012 days_late 3
check 'who work together both have it, known by name' \
    cell_is "$labs" 0013 score 37
check '... one is a second late: 10 %' cell_is "$labs" 0013 mark 33.3
check '... of the other the roster says more' cell_is "$labs" 0014 days_late 4
check '... 40 %' cell_is "$labs" 0014 mark 22.2
is_stray() { grep -q 'submission_15' "$t/one/strays.csv"; }
check 'who is not in the roster is a stray' is_stray

graded --late-percent 50
check 'another percentage repeats no grading' out_says 'nothing is missing'
check '... and no mark is below 0' cell_is "$labs" 0014 mark 0
class "$in" --roster "$t/roster.csv" --out "$t/one" --due tomorrow
due_refused() { exited 2 && err_says '2026-10-01T23:59'; }
check 'a due time that is none: usage' due_refused

# ---- all again ----

count() { sqlite3 "$t/one/gradebook.db" 'SELECT count(*) FROM grading'; }
graded
cp -r "$t/one" "$t/before"
export PLAIN=1 # the teacher's own wish, and no student's
graded --again
unset PLAIN
check 'all again: it ends' exited 0
not_plain() { ! grep -rq 'Step 1, thread' "$t/one/pages"; }
check '... and a page does not depend on PLAIN' not_plain
twice() { [ "$(count)" = 8 ]; }
check '... each is graded a second time' twice
check '... the tables are the same' same_tables "$t/before" "$t/one"
check '... and say why there are two gradings' \
    grep -q 'graded again on request' "$t/one/changes.csv"
graded
check 'without --again nothing more' out_says 'nothing is missing'

# stopped in the middle, it goes on with the same round
(cd "$root" && exec build/bin/grade class "$in" --roster "$t/roster.csv" \
    --out "$t/one" --lab 00 --due 2026-10-02T00:00+02:00 --again) \
    </dev/null >"$t/out" 2>"$t/err" &
pid=$!
waited=0
while kill -0 $pid 2>/dev/null && [ "$(count)" -lt 9 ] && [ $waited -lt 3000 ]; do
    sleep 0.05
    waited=$((waited + 1))
done
kill -KILL $pid 2>/dev/null
wait $pid 2>/dev/null
check_nothing_left '... killed in the middle, it leaves nothing'
graded --again
check 'killed, and the same command once more' exited 0
thrice() { [ "$(count)" = 12 ]; }
check '... no more than one grading each' thrice

# ---- two classes at once ----

# They have the same PIDs, by which Criterion names its files: what one puts into
# /tmp the other must not see, but for the folders that were there.
ours='unshare -m -p -f --kill-child --mount-proc --propagation private'
[ "$(id -u)" = 0 ] || ours="$ours -U --map-current-user --keep-caps"
apart() {
    # shellcheck disable=SC2086  # a command and its words
    $ours -- sh "$root/tests/grader/class/apart.sh" sh -c \
        'echo mine >/tmp/apart.sock && echo mine >/dev/shm/apart &&
            test -e "$1/submission_11" && echo back >"$1/back"; exit $?' sh "$in" ||
        return 1
    [ -e "$in/back" ] && rm "$in/back"
}
unseen() { [ ! -e /tmp/apart.sock ] && [ ! -e /dev/shm/apart ]; }
if [ "$ABACUS_WORLD" = ready ]; then
    check 'a class has what lay in folders of /tmp' apart
    check '... and what it puts there is its own' unseen
else
    skip 'a /tmp of its own' 'no namespaces here'
fi

# ---- a metadata file that is damaged ----

cp "$in/submission_metadata.yml" "$t/kept.yml"
printf 'submission_16: [\n' >>"$in/submission_metadata.yml"
class "$in" --roster "$t/roster.csv" --out "$t/two" --lab 00
damaged() { exited 3 && err_says 'submission_metadata.yml'; }
check 'a damaged list of submissions is refused by its name' damaged
cp "$t/kept.yml" "$in/submission_metadata.yml"

# ---- an ordinary user ----

other=12345
if [ "$ABACUS_WORLD" = ready ] && [ "$(id -u)" = 0 ]; then
    mkdir "$t/course" "$t/course/build" "$t/ours"
    (cd "$root" && cp -Rp labs solutions tests "$t/course" &&
        cp -Rp build/bin build/judge build/driver build/explore \
            "$t/course/build")
    chmod 711 "$t" "$t/ours"
    chmod -R go+rX "$t/course" "$in" "$t/roster.csv"
    mkdir "$t/ours/three" && chown $other "$t/ours/three"
    (cd "$t/course" && exec setpriv --reuid $other --regid $other \
        --clear-groups env HOME="$t/ours/three" timeout -k 5 600 \
        build/bin/grade class "$in" --roster "$t/roster.csv" \
        --out "$t/ours/three/out" --lab 00 --due 2026-10-02T00:00+02:00) \
        </dev/null >"$t/out" 2>"$t/err"
    status=$?
    check 'an ordinary user grades the class' exited 0
    check '... with the same tables' same_tables "$t/before" \
        "$t/ours/three/out"
    check_nothing_left '... and no process, file or socket is left'
else
    skip 'an ordinary user grades the class' 'only root can become another user'
fi

finish
