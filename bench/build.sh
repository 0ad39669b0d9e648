#!/bin/sh
# SPDX-License-Identifier: MIT
#
# build.sh - builds the harness, the designs and implementations to measure
#
#     bench/build.sh [IMPL...]
#
# Run from the top folder. Each IMPL is `labs`, `solutions`, or a folder that
# holds counter.c and error.c. Everything goes to $OUT (build/bench):
#
#     bench-counter         the suite, one program
#     bench-pairs           the statistics of the suite commands
#     counter/NAME.so       one for each design
#     impl/NAME.so          one for each IMPL
#
# CC (gcc) is the compiler. The code of an IMPL is compiled without -Werror:
# a student's warning is no reason not to measure.
set -eu

CC=${CC:-gcc}
OUT=${OUT:-build/bench}
FLAGS='-std=c11 -D_GNU_SOURCE -O2 -g -Wall -Wextra'
INCLUDE='-Ibench/harness -Ibench/designs -Ilabs/include'
# -z defs: a missing function is told here, not when the object is loaded.
# -Bsymbolic: a call inside the object is a plain call, not a look-up.
SHARED='-fPIC -shared -Wl,-z,defs -Wl,-Bsymbolic'

die()
{
    echo "bench/build.sh: $*" >&2
    exit 2
}

# The harness is a dozen small files: compiled at once, in about two seconds.
build_program()
{
    $CC $FLAGS -Werror $INCLUDE \
        "-DBENCH_COMPILER=\"$($CC --version | head -n 1)\"" \
        "-DBENCH_FLAGS=\"$FLAGS\"" \
        -o "$OUT/bench-$1" "bench/suites/$1.c" bench/harness/*.c \
        -pthread -ljansson -lm -ldl
}

build_designs()
{
    rm -f "$OUT/$1"/*.so
    mkdir -p "$OUT/$1"
    for file in bench/designs/"$1"/*.c; do
        $CC $FLAGS -Werror $INCLUDE $SHARED -pthread \
            -o "$OUT/$1/$(basename "$file" .c).so" "$file"
    done
}

# Prints the folder of an implementation.
impl_folder()
{
    if [ -f "$1/01-counter/counter.c" ]; then
        echo "$1/01-counter"
    elif [ -f "$1/counter.c" ]; then
        echo "$1"
    else
        die "no counter.c in '$1' nor in '$1/01-counter'"
    fi
}

# Row names have letters, digits and hyphens; everything else becomes one.
impl_name()
{
    name=$(printf %s "$1" | sed 's|/*$||; s|.*/||' | tr -c 'A-Za-z0-9' '-')
    [ -n "$name" ] || name=impl
    echo "$name"
}

build_impl()
{
    folder=$(impl_folder "$1") || exit 2
    name=$(impl_name "$1")
    [ -f "$folder/error.c" ] || die "no error.c in '$folder'"
    [ ! -e "$OUT/impl/$name.so" ] || die "two implementations named '$name'"
    $CC $FLAGS $INCLUDE -fPIC -c -o "$OUT/impl/$name-counter.o" \
        "$folder/counter.c"
    $CC $FLAGS $INCLUDE -fPIC -c -o "$OUT/impl/$name-error.o" \
        "$folder/error.c"
    $CC $FLAGS -Werror $INCLUDE $SHARED -pthread "-DBENCH_IMPL=\"$name\"" \
        -o "$OUT/impl/$name.so" bench/designs/contract/counter.c \
        "$OUT/impl/$name-counter.o" "$OUT/impl/$name-error.o" -lm
}

[ -d bench/harness ] || die 'run this from the top folder'
mkdir -p "$OUT/impl"
rm -f "$OUT"/impl/*
build_designs counter
build_program counter
build_program pairs
for impl in "$@"; do
    build_impl "$impl"
done
