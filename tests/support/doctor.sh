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

# What the packages under a name of the Makefile's are for.
purpose() {
    case $1 in
    grade) echo 'make grade, watch, hint, run and explore' ;;
    service) echo 'labs 06 and 08, which serve pages' ;;
    bench) echo 'make bench, which measures' ;;
    plots) echo 'make plots, which draws what was measured' ;;
    editor) echo 'make debug (gdb) and your editor (clangd)' ;;
    *) echo "make $1" ;;
    esac
}

has() {
    case $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) in
    installed | triggers-*) ;;
    *) return 1 ;;
    esac
}

# ---- programs that come before any package ----

for program in make gcc; do
    if command -v "$program" >/dev/null 2>&1; then
        say "$program" 'installed'
    else
        say "$program" 'MISSING'
        missing="$missing $program"
        grade=1
    fi
done

if ! command -v dpkg-query >/dev/null 2>&1; then
    say system 'neither Debian nor Ubuntu. Work in a container: an editor that knows'
    say '' 'them offers to open this folder in one (.devcontainer/). By hand:'
    say '' 'docker build -t abacus -f .devcontainer/Dockerfile .'
    # shellcheck disable=SC2016  # the reader's shell expands it
    say '' 'docker run -it --rm -v "$PWD":/abacus -w /abacus abacus'
    echo
    echo 'Without a container, install these yourself (the names are those of Debian):'
    for word; do
        case $word in
        *:) printf '\n  for %s:\n   ' "$(purpose "${word%:}")" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    echo
    exit 1
fi

# ---- packages, a line a verb ----

verb=''
lacks=''
tell_verb() {
    [ -n "$verb" ] || return 0
    if [ -z "$lacks" ]; then
        say "$verb" "installed: for $(purpose "$verb")"
    else
        say "$verb" "MISSING:$lacks"
        say '' "for $(purpose "$verb")"
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
    say sandbox 'works: your code runs apart from your other files and programs'
else
    say sandbox 'not here: Linux refuses it (namespaces), as it often does in a container.'
    say '' 'You can work all the same; a result then says UNSANDBOXED.'
fi

echo
if [ -z "$missing" ]; then
    echo 'Nothing is missing.'
else
    as_root=''
    [ "$(id -u)" = 0 ] || as_root='sudo '
    if [ $grade = 0 ]; then
        echo 'You can begin: nothing that make grade needs is missing.'
    else
        echo 'Without what is missing, make grade cannot run.'
    fi
    echo 'These two commands install what is missing:'
    echo
    echo "    ${as_root}apt-get update"
    echo "    ${as_root}apt-get install --no-install-recommends$missing"
fi
if [ $grade != 0 ]; then
    echo
    echo '(The "Error 1" below is the word of make for that.)'
fi
exit $grade
