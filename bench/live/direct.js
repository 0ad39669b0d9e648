/* SPDX-License-Identifier: MIT
 *
 * direct.js - without a Prometheus: the page itself scrapes /metrics
 *
 * It keeps the pages of the last minutes, and computes from two of them what a
 * rate, a share and a quantile need. It knows no PromQL: what a panel shows is
 * told by its unit.
 */
'use strict';
const direct = (() => {
    const WINDOW = 30, KEEP = 400;
    const pages = [];

    function parse(text) {
        const page = new Map();
        for (const line of text.split('\n')) {
            const space = line.lastIndexOf(' ');
            if (line && line[0] !== '#')
                page.set(line.slice(0, space), Number(line.slice(space + 1)));
        }
        return page;
    }

    async function scrape() {
        const answer = await fetch('/metrics');
        pages.push({at: Date.now() / 1000, page: parse(await answer.text())});
        if (pages.length > KEEP)
            pages.shift();
    }

    const value = (p, name) => p.page.get(name) ?? 0;
    const grown = (a, b, name) => value(b, name) - value(a, name);
    const OK = 'app_requests_total{status="ok"}';
    const ERROR = 'app_requests_total{status="error"}';

    /* As histogram_quantile() does it. */
    function quantile(q, a, b) {
        const name = /^app_request_latency_seconds_bucket\{le="(.*)"\}$/;
        const buckets = [...b.page.keys()].map(k => [k, name.exec(k)])
            .filter(([, m]) => m)
            .map(([k, m]) => [Number(m[1].replace('+Inf', 'Infinity')), grown(a, b, k)])
            .sort((x, y) => x[0] - y[0]);
        const rank = q * (buckets.at(-1)?.[1] ?? 0);
        let from = 0, below = 0;
        for (const [bound, count] of buckets) {
            if (count >= rank && count > below)
                return bound === Infinity ? from
                    : from + (bound - from) * (rank - below) / (count - below);
            [from, below] = [bound, count];
        }
        return NaN;
    }

    const shows = {
        reqps: (a, b) => (grown(a, b, OK) + grown(a, b, ERROR)) / (b.at - a.at),
        percentunit: (a, b) => grown(a, b, ERROR) / (grown(a, b, OK) + grown(a, b, ERROR)),
        s: (a, b) => quantile(0.95, a, b),
        bytes: (a, b) => value(b, 'app_memory_usage_bytes'),
    };

    /* [[time, number], ...] of a unit, as far back as there are pages. */
    function line(unit) {
        const out = [];
        for (let i = 1; i < pages.length; i++) {
            const from = pages.findIndex(p => p.at >= pages[i].at - WINDOW);
            const v = shows[unit]?.(pages[Math.min(from, i - 1)], pages[i]);
            if (Number.isFinite(v))
                out.push([Math.floor(pages[i].at), v]);
        }
        return out;
    }

    return {scrape, line, parse};
})();
