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
#     bench-labels          likewise
#     bench-pairs           the statistics of the suite commands
#     counter/NAME.so       one for each design
#     impl/NAME.so          one for each IMPL
#     labels/NAME-WAY.so    three for each registry
#
# The suite labels measures registries: that of the first of solutions, IMPL...
# and labs that there is, and those of the other IMPLs. Such a folder is like
# labs/, or holds registry.c and all that it needs.
#
# SUITES are the suites to build (all). CC (gcc) is the compiler. The code of an
# IMPL is compiled without -Werror: a student's warning is no reason not to
# measure.
set -eu

CC=${CC:-gcc}
OUT=${OUT:-build/bench}
SUITES=${SUITES:-counter labels pairs}
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

# What is wrong with the IMPLs is said before anything is built.
check_impls()
{
    same=$(for impl in "$@"; do impl_name "$impl"; done | sort | uniq -d)
    [ -z "$same" ] || die "two implementations named '$same'"
    for impl in "$@"; do
        case " $SUITES " in *' counter '*)
            folder=$(impl_folder "$impl") || exit 2
            [ -f "$folder/error.c" ] || die "no error.c in '$folder'" ;;
        esac
        case " $SUITES " in *' labels '*)
            registry_sources "$impl" >/dev/null || exit 2 ;;
        esac
    done
}

build_impl()
{
    folder=$(impl_folder "$1")
    name=$(impl_name "$1")
    $CC $FLAGS $INCLUDE -fPIC -c -o "$OUT/impl/$name-counter.o" \
        "$folder/counter.c"
    $CC $FLAGS $INCLUDE -fPIC -c -o "$OUT/impl/$name-error.o" \
        "$folder/error.c"
    $CC $FLAGS -Werror $INCLUDE $SHARED -pthread "-DBENCH_IMPL=\"$name\"" \
        -o "$OUT/impl/$name.so" bench/designs/contract/counter.c \
        "$OUT/impl/$name-counter.o" "$OUT/impl/$name-error.o" -lm
}

# Prints the sources of a registry, with what it needs of earlier labs.
registry_sources()
{
    if [ -f "$1/04-registry/registry.c" ]; then
        find "$1"/0[1-4]-*/ -name '*.c' ! -name main.c
    elif [ -f "$1/registry.c" ]; then
        find "$1" -maxdepth 1 -name '*.c' ! -name main.c
    else
        die "no registry.c in '$1' nor in '$1/04-registry'"
    fi
}

# build_registry IMPL ROW RANK RIVAL: its objects, then the three ways to a
# child.
build_registry()
{
    objects=$OUT/labels/$(impl_name "$1")
    sources=$(registry_sources "$1")
    mkdir -p "$objects"
    # Unquoted on purpose: a list of files.
    # shellcheck disable=SC2086
    for file in $sources; do
        $CC $FLAGS $INCLUDE -fPIC -c -o "$objects/$(basename "$file" .c).o" \
            "$file"
    done
    for way in cached hit miss; do
        $CC $FLAGS -Werror $INCLUDE $SHARED -pthread "-DBENCH_ROW=\"$2\"" \
            "-DBENCH_RANK=$3" "-DBENCH_RIVAL=$4" -o "$objects-$way.so" \
            "bench/designs/contract/$way.c" "$objects"/*.o -lm
    done
}

build_registries()
{
    rm -rf "$OUT/labels"
    mkdir -p "$OUT/labels"
    $CC $FLAGS -Werror $INCLUDE $SHARED -pthread -o "$OUT/labels/empty.so" \
        bench/designs/counter/empty.c
    first=${1:-labs}
    [ ! -d solutions/04-registry ] || first=solutions
    build_registry "$first" '' 0 NULL
    rank=100
    for impl in "$@"; do
        [ "$(impl_name "$impl")" != "$(impl_name "$first")" ] || continue
        build_registry "$impl" "$(impl_name "$impl")-" $rank '"hit-1"'
        rank=$((rank + 100))
    done
}

[ -d bench/harness ] || die 'run this from the top folder'
check_impls "$@"
mkdir -p "$OUT/impl"
rm -f "$OUT"/impl/*
for suite in $SUITES; do
    build_program "$suite"
    case $suite in
    counter)
        build_designs counter
        for impl in "$@"; do
            build_impl "$impl"
        done
        ;;
    labels) build_registries "$@" ;;
    esac
done
