#!/bin/sh
# SPDX-License-Identifier: MIT
#
# demo.sh - the service with traffic, a Prometheus, and a page that shows both
#
#     bench/live/demo.sh UPLOT
#
# UPLOT is the package of npm with its version, which is fetched once into
# build/live. Ctrl-C ends all, and nothing is left. From the environment:
# DEMO_SECONDS=20 ends by itself; NO_PROMETHEUS=1 does without one. Run from
# the top folder, by `make demo`, which has built build/live/service.
set -eu

uplot=$1
tools=build/live
what='The demo'
. bench/live/common.sh

fetch() {
    [ ! -e "$tools/node_modules/uplot/dist/uPlot.iife.min.js" ] || return 0
    [ -z "${NO_INSTALL:-}" ] || die "$uplot is missing: npm has it"
    echo "fetching $uplot ..."
    npm install --prefix "$tools" --no-fund --no-audit --no-save --silent \
        "$uplot" >"$tools/npm.log" 2>&1 || die "npm cannot fetch $uplot"
}

lay_out_page() {
    mkdir "$work/page"
    cp bench/live/page.* bench/live/direct.js "$work/page"
    mv "$work/page/page.html" "$work/page/index.html"
    cp "$tools"/node_modules/uplot/dist/uPlot.iife.min.js \
        "$tools"/node_modules/uplot/dist/uPlot.min.css "$work/page"
    cp solutions/08-monitoring/dashboard.json "$work/page"
    echo "{\"prometheus\": $1}" >"$work/page/source.json"
}

start_service() {
    $tools/service --port 0 --rate 20 --seed 1 --quiet >"$work/service.log" 2>&1 &
    service=$!
    started $service
    await 'the service' $service grep -q '^http' "$work/service.log"
    metrics=$(grep '^http' "$work/service.log")
}

start_prometheus() {
    target=${metrics#http://}
    cat >"$work/prometheus.yml" <<END
global: {scrape_interval: 1s, evaluation_interval: 1s}
rule_files: [rules.yml]
scrape_configs:
  - job_name: app
    static_configs: [{targets: ['${target%/metrics}']}]
END
    cp solutions/08-monitoring/rules.yml "$work"
    port=$(free_port)
    prometheus --config.file="$work/prometheus.yml" --log.level=warn \
        --storage.tsdb.path="$work/data" \
        --web.listen-address="127.0.0.1:$port" \
        --web.user-assets="$work/page" >"$work/prometheus.log" 2>&1 &
    watcher=$!
    started $watcher
    await Prometheus $watcher is_ready "$port"
    page=http://127.0.0.1:$port/user/
}

is_ready() {
    node -e 'fetch("http://127.0.0.1:'"$1"'/-/ready").then(
        r=>process.exit(r.ok?0:1),()=>process.exit(1))'
}

mkdir -p "$tools"
fetch
start_service
if [ -z "${NO_PROMETHEUS:-}" ] && command -v prometheus >/dev/null; then
    lay_out_page true
    start_prometheus
    echo "  Prometheus  http://127.0.0.1:$port/"
else
    echo '  There is no Prometheus here: the page reads /metrics itself.'
    lay_out_page false
    serve_page "$metrics"
fi
up=1
echo "  metrics     $metrics"
echo "  dashboard   ${page}index.html"
if [ -n "${DEMO_SECONDS:-}" ]; then
    echo "  It ends after $DEMO_SECONDS s."
    sleep "$DEMO_SECONDS" &
    started $!
    wait $!
else
    echo '  Ctrl-C ends it, and nothing is left.'
    wait $service
fi
