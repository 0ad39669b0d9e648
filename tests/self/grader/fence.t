#!/bin/sh
# SPDX-License-Identifier: MIT
#
# fence.t - the verdict does not depend on who grades, nor on whether the
# machine gives a sandbox; without one the result says so
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world

# A copy that every user may read: the course may lie in a closed folder.
mkdir -p "$t/course/build"
(cd "$root" && cp -Rp labs solutions tests "$t/course" &&
    cp -Rp build/bin build/judge build/driver build/explore "$t/course/build")
chmod -R go+rX "$t/course"

mine=$(id -u)
# How a grading is started: by me, by another user, without a sandbox.
as_me() { "$@"; }
as_other() { setpriv --reuid 12345 --regid 12345 --clear-groups "$@"; }
# In a user namespace that may not have another one in it: bubblewrap fails.
without_namespaces() {
    who=as_me
    [ "$mine" != 0 ] || who=as_other
    # shellcheck disable=SC2016  # the inner shell's
    $who unshare -U --map-current-user --keep-caps sh -c '
        echo 0 >/proc/sys/user/max_user_namespaces || exit 99
        exec setpriv --inh-caps=-all --ambient-caps=-all "$@"' sh "$@"
}
# bubblewrap is not there: another file lies over it, for these processes only.
without_bwrap() {
    # shellcheck disable=SC2016  # the inner shell's
    unshare -m --propagation private sh -c '
        mount --bind /dev/null /usr/bin/bwrap || exit 99
        exec "$@"' sh "$@"
}

# grade_by HOW ARGUMENT...: $status, $t/out, $t/err, $t/HOW.json
grade_by() {
    how=$1
    shift
    mkdir -p "$t/results"
    chmod 1777 "$t/results"
    rm -f "$t/results/r.json"
    (cd "$t/course" && $how timeout -k 5 300 build/bin/grade lab "$@" \
        --name it --repeat again --json "$t/results/r.json") \
        >"$t/out" 2>"$t/err" </dev/null
    status=$?
    [ ! -e "$t/results/r.json" ] || cp "$t/results/r.json" "$t/$how.json"
}
fence_is() { grep -q "^  \"fence\": \"$2\",\$" "$1"; }
unboxed() {
    exited 0 && out_says 'UNSANDBOXED: not for marks' &&
        fence_is "$t/$how.json" limits
}
boxed() {
    exited 0 && ! out_says UNSANDBOXED && fence_is "$t/$how.json" namespaces
}

# A starter fails in ways that are the same everywhere; some crash, too.
mkdir -p "$t/crash" "$t/hang" "$t/broken"
cp "$root"/solutions/01-counter/*.c "$t/crash"
cp "$root"/solutions/01-counter/*.c "$t/hang"
sed -i 's/^    add(c, 1.0);/    *(volatile int *)0 = 1; add(c, 1.0);/' \
    "$t/crash/counter.c"
sed -i 's/^    add(c, 1.0);/    for (volatile int i = 0;; i++) ;/' \
    "$t/hang/counter.c"
echo 'int broken(void) { return nothing; }' >"$t/broken/counter.c"
chmod 711 "$t" # the way to it
mkdir -m 1777 "$t/open"
# It goes round the list of allowed functions: creat() by its distance to one
# that is on the list.
libc=$(ldd "$root/build/bin/grade" | awk '/libc\.so/ { print $3 }')
address() { nm -D "$libc" | awk -v n="$1" '$3 ~ "^" n "@" { print "0x" $1 }'; }
mkdir "$t/writes"
cp "$root"/solutions/01-counter/*.c "$t/writes"
sed -i "s#^    add(c, 1.0);#&\
    ((int (*)(const char *, int))((size_t)pthread_mutex_lock +\
      ($(address creat) - $(address pthread_mutex_lock))))(\"$t/open/made\", 0666);#
1i #include <pthread.h>" "$t/writes/counter.c"
chmod -R go+rX "$t/crash" "$t/hang" "$t/broken" "$t/writes"

grade_by as_me solutions --lab 01
if fence_is "$t/as_me.json" limits; then
    echo "# this machine gives no namespaces"
    check 'the result says so' unboxed
else
    check "user $mine: graded in a sandbox" boxed
fi
cp "$t/as_me.json" "$t/solutions.json"
# the lab's score and its most: the lines with six spaces before them
full() {
    awk '/^      "score": / { s = $2 } /^      "max_score": / { m = $2 }
        END { exit !(m && s == m) }' "$1"
}
check 'the solution has all points' full "$t/solutions.json"
grade_by as_me "$t/crash" --lab 01
cp "$t/as_me.json" "$t/crash.json"
check 'a crashing submission is graded' exited 0

# compare HOW FENCE: by another way the verdicts are the same
compare() {
    for name in solutions crash; do
        path=$name
        [ $name = solutions ] || path=$t/$name
        grade_by "$1" "$path" --lab 01
        check "$1, $name: fence $2" "$2"
        check "$1, $name: the same verdicts" same_verdicts "$t/$name.json" \
            "$t/$1.json"
    done
}

# less HOW: the lesser fence
less() {
    compare "$1" unboxed
    grade_by "$1" "$t/hang" --lab 01 --test inc_adds_1
    hung() {
        unboxed && field "$t/$how.json" inc_adds_1 got | grep -q '^"hung'
    }
    check "$1: a hanging submission is ended, with its sentence" hung
    grade_by "$1" "$t/broken" --lab 01
    check "$1: one that does not compile is marked as well" unboxed
    if build/bin/grade doctor | grep -q '^  yes  *Landlock'; then
        rm -f "$t/open/made"
        grade_by "$1" "$t/writes" --lab 01 --test inc_adds_1
        written() { [ -e "$t/open/made" ]; }
        no_file() { unboxed && ! written; }
        check "$1: a submission that writes a file: there is none" no_file
    else
        skip "$1: a submission that writes a file" 'a kernel without Landlock'
    fi
    check_nothing_left "$1: no process, file or socket is left"
}

if [ "$mine" = 0 ]; then
    compare as_other boxed
else
    skip 'as another user' 'only root can become another user'
fi

can() { (cd "$t" && "$@" true) >/dev/null 2>&1; }
if can without_namespaces; then
    less without_namespaces
else
    skip 'without namespaces' 'no user namespace to switch them off in'
fi
if [ "$mine" = 0 ] && can without_bwrap; then
    less without_bwrap
else
    skip 'without bubblewrap' 'only root can hide it, in a mount namespace'
fi

# Root that cannot become nobody, in a namespace of one user: that user is
# fenced by limits only, and the result says so.
nobody_else() {
    # shellcheck disable=SC2016  # the inner shell's
    unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_user_namespaces || exit 99
        exec "$@"' sh "$@"
}
if can nobody_else; then
    grade_by nobody_else solutions --lab 01
    check 'the root of a namespace of one user: graded, and marked' \
        fence_is "$t/nobody_else.json" limits
else
    skip 'the root of a namespace of one user' 'no user namespace'
fi

check_nothing_left 'nothing is left behind'
finish
