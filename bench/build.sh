#!/bin/sh
# SPDX-License-Identifier: MIT
#
# build.sh - builds the harness, the designs and implementations to measure
#
#     bench/build.sh [IMPL...]
#     bench/build.sh --here        whether the designs of SUITES are here
#
# Run from the top folder. Each IMPL is `labs`, `solutions`, or a folder like
# labs/, or one of a lab (labs/07-scaling), which takes what it lacks from the
# labs beside it, or one with the sources of one lab and all that they need.
# `FOLDER+lto` is the same, but compiled and linked with -flto together with the
# design that calls it: its rows end in -lto. `NAME=FOLDER` names its rows.
# Everything goes to $OUT (build/bench):
#
#     bench-SUITE           one program for each suite
#     bench-pairs           the statistics of the suite commands
#     bench-compare         what two recorded results resolve
#     bench-model bench-usl beyond the cores at hand: bench/models/
#     bench-open-loop       latency of servers, for the suite http: only where it
#                           is named
#     SUITE/DESIGN.so       one for each design of the suite
#     impl/NAME.so          the suite counter: one for each IMPL
#     SUITE/impl-NAME-*.so the other suites: a row or more for each IMPL
#     labels/NAME-WAY.so    three for each registry
#     peers/PEER.so         the rows of the peers whose programs are in
#                           peers-programs/: see bench/peers/update/build.sh
#
# Some suites measure an implementation even without an IMPL: that is the first
# of solutions, IMPL... and labs that there is.
#
# SUITES are the suites to build (all whose designs are here). CC (gcc) is the
# compiler, BENCH_OPTIMIZE (-O2) how much it optimizes: less for warnings only,
# since what is measured has -O2. The code of an IMPL is compiled without -Werror:
# a student's warning is no reason not to measure.
set -eu

CC=${CC:-gcc}
OUT=${OUT:-build/bench}
FLAGS="-std=c11 -D_GNU_SOURCE ${BENCH_OPTIMIZE:--O2} -g -Wall -Wextra"
INCLUDE='-Ibench/harness -Ibench/designs -Ilabs/include'
# -z defs: a missing function is told here, not when the object is loaded.
# -Bsymbolic: a call inside the object is a plain call, not a look-up.
SHARED='-fPIC -shared -Wl,-z,defs -Wl,-Bsymbolic'

# An implementation is linked into a shared object only so that the harness can
# load several; in a program that is linked whole its thread-local variables have
# a place that is known, and a call of a function of it may be inlined.
IMPL_FLAGS='-fPIC -ftls-model=initial-exec'

# The suite memory counts what is allocated.
WRAP=$(printf ' -Wl,--wrap=%s' malloc calloc realloc aligned_alloc \
    posix_memalign strdup strndup free)

die()
{
    echo "bench/build.sh: $*" >&2
    exit 2
}

# ---- what belongs to a suite ----

suites='counter gauge stride search histogram read memory batching interference
    labels peers'

# Whether the designs of a suite are here: a handout does not have them all, and
# some suites have none but those of designs/contract/.
is_here()
{
    case $1 in
    labels | interference | pairs | compare) true ;;
    model | usl) [ -d bench/models ] ;;
    peers) [ -d bench/peers/update ] ;;
    open-loop) [ -d bench/open-loop ] ;;
    *) [ -d "bench/designs/$1" ] ;;
    esac
}

if [ -z "${SUITES:-}" ]; then
    SUITES='pairs compare'
    for suite in $suites model usl; do
        ! is_here "$suite" || SUITES="$SUITES $suite"
    done
fi

# The file without which a folder implements nothing that the suite measures,
# and the folders of labs/ that it may need.
needs_file()
{
    case $1 in
    counter) echo 01-counter/counter.c ;;
    gauge) echo 02-gauge/gauge.c ;;
    histogram) echo 03-histogram/histogram.c ;;
    read | interference) echo 05-exposition/exposition.c ;;
    memory | labels | peers) echo 04-registry/registry.c ;;
    esac
}

# ---- the harness and the designs ----

