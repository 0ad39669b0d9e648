# shellcheck shell=sh
# SPDX-License-Identifier: MIT
#
# lib.sh - what the tests of the grader share: TAP, a world of their own, and
# submissions to grade
#
#     . "${0%/*}/lib.sh"
#     world                       # may start the script again, see below
#     grade solutions --lab 01
#     check 'the solution is graded' exited 0
#     finish
#
# A test prints "ok" or "not ok" for each check, and the plan at its end: one
# that dies on the way has no plan, and prove(1) counts it as failed.

here=$(cd "${0%/*}" && pwd)
root=$(cd "$here/../../.." && pwd)
status=0
t=/nonexistent
# shellcheck source=tests/self/tap.sh
. "$root/tests/self/tap.sh"

# ---- a world of its own ----
#
# Namespaces give a test its own processes, its own /tmp and /dev/shm and its
# own abstract sockets: what is there when a grading has ended was left by it.
# Without namespaces the test runs where it is and skips those checks. $t is a
# private folder in either case.

world() {
    case ${ABACUS_WORLD:-} in
    '') world_enter "$0" ;;
    furnish) world_furnish "$0" ;;
    esac
    t=$(mktemp -d /tmp/self.XXXXXX) || exit 1
    trap 'rm -rf "$t"' EXIT
    trap 'exit 1' HUP INT TERM
    chmod 755 "$t"
}

world_enter() {
    set -- -m -p -n -i -f --mount-proc --kill-child --propagation private \
        -- sh "$1"
    if [ "$(id -u)" != 0 ]; then
        set -- -U --map-current-user --keep-caps "$@"
    fi
    if ABACUS_WORLD=probe unshare "$@" 2>/dev/null; then
        ABACUS_WORLD=furnish exec unshare "$@"
    fi
    ABACUS_WORLD=none
}

# The first process of the new PID namespace: prepares the mounts, then waits
# for the test and buries its orphans.
world_furnish() {
    mount -t tmpfs -o mode=1777 tmpfs /dev/shm &&
        mount --bind "$root" /mnt &&
        mount -t tmpfs -o mode=1777 tmpfs /tmp || exit 1
    case $root in
    /tmp/*)
        mkdir -p "$root" && mount --bind /mnt "$root" || exit 1
        ;;
    esac
    export ABACUS_WORLD=ready
    if [ "$(id -u)" != 0 ]; then
        setpriv --inh-caps=-all --ambient-caps=-all sh "$1"
    else
        sh "$1"
    fi
    exit
}

if [ "${ABACUS_WORLD:-}" = probe ]; then
    mount -t tmpfs tmpfs /mnt
    exit
fi

# What is in /tmp, /dev/shm, /proc and /proc/net/unix but for the test itself.
leftovers() {
    own=${t#/tmp/}
    at=${root#/tmp/}
    find /tmp /dev/shm -mindepth 1 -maxdepth 1 \
        ! -name "$own" ! -name "${at%%/*}" 2>/dev/null
    awk '$8 != "" { print "socket " $8 }' /proc/net/unix | sed 1d
    for p in /proc/[0-9]*; do
        pid=${p#/proc/}
        # the init of the world, this shell, and the loop's own shell
        [ "$pid" = 1 ] || [ "$pid" = $$ ] || {
            read -r name <"$p/comm"
            read -r line <"$p/stat"
            set -- "${line##*) }"
            # shellcheck disable=SC2086  # the fields of stat
            set -- $1
            [ "$2" = $$ ] || [ "$1" = Z ] || echo "process $pid $name"
        } 2>/dev/null
    done
}

# nothing_left SECONDS: a killed process needs a moment to be gone.
nothing_left() {
    end=$(($(date +%s) + $1))
    while leftovers >"$t/left" && [ -s "$t/left" ]; do
        [ "$(date +%s)" -lt "$end" ] || break
        sleep 0.2
    done
    [ -s "$t/left" ] || return 0
    cat "$t/left"
    return 1
}

# check_nothing_left WHAT
check_nothing_left() {
    if [ "$ABACUS_WORLD" = ready ]; then
        check "$1" nothing_left 30
    else
        skip "$1" 'no namespaces here'
    fi
}

# ---- grading ----

# grade ARGUMENT...: `grade lab` with them; then $status, $t/out and $t/err.
# The time limit only ends a grader that hangs.
grade() {
    (cd "$root" && exec timeout -k 5 300 build/bin/grade lab "$@") \
        </dev/null >"$t/out" 2>"$t/err"
    status=$?
}

# Whether a compiler is here, and the drivers that it has built.
can_use() {
    command -v "$1" >/dev/null && [ -x "$root/build/driver/plain-$1" ]
}

exited() {
    [ "$status" = "$1" ] || {
        echo "status $status"
        return 1
    }
}

out_says() { grep -qF -e "$1" "$t/out"; }
err_says() { grep -qF -e "$1" "$t/err"; }
says_not() { ! grep -F -e "$2" "$1"; }

# submission NAME: a folder with the solution of lab 01; its path is $s.
submission() {
    s=$t/$1
    mkdir -p "$s"
    cp "$root"/solutions/01-counter/*.c "$s"
}

# The line of the result file that holds a test's field: field FILE TEST KEY
field() {
    awk -v test="\"$2\"," -v key="\"$3\":" '
        $1 == "\"name\":" { here = $2 == test }
        here && $1 == key { sub(/^ *[^ ]* /, ""); sub(/,$/, ""); print; exit }
    ' "$1"
}

# field_is FILE TEST KEY VALUE
field_is() {
    is=$(field "$1" "$2" "$3")
    [ "$is" = "$4" ] || {
        echo "$2: $3 is $is, not $4"
        return 1
    }
}

# The score of the first lab of a result.
score() { sed -n 's/^      "score": \([0-9]*\),$/\1/p' "$1"; }

# All that has to be equal when one submission is graded twice.
verdicts() {
    grep -E '^ *"(lab|name|score|max_score|status|expected|got)": ' "$1"
}

same_verdicts() {
    verdicts "$1" >"$t/verdicts.1"
    verdicts "$2" >"$t/verdicts.2"
    [ -s "$t/verdicts.1" ] && diff "$t/verdicts.1" "$t/verdicts.2"
}
