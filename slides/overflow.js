// SPDX-License-Identifier: MIT
//
// overflow.js - which pages of a deck hold more than fits
//
// check.sh puts this at the end of a rendered deck and lets Chromium run it.
// What it finds stands in the page's title, a line a finding.
'use strict';

const WIDTH = 1280;
const FOOTER = 52; // in the slide's own pixels: the page number lives there

function findingsOf(section, page) {
    const box = section.getBoundingClientRect();
    const scale = box.width / WIDTH;
    const findings = [];
    for (const e of section.querySelectorAll('*')) {
        if (e.closest('footer'))
            continue;
        const r = e.getBoundingClientRect();
        const what = `${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 30)}"`;
        if (r.bottom > box.bottom - FOOTER * scale + 1)
            findings.push(`page ${page}: ${what} is ${Math.round((r.bottom - box.bottom) / scale + FOOTER)} pixels too low`);
        else if (r.right > box.right + 1 || e.scrollWidth > e.clientWidth + 1 && e.tagName === 'PRE')
            findings.push(`page ${page}: ${what} is too wide`);
        else if (e.tagName === 'IMG' && !e.naturalWidth)
            findings.push(`page ${page}: an image is not shown`);
    }
    return findings.slice(0, 2);
}

function look() {
    const sections = [...document.querySelectorAll('section')];
    const all = sections.flatMap((s, i) => findingsOf(s, i + 1));
    document.title = [`pages ${sections.length}`, ...all].join('\n');
}

// Marp shrinks code that is too wide, some frames after the page is loaded.
// The time is the browser's virtual time: nobody waits for it.
window.addEventListener('load', () => setTimeout(look, 3000));
