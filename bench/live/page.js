/* SPDX-License-Identifier: MIT
 *
 * page.js - draws dashboard.json, the file that Grafana would read
 *
 * The numbers come from the Prometheus that serves this page, on the same
 * origin; where there is none, direct.js makes them from /metrics.
 */
'use strict';
const SPAN = 120, WINDOW = '30s';
/* A line is known by its colour, and by its dashes to who does not see that. */
const LOOKS = [{colour: '--a', dash: [], mark: '━━━'}, {colour: '--b', dash: [16, 10], mark: '╍ ╍'},
               {colour: '--c', dash: [4, 8], mark: '┅┅┅'}, {colour: '--d', dash: [24, 8, 4, 8], mark: '━ ∙'}];
const look = (l, i) => LOOKS[l.name === 'error' ? 1 : l.name === 'ok' ? 0 : i % 4];
const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const FORMATS = {
    reqps: v => v.toFixed(1) + ' /s',
    percentunit: v => (100 * v).toFixed(1) + ' %',
    s: v => v < 1 ? (1000 * v).toFixed(0) + ' ms' : v.toFixed(2) + ' s',
    bytes: v => (v / 1048576).toFixed(0) + ' MiB',
};
const format = panel => FORMATS[panel.fieldConfig.defaults.unit] ?? (v => v.toFixed(2));
const substituted = e => e.replaceAll('$__rate_interval', WINDOW).replaceAll('$__interval', '1s');

async function ask(what, parameters) {
    const answer = await fetch('/api/v1/' + what + '?' + new URLSearchParams(parameters));
    if (!answer.ok)
        throw new Error('Prometheus answers ' + answer.status);
    return (await answer.json()).data.result;
}

const legend = (target, metric) =>
    (target.legendFormat ?? '').replace(/{{\s*(\w+)\s*}}/g, (_, key) => metric[key] ?? '');

/* [{name, points: [[time, number], ...]}, ...] of a panel */
async function lines(panel, watched, end) {
    if (!watched)
        return [{name: '', points: direct.line(panel.fieldConfig.defaults.unit)}];
    const out = [];
    for (const target of panel.targets) {
        const query = substituted(target.expr);
        for (const r of await ask('query_range', {query, start: end - SPAN, end, step: 1}))
            out.push({name: legend(target, r.metric),
                      points: r.values.map(([t, v]) => [t, Number(v)]).filter(p => Number.isFinite(p[1]))});
    }
    return out;
}

function place(panel) {
    const box = document.createElement('section'), head = document.createElement('h2');
    const {x, y, w, h} = panel.gridPos;
    box.style.gridArea = `${y + 1} / ${x + 1} / span ${h} / span ${w}`;
    head.textContent = panel.title;
    panel.body = document.createElement('div');
    panel.spoken = document.createElement('p');
    panel.spoken.className = 'spoken';
    box.tabIndex = 0;
    box.append(head, panel.body, panel.spoken);
    document.getElementById('grid').append(box);
    panel.box = box;
}

/* What the panel shows, in words: for who hears the page. */
function say(panel, all) {
    const shown = format(panel);
    panel.spoken.textContent = all.filter(l => l.points.length).map(l => {
        const numbers = l.points.map(p => p[1]);
        return `${l.name || 'now'} ${shown(numbers.at(-1))}, in ${SPAN} seconds ` +
            `from ${shown(Math.min(...numbers))} to ${shown(Math.max(...numbers))}`;
    }).join('; ') || 'no number yet';
}

function showNumber(panel, all) {
    const last = all[0]?.points.at(-1);
    panel.body.className = 'number';
    panel.body.textContent = last ? format(panel)(last[1]) : '–';
}

function showChart(panel, all, end) {
    const times = Array.from({length: SPAN + 1}, (_, i) => end - SPAN + i);
    const data = [times, ...all.map(l => {
        const at = new Map(l.points);
        return times.map(t => at.get(t) ?? null);
    })];
    if (panel.drawn === all.length) {
        panel.plot.setData(data);
        return;
    }
    panel.drawn = all.length;
    panel.body.textContent = '';
    const names = document.createElement('div');
    names.className = 'legend';
    all.forEach((l, i) => {
        const name = document.createElement('span');
        name.style.color = style(look(l, i).colour);
        name.textContent = l.name && look(l, i).mark + ' ' + l.name;
        names.append(name);
    });
    panel.body.append(names);
    const axis = {stroke: style('--text'), font: '20px DejaVu Sans, sans-serif',
                  grid: {stroke: style('--edge')}, size: 44};
    panel.plot = new uPlot({
        width: panel.box.clientWidth - 22, height: panel.box.clientHeight - 90,
        series: [{}, ...all.map((l, i) => ({stroke: style(look(l, i).colour), dash: look(l, i).dash,
                                            width: 5, spanGaps: true, points: {show: false}}))],
        scales: {y: {range: (u, low, high) => [0, 1.1 * high || 1]}},
        axes: [{...axis, space: 160},
               {...axis, size: 130, values: (u, v) => v.map(format(panel))}],
    }, data, panel.body);
}

async function start() {
    const board = await (await fetch('dashboard.json')).json();
    const kind = await (await fetch('source.json')).json();
    document.getElementById('title').textContent = board.title;
    document.getElementById('source').textContent =
        kind.prometheus ? 'Prometheus, a scrape each second' : 'without Prometheus: read from /metrics';
    board.panels.forEach(place);
    for (;;) {
        const end = Math.floor(Date.now() / 1000);
        if (!kind.prometheus)
            await direct.scrape();
        for (const panel of board.panels) {
            const all = await lines(panel, kind.prometheus, end);
            say(panel, all);
            if (panel.type === 'stat')
                showNumber(panel, all);
            else if (all.some(l => l.points.length > 1))
                showChart(panel, all, end);
        }
        await new Promise(done => setTimeout(done, 1000));
    }
}
start();
