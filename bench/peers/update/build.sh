#!/bin/sh
# SPDX-License-Identifier: MIT
#
# build.sh OUT - the programs of the suite peers, one a client
#
# Run from the top folder, by bench/run.sh. For each client that is installed:
# its program, and NAME.row, what bench/build.sh compiles rows.c with. For each
# other one a sentence, also in OUT/skipped.txt. From the environment:
#
#     PEERS="client_python"    only these
#     PROM_CLIENT=name@1.2.3   the package of npm, fetched once into OUT
#     NO_INSTALL=1             fetches nothing
set -eu
out=${1:?'where to?'}
suite=peers
build=$out
here=bench/peers/update
. bench/peers/clients.sh
rm -f "$out"/*.row

debian() { dpkg-query -W -f='${Version}' "$1" 2>/dev/null || echo unknown; }

# row NAME COMMAND VERSION SNAPSHOT MOST_THREADS - its rows, behind ours
rank=900
row() {
    rank=$((rank + 1))
    called=$(printf %s "$1" | tr _ -)
    cat >"$out/$called.row" <<END
'-DBENCH_PEER="$called"' '-DBENCH_COMMAND="$2"' '-DBENCH_VERSION="$1 $3"'
'-DBENCH_SNAPSHOT="$4"' '-DBENCH_MOST_THREADS=$5' '-DBENCH_RANK=$rank'
END
}
whole='a snapshot is consistent'
parts='a snapshot may tear buckets and sum'

# built NAME PACKAGE COMMAND... - whether it is wanted, and could be built
built() {
    case " ${PEERS:-$1} " in
    *" $1 "*) ;;
    *) return 1 ;;
    esac
    programs=''
    add "$@"
    [ -n "$programs" ]
}

if built prometheus-cpp prometheus-cpp-dev build_cpp -lprometheus-cpp-core; then
    row prometheus-cpp "exec $out/prometheus-cpp" \
        "$(debian prometheus-cpp-dev)" "$whole" 0
fi

package=golang-github-prometheus-client-golang-dev
if built client_golang $package build_go "$here/client_golang.go"; then
    row client_golang "exec $out/client_golang" "$(debian $package)" "$whole" 0
fi

if built rust-prometheus librust-prometheus-dev build_rust; then
    row rust-prometheus "exec $out/rust-prometheus" \
        "$(debian librust-prometheus-dev)" "$whole" 0
fi

# Debian's is that of /usr/bin; another python3 may come before it.
python=''
find_client_python() {
    for python in python3 /usr/bin/python3; do
        ! "$python" -c 'import prometheus_client' || return 0
    done
    return 1
}
if built client_python python3-prometheus-client find_client_python; then
    row client_python "exec $python $here/client_python.py" \
        "$("$python" -c 'from importlib.metadata import version
print(version("prometheus_client"))')" "$parts" 0
fi

# Where Debian has it, it is node-prom-client.
case $out in
/*) node_path=$out/node_modules:/usr/share/nodejs ;;
*) node_path=$PWD/$out/node_modules:/usr/share/nodejs ;;
esac
node_says() { NODE_PATH=$node_path node -p "require('prom-client$1"; }
find_prom_client() {
    node_says "') && 'is here'" && return
    [ -z "${NO_INSTALL:-}" ] || return
    npm install --prefix "$out" --no-fund --no-audit --no-save --silent \
        "${PROM_CLIENT:-prom-client}"
    node_says "') && 'is here now'"
}
if built prom-client 'prom-client (npm)' find_prom_client; then
    row prom-client "NODE_PATH=$node_path exec node $here/prom-client.js" \
        "$(node_says "/package.json').version")" "$whole" 1
fi