# Only if something is new: a file, the compiler or its flags. The note of it is
# as old as the beginning of the last time.
build_harness()
{
    version=$($CC --version | head -n 1)
    note=$OUT/harness/made
    mkdir -p "$OUT/harness"
    if [ "$(cat "$note" 2>/dev/null)" = "$CC $version $FLAGS" ] &&
        [ -z "$(find bench/harness -newer "$note")" ]; then
        return
    fi
    echo "$CC $version $FLAGS" >"$note.new"
    for file in bench/harness/*.c; do
        $CC $FLAGS -Werror $INCLUDE \
            "-DBENCH_COMPILER=\"$version\"" \
            "-DBENCH_FLAGS=\"$FLAGS\"" \
            -c -o "$OUT/harness/$(basename "$file" .c).o" "$file"
    done
    mv "$note.new" "$note"
}

model_sources()
{
    find bench/models -name '*.c' ! -name 'usl*'
}

# bench-compare, the models and bench-open-loop are no suites, but built as one.
build_program()
{
    libraries=''
    case $1 in
    open-loop)
        echo '#include <curl/curl.h>' | $CC -E - >/dev/null 2>&1 ||
            die 'libcurl is needed: apt-get install libcurl4-openssl-dev'
        sources=$(find bench/open-loop -name '*.c') libraries=-lcurl
        ;;
    compare) sources='bench/report/compare.c bench/report/recorded.c' ;;
    model) sources=$(model_sources) ;;
    usl) sources='bench/models/usl-main.c bench/models/usl.c
        bench/report/recorded.c' ;;
    *) sources=bench/suites/$1.c ;;
    esac
    # Unquoted on purpose: a list of files.
    # shellcheck disable=SC2086
    $CC $FLAGS -Werror $INCLUDE -Ibench/report -o "$OUT/bench-$1" $sources \
        "$OUT"/harness/*.o -pthread -ljansson -lm -ldl $libraries
}

# How a design of that suite is linked.
shared_of()
{
    case $1-$2 in
    memory-*/empty.c) echo "$SHARED" ;;
    memory-*) echo "$SHARED $WRAP" ;;
    *) echo "$SHARED" ;;
    esac
}

# build_design SUITE FILE
build_design()
{
    shared=$(shared_of "$1" "$2")
    $CC $FLAGS -Werror $INCLUDE $shared -pthread \
        -o "$OUT/$1/$(basename "$2" .c).so" "$2" -lm
}

# Designs of the suite counter that other suites have, too.
shared_designs()
{
    echo empty
    [ "$1" != peers ] || echo own-slot
    [ "$1" != batching ] || echo fetch-add-relaxed thread-local
}

build_designs()
{
    rm -rf "${OUT:?}/$1"
    mkdir -p "$OUT/$1"
    for file in bench/designs/"$1"/*.c; do
        [ ! -f "$file" ] || build_design "$1" "$file"
    done
    for name in $(shared_designs "$1"); do
        build_design "$1" "bench/designs/counter/$name.c"
    done
}

# ---- implementations ----

# path_of IMPL: without its name and without +lto.
path_of()
{
    path=${1#*=}
    echo "${path%+lto}"
}

# Row names have letters, digits and hyphens; everything else becomes one.
impl_name()
{
    name=${1%%=*}
    [ "$name" = "$1" ] || case $1 in *+lto) name=$name-lto ;; esac
    name=$(printf %s "$name" | sed 's|/*$||; s|/*+lto$|+lto|; s|.*/||' |
        tr -c 'A-Za-z0-9' '-')
    [ -n "$name" ] || name=impl
    echo "$name"
}

# gcc wants to hear with how many processes; clang does not know of them.
case $CC in
*clang*) LTO=-flto ;;
*) LTO=-flto=1 ;;
esac

# How the sources of an IMPL are compiled for it.
lto_of()
{
    case $1 in
    *+lto) echo "$LTO" ;;
    esac
}

# How they are linked with the design, which is compiled for it, too. In a program
# nobody outside may replace a function; in a shared object anybody may, so
# nothing would be inlined. The map says that only the design is seen.
lto_link_of()
{
    case $1 in
    *+lto) echo "$LTO -Wl,--version-script=$OUT/only-design.map" ;;
    esac
}

sources_in() { find "$@" -name '*.c' ! -name main.c; }

# sources_beside FOLDER LAST: of the labs beside this one, up to that number,
# what this one does not have.
sources_beside()
{
    for file in $(sources_in "$1"/../0[1-"$2"]-*/ -maxdepth 1); do
        [ -f "$1/$(basename "$file")" ] || echo "$file"
    done
}

# impl_sources IMPL SUITE: prints the sources, with what they need of earlier
# labs.
impl_sources()
{
    need=$(needs_file "$2")
    path=$(path_of "$1")
    last=${need%%-*}
    last=${last#0}
    case $(basename "$path") in
    0[0-9]-*) beside=$path/../$need ;;
    *) beside=/none ;;
    esac
    if [ -f "$path/$need" ]; then
        sources_in "$path"/0[1-"$last"]-*/
    elif [ -f "$beside" ]; then
        sources_in "$path" -maxdepth 1
        sources_beside "$path" "$last"
    elif [ -f "$path/${need#*/}" ]; then
        sources_in "$path" -maxdepth 1
    else
        die "no ${need#*/} in '$path' nor in '$path/${need%/*}'"
    fi
}

# What is wrong with the IMPLs is said before anything is built.
check_impls()
{
    same=$(for impl in "$@"; do impl_name "$impl"; done | sort | uniq -d)
    [ -z "$same" ] || die "two implementations named '$same'"
    for impl in "$@"; do
        for suite in $SUITES; do
            [ -n "$(needs_file "$suite")" ] || continue
            # The compiler would take some calls for others before they are
            # counted.
            case $suite-$impl in
            memory-*+lto) die "the suite memory cannot count what '$impl' \
allocates" ;;
            esac
            impl_sources "$impl" "$suite" >/dev/null || exit 2
        done
    done
}

