#!/bin/sh
# SPDX-License-Identifier: MIT
#
# render.sh OUT - the time to render one page, by us and by the clients that
# Debian packages
#
# The page: 1000 counters with two labels and 100 histograms with eleven bounds,
# 2404 lines of the text format 0.0.4. Each program fills its registry, renders
# 15 batches of 20 pages, and prints the microseconds a page of the median
# batch. Round by round each program runs once, the order moves on by one. The
# ratio to ours is taken in each round; its interval goes from the k-th smallest
# to the k-th largest round (95 % or more, by the sign test).
#
# OUT/trials.csv has every trial, OUT/summary.csv the medians and ratios. A
# client whose package is missing is left out, saying so.
set -eu
out=${1:?'where to?'}
here=bench/peers/render
build=build/bench/render
rounds=${QUICK:+7}
rounds=${rounds:-15}
mkdir -p "$out" "$build"

# ---- the programs ----

programs=abacus
sources=$(find solutions/0[1-5]-* -name '*.c' ! -name main.c)
# shellcheck disable=SC2086  # a list of files
gcc -std=c11 -D_GNU_SOURCE -O2 -Ilabs/include -pthread \
    -o "$build/abacus" $here/abacus.c $sources -lm

add() { # NAME PACKAGE COMMAND...
    name=$1 package=$2
    shift 2
    if "$@" >"$build/$name.log" 2>&1; then
        programs="$programs $name"
    else
        echo "render: no $name: is $package installed? $build/$name.log" >&2
    fi
}
build_go() {
    GOPATH=/usr/share/gocode GO111MODULE=off GOCACHE=$PWD/$build/go \
        go build -o "$build/client_golang" $here/client_golang.go
}
build_cpp() {
    g++ -O2 -o "$build/prometheus-cpp" $here/prometheus-cpp.cc \
        -lprometheus-cpp-core -pthread
}
build_rust() {
    mkdir -p "$build/rust/.cargo"
    cp -r $here/rust-prometheus/* "$build/rust"
    cat >"$build/rust/.cargo/config.toml" <<'EOF'
[source.crates-io]
replace-with = "debian"
[source.debian]
directory = "/usr/share/cargo/registry"
EOF
    (cd "$build/rust" && cargo build -q --release --offline) &&
        cp "$build/rust/target/release/rust-prometheus" "$build"
}
add client_golang golang-github-prometheus-client-golang-dev build_go
add prometheus-cpp prometheus-cpp-dev build_cpp
add rust-prometheus librust-prometheus-dev build_rust

# All must render the same samples, or the comparison says nothing.
# prometheus-cpp does not sort them, and has 16 digits where some need 17.
samples() {
    build/bin/expocheck --samples --text "$1" | LC_ALL=C sort |
        awk '{ value = $NF; $NF = ""; printf "%s%.12g\n", $0, value }'
}
for p in $programs; do
    "$build/$p" "$build/$p.txt" >/dev/null
    samples "$build/$p.txt" >"$build/$p.samples"
    cmp "$build/abacus.samples" "$build/$p.samples" || exit 1
done

# ---- the rounds ----

echo 'round,program,us' >"$out/trials.csv"
order=$programs
for round in $(seq "$rounds"); do
    [ ! -t 2 ] || printf '\rround %s of %s' "$round" "$rounds" >&2
    for p in $order; do
        echo "$round,$p,$("$build/$p")" >>"$out/trials.csv"
    done
    order="${order#* } ${order%% *}"
done
[ ! -t 2 ] || printf '\r\033[K' >&2

awk -F, -v programs="$programs" '
    function sorted(a, n,    i, j, x) {
        for (i = 2; i <= n; i++)
            for (j = i; j > 1 && a[j - 1] > a[j]; j--) {
                x = a[j]; a[j] = a[j - 1]; a[j - 1] = x
            }
    }
    # The largest k with P(fewer than k heads of n) * 2 <= 5 %.
    function depth(n,    k, p, sum) {
        p = 0.5 ^ n
        for (k = 0; 2 * (sum + p) <= 0.05; k++) {
            sum += p
            p *= (n - k) / (k + 1)
        }
        return k
    }
    NR > 1 { us[$2, $1] = $3; rounds = $1 > rounds ? $1 : rounds }
    END {
        k = depth(rounds)
        if (k < 1)
            exit 1
        print "program,us,ratio,low,high"
        n = split(programs, name, " ")
        for (i = 1; i <= n; i++) {
            for (r = 1; r <= rounds; r++) {
                t[r] = us[name[i], r]
                q[r] = us[name[i], r] / us["abacus", r]
            }
            sorted(t, rounds + 0)
            sorted(q, rounds + 0)
            m = int((rounds + 1) / 2)
            printf "%s,%.1f,%.2f,%.2f,%.2f\n", name[i], t[m], q[m], q[k],
                q[rounds + 1 - k]
        }
    }' "$out/trials.csv" >"$out/summary.csv"
{
    echo "commit  ${COMMIT:-unknown}"
    echo "host    $(uname -srm), $(nproc) CPUs," \
        "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
    echo "date    $(date -u +%Y-%m-%dT%H:%M:%SZ)"
} >"$out/about.txt"
echo 'One page of 2404 lines; the ratio to ours, with its 95 % interval:'
awk -F, 'NR > 1 { printf "  %-16s %8.1f us   %5.2f  (%.2f to %.2f)\n",
    $1, $2, $3, $4, $5 }' "$out/summary.csv"
echo "  $out"
