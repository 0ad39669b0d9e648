// SPDX-License-Identifier: MIT
//
// prom-client.js - the operations of work.h, with prom-client; speaks as
// harness/peer.h says
//
// A program of Node.js has one thread of its own, which nothing here can keep
// on a CPU. Code is compiled while it runs: each operation is warmed up before
// the first trial.
'use strict';
const fs = require('fs');
const readline = require('readline');
const client = require('prom-client');

const BATCH = 4096; // updates between two looks at the clock
const VALUES = 1024, KEYS = 1000, STEP = 389, KEPT = 7;
const WARM_UP = 150e6;

const epoch = process.hrtime.bigint();
const now = () => Number(process.hrtime.bigint() - epoch);

// How long this thread has been ready, but had no processor.
function waited() {
    try {
        return Number(fs.readFileSync('/proc/self/schedstat', 'ascii').split(' ')[1]);
    } catch {
        return 0;
    }
}

function values() {
    const list = [], all = (1n << 64n) - 1n;
    let state = 42n;
    for (let i = 0; i < VALUES; i++) {
        state = (state + 0x9e3779b97f4a7c15n) & all;
        let x = state;
        x = ((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n) & all;
        x = ((x ^ (x >> 27n)) * 0x94d049bb133111ebn) & all;
        x ^= x >> 31n;
        list.push(Number((1024n + (x & 1023n)) << ((x >> 10n) % 12n)) / 2 ** 18);
    }
    return list;
}

// ---- the work ----

const registers = [new client.Registry()];
const counter = new client.Counter({ name: 'c_total', help: 'C.', registers });
const histogram = new client.Histogram({
    name: 'h', help: 'H.', registers,
    buckets: [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10],
});
const family = new client.Counter({
    name: 'requests_total', help: 'Requests.', labelNames: ['method', 'path'],
    registers,
});
const value = values();
const method = [], path = [];
for (let i = 0; i < KEYS; i++) {
    method.push(`m${i % 10}`);
    path.push(`/api/v1/items/${Math.floor(i / 10)}`);
    family.labels(method[i], path[i]);
}
const kept = family.labels(method[KEPT], path[KEPT]);

const operations = {
    inc: { metric: counter, loop: (at) => {
        for (let i = 0; i < BATCH; i++) counter.inc();
        return at;
    } },
    observe: { metric: histogram, loop: (at) => {
        for (let i = 0; i < BATCH; i++) histogram.observe(value[at++ % VALUES]);
        return at % VALUES;
    } },
    hit: { metric: family, loop: (at) => {
        for (let i = 0; i < BATCH; i++) {
            family.labels(method[at], path[at]).inc();
            at = (at + STEP) % KEYS;
        }
        return at;
    } },
    cached: { metric: family, loop: (at) => {
        for (let i = 0; i < BATCH; i++) kept.inc();
        return at;
    } },
};

// What was counted; in a histogram, only if the sum of the values agrees.
async function total(metric) {
    const found = { count: 0, sum: 0, counter: 0 };
    for (const v of (await metric.get()).values) {
        if (metric !== histogram) found.counter += v.value;
        else if (v.metricName === 'h_count') found.count += v.value;
        else if (v.metricName === 'h_sum') found.sum += v.value;
    }
    const round = value.reduce((a, b) => a + b);
    return found.sum === found.count / VALUES * round
        ? found.counter + found.count : NaN;
}

// ---- a trial ----

function until(state, loop, end) {
    let n = 0;
    do {
        state.at = loop(state.at);
        n += BATCH;
        state.end = now();
    } while (state.end < end);
    state.all += n;
    return n;
}

async function trial(operation, warm, measure) {
    const { metric, loop } = operations[operation];
    const before = await total(metric);
    const state = { at: 0, all: 0, end: 0 };
    const start = now();
    until(state, loop, start + warm);
    const waiting = waited(), begin = now();
    const updates = until(state, loop, start + warm + measure);
    const stolen = waited() - waiting;
    return [updates, state.end - begin, state.all,
        await total(metric) - before, stolen].join(' ');
}

async function main() {
    for (const name of Object.keys(operations)) await trial(name, WARM_UP, 0);
    console.log('ready');
    for await (const line of readline.createInterface({ input: process.stdin })) {
        const [operation, threads, warm, measure] = line.split(' ');
        if (!operations[operation] || threads !== '1') process.exit(2);
        console.log(await trial(operation, Number(warm), Number(measure)));
    }
}

main();
