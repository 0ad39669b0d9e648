#!/bin/sh
# SPDX-License-Identifier: MIT
#
# remote.t - what is uploaded to Gradescope and Autolab; with ABACUS_LONG=1 it
# is unpacked into a clean root and run as Gradescope's harness does
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world

pack() { (cd "$root" && tests/grader/remote/pack.sh "$1" 00-race "$t/up"); }
check 'it is packed for Gradescope' pack gradescope
zip=$t/up/gradescope-00-race.zip
/usr/bin/python3 -m zipfile -l "$zip" >"$t/list"
at_root() { grep -q '^setup.sh ' "$t/list" && grep -q '^run_autograder ' "$t/list"; }
check 'setup.sh and run_autograder are at its root' at_root
check 'it is packed for Autolab' pack autolab
tar_has() { tar -tf "$t/up/autograde.tar" | grep -qx './grade-one.sh'; }
check 'the tar has the course and the way to grade' tar_has
no_words() { ! tar -tf "$t/up/autograde.tar" | grep -E 'tests/(self|attacks|mutants)/'; }
check 'neither has what tests our own tools' no_words

if [ -z "${ABACUS_LONG:-}" ]; then
    skip 'a clean root' 'ABACUS_LONG=1 builds the course there'
    finish
fi
if [ "$ABACUS_WORLD" != ready ] || [ "$(id -u)" != 0 ]; then
    skip 'a clean root' 'it takes root and namespaces'
    finish
fi

# ---- /autograder, as the harness makes it ----

r=$t/root
mkdir -p "$r/usr" "$r/etc" "$r/var/lib/dpkg" "$r/proc" "$r/dev" "$r/old" \
    "$r/tmp" "$r/root" "$r/autograder/source" "$r/autograder/submission" \
    "$r/autograder/results"
chmod 1777 "$r/tmp"
for link in bin sbin lib lib64; do
    [ ! -L /$link ] || cp -P /$link "$r/$link"
done
/usr/bin/python3 -m zipfile -e "$zip" "$r/autograder/source"
chmod +x "$r"/autograder/source/setup.sh "$r"/autograder/source/run_autograder \
    "$r"/autograder/source/grade-one.sh
find "$r/autograder/source" -name '*.sh' -exec chmod +x {} +
cp "$r/autograder/source/run_autograder" "$r/autograder"
cp "$root/solutions/00-race/tally.c" "$r/autograder/submission"
printf '{"id": 1, "assignment": {}, "users": [], "previous_submissions": []}' \
    >"$r/autograder/submission_metadata.json"

harness() {
    # shellcheck disable=SC2016  # the inner shell's
    unshare -m --propagation private sh -c '
        cd "$1" && mount --bind . . && cd "$1" &&
        mount --rbind /usr usr && mount --rbind /etc etc &&
        mount --rbind /var/lib/dpkg var/lib/dpkg && mount --rbind /dev dev &&
        mount -t proc proc proc && pivot_root . old && umount -l old &&
        cd /autograder && exec env -i PATH=/usr/bin:/usr/sbin HOME=/root \
            NO_INSTALL=1 "$2"' sh "$r" "$1"
}
check 'setup.sh builds there' harness /autograder/source/setup.sh
harness /autograder/run_autograder >"$t/out" 2>&1
results=$r/autograder/results/results.json
full_score() { grep -q '^ "score": 37,$' "$results"; }
check 'the solution has all points there' full_score
sandboxed() { ! grep -q UNSANDBOXED "$results"; }
check '... in a sandbox' sandboxed
rm "$r/autograder/submission/tally.c"
harness /autograder/run_autograder >"$t/out" 2>&1
zero() {
    /usr/bin/python3 -c 'import json, sys
r = json.load(open(sys.argv[1]))
sys.exit(r["score"] != 0 or "no file of lab" not in r["output"])' "$results"
}
check 'an empty submission has 0 points and a sentence' zero
finish