# impl_objects IMPL SUITE: compiles, apart from the designs, and prints the
# folder of the objects.
impl_objects()
{
    objects=$OUT/objects/$2-$(impl_name "$1")
    rm -rf "$objects"
    mkdir -p "$objects"
    lto=$(lto_of "$1")
    for file in $(impl_sources "$1" "$2"); do
        $CC $FLAGS $INCLUDE $IMPL_FLAGS $lto -c \
            -o "$objects/$(basename "$file" .c).o" "$file" || exit 2
    done
    echo "$objects"
}

# build_contract IMPL SUITE DESIGN TO DEFINE...: one design of designs/contract/
# with this implementation.
build_contract()
{
    impl=$1 suite=$2 design=$3 to=$4
    shift 4
    [ -d "$OUT/objects/$suite-$(impl_name "$impl")" ] ||
        impl_objects "$impl" "$suite" >/dev/null
    shared=$(shared_of "$suite" "$design")
    lto=$(lto_link_of "$impl")
    $CC $FLAGS -Werror $INCLUDE $shared $lto -pthread \
        "$@" -o "$to" \
        "bench/designs/contract/$design.c" \
        "$OUT/objects/$suite-$(impl_name "$impl")"/*.o -lm
}

# The implementation that is measured without being asked for.
reference()
{
    need=$(needs_file "$1")
    shift
    if [ -f "solutions/$need" ]; then
        echo solutions
    else
        echo "${1:-labs}"
    fi
}

build_registries()
{
    first=$(reference labels "$@")
    rank=0
    for impl in "$first" "$@"; do
        name=$(impl_name "$impl")
        row=$name- rival='"hit-1"'
        if [ $rank -eq 0 ]; then
            row='' rival=NULL
        elif [ "$name" = "$(impl_name "$first")" ]; then
            continue
        fi
        for way in cached hit miss; do
            build_contract "$impl" labels $way "$OUT/labels/$name-$way.so" \
                "-DBENCH_ROW=\"$row\"" -DBENCH_RANK=$rank "-DBENCH_RIVAL=$rival"
        done
        rank=$((rank + 100))
    done
}

# build_impl SUITE IMPL RANK ROW: its rows beside the designs, one for each
# designs/contract/SUITE-NAME.c; ROW begins their names.
build_impl()
{
    for file in bench/designs/contract/"$1"-*.c; do
        design=$(basename "$file" .c)
        build_contract "$2" "$1" "$design" \
            "$OUT/$1/impl-$(impl_name "$2")-${design#"$1"-}.so" \
            "-DBENCH_ROW=\"$4\"" "-DBENCH_IMPL=\"$(impl_name "$2")\"" \
            "-DBENCH_RANK=$3"
    done
}

# build_impls SUITE RANK IMPL...
build_impls()
{
    suite=$1 more=$2
    shift 2
    for impl in "$@"; do
        build_impl "$suite" "$impl" $more "$(impl_name "$impl")-"
        more=$((more + 100))
    done
}

# The peers: ours, and a row for each operation of the others that were built.
build_peers()
{
    build_impls peers 0 "$@"
    for said in "$OUT"/peers-programs/*.row; do
        [ -f "$said" ] || continue
        # Written by bench/peers/update/build.sh: words in quotes.
        eval "set -- $(tr '\n' ' ' <"$said")"
        $CC $FLAGS -Werror $INCLUDE $SHARED "$@" \
            -o "$OUT/peers/$(basename "$said" .row).so" bench/peers/update/rows.c
    done
}

# with_reference SUITE IMPL...: the rows of the reference first.
with_reference()
{
    suite=$1 more=20000
    first=$(reference "$@")
    shift
    case $suite in
    interference) row='' ;; # it is the baseline
    *) row=$(impl_name "$first")- ;;
    esac
    build_impl "$suite" "$first" 10000 "$row"
    for impl in "$@"; do
        [ "$(impl_name "$impl")" != "$(impl_name "$first")" ] || continue
        build_impl "$suite" "$impl" $more "$(impl_name "$impl")-"
        more=$((more + 100))
    done
}

[ -d bench/harness ] || die 'run this from the top folder'
for suite in $SUITES; do
    is_here "$suite" ||
        die "the designs of the suite '$suite' are not in this copy"
done
[ "${1:-}" != --here ] || exit 0
check_impls "$@"
mkdir -p "$OUT/impl"
rm -rf "$OUT"/impl/* "$OUT/objects"
echo '{ global: bench_design; local: *; };' >"$OUT/only-design.map"
build_harness
for suite in $SUITES; do
    build_program "$suite"
    case $suite in
    pairs | compare | model | usl | open-loop) continue ;;
    esac
    build_designs "$suite"
    case $suite in
    counter)
        for impl in "$@"; do
            name=$(impl_name "$impl")
            build_contract "$impl" counter counter "$OUT/impl/$name.so" \
                "-DBENCH_IMPL=\"$name\""
        done
        ;;
    labels) build_registries "$@" ;;
    gauge | histogram) build_impls "$suite" 10000 "$@" ;;
    peers) build_peers "$@" ;;
    read | memory | interference) with_reference "$suite" "$@" ;;
    esac
done
