# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2034  # the suite sets and uses them
#
# clients.sh - what the suites have in common that compare us with other clients
#
# Sourced with $suite (render), $out and $build, two folders, and $here, if the
# programs are not in bench/peers/$suite. Sets $programs, the names of those that
# could be built, ours first: $build/NAME. Says the others, also in
# $out/skipped.txt.
page=bench/peers/page
here=${here:-bench/peers/$suite}
mkdir -p "$out" "$build"
programs=''
rm -f "$out/skipped.txt"

# add NAME PACKAGE COMMAND... - builds it; without the package, says so
add() {
    name=$1 package=$2
    shift 2
    if "$@" >"$build/$name.log" 2>&1; then
        programs="$programs${programs:+ }$name"
    else
        echo "no $name: is $package installed?" >>"$out/skipped.txt"
        echo "$suite: no $name: is $package installed? $build/$name.log" >&2
    fi
}
# With SHARDED=1 what lab 07 has is lab 07's.
our_sources() { # LABS
    # shellcheck disable=SC2086  # a pattern
    find solutions/$1-* -name '*.c' ! -name main.c | while read -r file; do
        [ -n "${SHARDED:-}" ] &&
            [ -f "solutions/07-scaling/$(basename "$file")" ] || echo "$file"
    done
    [ -z "${SHARDED:-}" ] ||
        find solutions/07-scaling -name '*.c' ! -name main.c
}
build_abacus() { # LABS LIBRARIES...
    labs=$1
    shift
    # shellcheck disable=SC2046  # a list of files
    gcc -std=c11 -D_GNU_SOURCE -O2 -Ilabs/include -pthread \
        -o "$build/abacus" "$here/abacus.c" $(our_sources "$labs") "$@"
}
build_go() { # FILES... of one program
    rm -rf "$build/source"
    mkdir -p "$build/source"
    cp "$@" "$build/source"
    GOPATH=/usr/share/gocode GO111MODULE=off GOCACHE=$PWD/build/bench/go \
        go build -o "$build/client_golang" "$build"/source/*.go
}
build_cpp() { # LIBRARIES...
    g++ -O2 -o "$build/prometheus-cpp" "$here/prometheus-cpp.cc" "$@" -pthread
}

build_rust() {
    mkdir -p "$build/rust/.cargo"
    cp -r "$here"/rust-prometheus/* "$build/rust"
    cat >"$build/rust/.cargo/config.toml" <<'EOF'
[source.crates-io]
replace-with = "debian"
[source.debian]
directory = "/usr/share/cargo/registry"
EOF
    (cd "$build/rust" && cargo build -q --release --offline) &&
        cp "$build/rust/target/release/rust-prometheus" "$build"
}

# The samples of a page. prometheus-cpp does not sort them, has 16 digits where
# some need 17, and its server adds a few of its own.
samples() {
    build/bin/expocheck --samples --text "$1" | grep -v '^exposer_' |
        LC_ALL=C sort |
        awk '{ value = $NF; $NF = ""; printf "%s%.12g\n", $0, value }'
}
# All must have the same samples, or the comparison says nothing.
same_pages() {
    for p in $programs; do
        samples "$build/$p.txt" >"$build/$p.samples"
        cmp "$build/abacus.samples" "$build/$p.samples" || exit 1
    done
}

about() {
    echo "commit  ${COMMIT:-unknown}"
    echo "host    $(uname -srm), $(nproc) CPUs," \
        "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
    [ -z "${SHARDED:-}" ] || echo 'metrics of lab 07'
    echo "date    $(date -u +%Y-%m-%dT%H:%M:%SZ)"
}
progress() {
    [ ! -t 2 ] || printf "$@" >&2
}
