#!/bin/sh
# SPDX-License-Identifier: MIT
#
# doctor.t - make doctor, make packages and the container: one list of packages
set -u
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
. tests/self/tap.sh

# A machine on which only these packages are installed: machine PACKAGE...
mkdir "$t/bin"
machine() {
    echo "$*" >"$t/installed"
    cat >"$t/bin/dpkg-query" <<'EOF'
#!/bin/sh
format=''
for word; do
    case $word in
    -W) ;;
    -f=*) format=$word ;;
    *)
        case " $(cat "${0%/*}/../installed") " in
        *" $word "*)
            case $format in
            *Package*) echo "installed $word" ;;
            *) printf installed ;;
            esac
            ;;
        esac
        ;;
    esac
done
EOF
    chmod +x "$t/bin/dpkg-query"
}
doctor() {
    PATH=$t/bin:$PATH make -s doctor >"$t/out" 2>&1
    status=$?
}
exited() { [ "$status" = "$1" ]; }
to_install() {
    sed -n 's/.*apt-get install --no-install-recommends //p' "$t/out" | tr ' ' '\n' | sort
}
list() { # of the Makefile, for a verb
    echo 'include Makefile
print-%: ; @echo $(PACKAGES_$*)' | make -s -f - "print-$1" | tr -s ' ' '\n' | sort
}

machine nothing
doctor
check 'where nothing is installed: it fails' exited 2
for verb in grade service bench plots editor; do
    check "$verb has its line" says "^  $verb  *MISSING:"
    all_of_it() { list "$verb" >"$t/list" && [ -s "$t/list" ] && to_install | comm -13 - "$t/list" | grep . && return 1; return 0; }
    check "the command brings all of $verb" all_of_it
done
each_once() { ! to_install | uniq -d | grep .; }
check 'and each package once' each_once
names_command() { to_install | grep -x libcriterion-dev; }
check 'as apt-get has it' names_command

everything=$(for v in grade service bench plots editor; do list $v; done | tr '\n' ' ')
# shellcheck disable=SC2086  # a word a package
machine $everything
doctor
check 'where all is installed: it succeeds' exited 0
check 'and says so' says '^Nothing is missing\.$'
# shellcheck disable=SC2046  # a word a package
machine $(echo "$everything" | sed 's/ gdb / /')
doctor
check 'without a debugger one can be graded: it succeeds' exited 0
check 'and the debugger is named' says '^  editor  *MISSING: gdb$'
only_gdb() { [ "$(to_install)" = gdb ]; }
check 'and nothing else is to be installed' only_gdb
check 'and what it is for' says '^ *for make debug'
check 'and that one can begin' says '^You can begin'
# shellcheck disable=SC2046  # a word a package
machine $(echo "$everything" | sed 's/ libcriterion-dev / /')
doctor
check 'without Criterion it fails' exited 2
check 'and says that nothing can be graded' says 'make grade cannot run'
explained() { says '"Error 1" below' && says 'Error 1$'; }
check "make's own message is explained" explained

# ---- other systems ----

other_system() {
    mkdir "$t/other"
    for program in sh make gcc unshare true; do
        ln -s "$(command -v $program)" "$t/other/$program"
    done
    PATH=$t/other tests/support/doctor.sh grade: gcc >"$t/out" 2>&1
    [ $? = 1 ] && says 'docker build .*\.devcontainer/Dockerfile' &&
        says '^  for make grade, ' && says '^    gcc$'
}
check 'neither Debian nor Ubuntu: the container is named' other_system
no_second_list() {
    words=$(grep -v '^#' .devcontainer/Dockerfile | tr -cs 'a-z0-9.+-' '\n' | sort -u)
    {
        list grade
        list bench
        list plots
        list editor
        list service
    } | sort -u >"$t/list"
    echo "$words" | comm -12 - "$t/list" | grep . && return 1
    return 0
}
check 'the Dockerfile names no package of the list' no_second_list
# Its last step, in a folder with just what it copies.
container() {
    mkdir "$t/container"
    sed -n 's|^COPY \(.*\) /tmp/abacus/\(.*\)$|\1 \2|p' .devcontainer/Dockerfile |
        while read -r from to; do
            mkdir -p "$t/container/$to" && cp "$from" "$t/container/$to" || exit 1
        done
    grep -qx 'RUN make -C /tmp/abacus packages' .devcontainer/Dockerfile || return 1
    machine nothing
    NO_INSTALL=1 PATH=$t/bin:$PATH make -C "$t/container" packages >"$t/out" 2>&1
    sed -n 's/.*apt-get install //p' "$t/out" | tr ' ' '\n' | sort -u >"$t/theirs"
    diff "$t/theirs" "$t/list"
}
check 'its step installs the list, with what it has copied' container
check 'devcontainer.json is JSON' python3 -m json.tool .devcontainer/devcontainer.json

finish
