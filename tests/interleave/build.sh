#!/bin/sh
# SPDX-License-Identifier: MIT
#
# build.sh - build an explorer: one program of a scenario file and a submission
#
#   build.sh -o OUTPUT [-c CC] [-O LEVEL] [-I DIR]... [-D NAME]... [-n NOTE]
#            [-f FLAG] [-L LIBRARY.a] SCENARIO.c [SUBMISSION.c ...]
#   build.sh -r -o OBJECT.o ... SCENARIO.c    one file, for a later call
#   build.sh -l -o LIBRARY.a [-c CC]          the explorer, for later calls
#
# -c  the compiler, gcc or clang (default: $CC, or cc)
# -O  how much it optimises the program under test (default: 1)
# -f  one more flag for it
# -n  a sentence for the list of what is not modelled, for instance that a
#     file with inline assembly is exempt
#
# A named file that ends in .o came from -r. Environment: IL_CACHE, a directory
# where the library's objects are kept between builds (default: a new one each
# time).
#
# The named files are compiled with -fsanitize=thread, their calls of the C
# library renamed by redirect.syms, and linked with the explorer instead of
# ThreadSanitizer.
set -eu

here=$(cd "${0%/*}" && pwd)
cc=${CC:-cc}
level=1
output=
flags=
note=
archive=
step=all

usage() {
    sed -n '/^# *build.sh -o/,/SUBMISSION/s/^# *//p' "$here/build.sh" >&2
    exit 2
}

while getopts o:c:O:I:D:f:n:L:rl option; do
    case $option in
    o) output=$OPTARG ;;
    c) cc=$OPTARG ;;
    O) level=$OPTARG ;;
    I) flags="$flags -I$OPTARG" ;;
    D) flags="$flags -D$OPTARG" ;;
    f) flags="$flags $OPTARG" ;;
    n) note=$OPTARG ;;
    L) archive=$OPTARG ;;
    r) step=object ;;
    l) step=library ;;
    *) usage ;;
    esac
done
shift $((OPTIND - 1))
# clang leaves the read of `x++` away, since the write tells as much of races;
# a timeline shows both.
case $cc in
*clang*) flags="$flags -mllvm -tsan-instrument-read-before-write" ;;
*) flags="$flags -Wno-tsan" ;; # fences are our own business
esac
# gcc does not instrument what it puts in the place of these.
for name in memcpy memmove memset memcmp bcmp mempcpy strlen strcmp strncmp strchr \
    strcpy strncpy stpcpy strcat; do
    flags="$flags -fno-builtin-$name"
done
[ -n "$output" ] || usage
[ $# -gt 0 ] || [ "$step" = library ] || usage

# The library, compiled when an object is missing or older than its sources.
compile_library() {
    cache=${IL_CACHE:-$work/library}
    mkdir -p "$cache"
    library=
    for source in "$here"/*.c; do
        object=$cache/$(basename "$source" .c).o
        library="$library $object"
        if [ ! -e "$object" ] || [ -n "$(find "$source" "$here"/*.h -newer "$object")" ]
        then
            $cc -std=c11 -D_GNU_SOURCE -O2 -g -Wall -Wextra -Werror -fno-pie \
                -c "$source" -o "$object.$$"
            mv "$object.$$" "$object"
        fi
    done
}

# One file of the program under test.
compile() { # SOURCE OBJECT
    # shellcheck disable=SC2086  # one word a flag
    $cc -std=c11 -D_GNU_SOURCE -g "-O$level" -Wall -Wextra \
        -fno-omit-frame-pointer -fno-pie -fno-builtin-malloc -fno-common \
        -fsanitize=thread -pthread \
        -I"$here" $flags -c "$1" -o "$2"
    objcopy --redefine-syms="$here/redirect.syms" \
        --rename-section .data=il_data --rename-section .bss=il_bss "$2"
}

if [ "$step" = object ]; then
    compile "$1" "$output"
    exit
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
library=$archive
[ -n "$archive" ] || compile_library
if [ "$step" = library ]; then
    rm -f "$output"
    # shellcheck disable=SC2086  # one word an object
    ar rcs "$output" $library
    strip -g "$output" # the linker of every explorer would read it
    exit
fi

# The program under test.
objects=
number=0
for source in "$@"; do
    number=$((number + 1))
    object=$source
    case $source in
    *.o) ;;
    *)
        object=$work/$number.o
        compile "$source" "$object"
        ;;
    esac
    objects="$objects $object"
done

# What threads call and we do not know kept its name: said beside every verdict.
# Not nm: with its library it takes twenty times as long to start.
# shellcheck disable=SC2086  # one word an object
foreign=$(readelf -sW $objects | sed -n 's/.* GLOBAL .* UND //p' |
    grep -E '^(pthread|thrd|mtx|cnd|tss|sem)_|^fork$|^poll$|^read$|^write$|^__tsan_atomic128' |
    sort -u)
# shellcheck disable=SC2086  # one word a name
foreign=$(echo $foreign)
if [ -n "$foreign$note" ]; then
    quoted=$(printf '%s' "$note" | sed 's/[\\"]/\\&/g')
    printf 'const char il_foreign[] = "%s";\nconst char il_note[] = "%s";\n' \
        "$foreign" "$quoted" >"$work/notes.c"
    $cc -fno-pie -c "$work/notes.c" -o "$work/notes.o"
    objects="$objects $work/notes.o"
fi

# shellcheck disable=SC2086  # one word an object
$cc -no-pie -g -o "$output" $objects $library \
    -pthread -Wl,--as-needed -latomic -lm -ldw
