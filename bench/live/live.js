/* SPDX-License-Identifier: MIT
 *
 * live.js - shows what hammer measures: the rows of live_* in /metrics
 *
 * Keys are read in the terminal, where the threads are started: this page only
 * looks. direct.js reads the text.
 */
'use strict';
const EVERY_MS = 250;
const SERIES = /^live_(updates_per_second|lost_ratio|running|key){design="(.*)"}$/;
const $ = id => document.getElementById(id);

/* design -> {updates_per_second, lost_ratio, running, key}, by their keys */
function designs(page) {
    const out = new Map();
    for (const [series, value] of page) {
        const [, kind, name] = SERIES.exec(series) ?? [];
        if (kind)
            out.set(name, {...out.get(name), [kind]: value});
    }
    return new Map([...out].sort(([, a], [, b]) => a.key - b.key));
}

function row(name, d) {
    const tr = $('rows').tBodies[0].insertRow();
    for (const kind of ['key', 'name', 'bar', 'speed', 'lost'])
        tr.insertCell().className = kind;
    tr.cells[0].textContent = d.key;
    tr.cells[1].textContent = name;
    tr.cells[2].append(document.createElement('div'));
    return tr;
}

const speed = d => d.updates_per_second ? (d.updates_per_second / 1e6).toFixed(1) : '–';
const lost = d => !d.updates_per_second ? '' :
    d.lost_ratio ? (100 * d.lost_ratio).toFixed(1) + ' %' : 'none';

function show(all) {
    const most = Math.max(...[...all.values()].map(d => d.updates_per_second), 1);
    [...all].forEach(([name, d], i) => {
        const tr = $('rows').tBodies[0].rows[i] ?? row(name, d);
        tr.className = d.running ? 'running' : '';
        tr.cells[2].firstChild.style.width = 100 * d.updates_per_second / most + '%';
        tr.cells[3].textContent = speed(d);
        tr.cells[4].textContent = lost(d);
        tr.cells[4].className = d.lost_ratio ? 'lost some' : 'lost';
    });
    const [name, d] = [...all].find(([, d]) => d.running) ?? [];
    $('story').hidden = name !== 'racy' || !$('story').querySelector('pre').textContent;
    say(name, d);
}

/* In words, when another design runs: for who hears the page. */
function say(name, d) {
    if (!name || $('spoken').dataset.name === name)
        return;
    $('spoken').dataset.name = name;
    $('spoken').textContent = `${name}: ${speed(d)} million updates a second, lost: ${lost(d)}`;
}

async function start() {
    const story = await (await fetch('timeline.txt')).text();
    $('story').querySelector('pre').textContent = story.trimEnd();
    for (;;) {
        const answer = await fetch('/metrics');
        if (answer.ok) {
            const page = direct.parse(await answer.text());
            $('source').textContent = `${page.get('live_threads')} threads; pick a design in the terminal`;
            show(designs(page));
        }
        await new Promise(done => setTimeout(done, EVERY_MS));
    }
}
start();
