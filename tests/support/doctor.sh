#!/bin/sh
# SPDX-License-Identifier: MIT
#
# doctor.sh VERB: PACKAGE... [VERB: PACKAGE...]... - what is missing here
#
# Prints what each verb of make needs and does not find, the command that brings
# it, and what protects this machine. Installs nothing. Status 0: `make grade`
# has all that it needs; 1: it has not.
set -u

missing='' # of all verbs, each package once
grade=0

say() { printf '  %-8s %s\n' "$1" "$2"; }

has() {
    case $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) in
    installed | triggers-*) ;;
    *) return 1 ;;
    esac
}

# ---- programs that come before any package ----

for program in make gcc; do
    if command -v "$program" >/dev/null 2>&1; then
        say "$program" 'here'
    else
        say "$program" 'MISSING'
        missing="$missing $program"
        grade=1
    fi
done

if ! command -v dpkg-query >/dev/null 2>&1; then
    say system 'neither Debian nor Ubuntu: use the container in .devcontainer/,'
    say '' 'with an editor that knows it, or by hand:'
    say '' 'docker build -t abacus -f .devcontainer/Dockerfile .'
    # shellcheck disable=SC2016  # the reader's shell expands it
    say '' 'docker run -it --rm -v "$PWD":/abacus -w /abacus abacus'
    echo
    echo "Needed are what Debian calls: $*"
    exit 1
fi

# ---- packages, a line a verb ----

verb=''
lacks=''
tell_verb() {
    [ -n "$verb" ] || return 0
    if [ -z "$lacks" ]; then
        say "$verb" 'all packages are here'
    else
        say "$verb" "MISSING:$lacks"
        [ "$verb" != grade ] || grade=1
    fi
}
for word; do
    case $word in
    *:)
        tell_verb
        verb=${word%:}
        lacks=''
        ;;
    *)
        has "$word" || {
            lacks="$lacks $word"
            case "$missing " in
            *" $word "*) ;;
            *) missing="$missing $word" ;;
            esac
        }
        ;;
    esac
done
tell_verb

# ---- the sandbox ----

if unshare -Urmp --fork true 2>/dev/null; then
    say sandbox 'this machine gives namespaces'
else
    say sandbox 'no namespaces: results say UNSANDBOXED; you can work all the same'
fi

echo
if [ -z "$missing" ]; then
    echo 'Nothing is missing.'
else
    as_root=''
    [ "$(id -u)" = 0 ] || as_root='sudo '
    echo 'This brings what is missing:'
    echo
    echo "    ${as_root}apt-get update"
    echo "    ${as_root}apt-get install --no-install-recommends$missing"
fi
exit $grade
