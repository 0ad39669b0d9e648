/* SPDX-License-Identifier: MIT
 *
 * drive.js - looks at the demo's page in a headless Chromium, and prints TAP
 *
 *     node drive.js PLAYWRIGHT URL SCREENSHOT [light|dark] FIRST
 *
 * FIRST is the number of the first test. It waits for conditions: that every
 * panel has a number or a line, and that the numbers change.
 */
'use strict';
const [, , library, url, screenshot, scheme, first] = process.argv;
const {chromium} = require(library);
const {check, status} = require('./tap.js')(first);

const numbers = page => page.$$eval('.number', all => all.map(e => e.textContent));

(async () => {
    const browser = await chromium.launch({executablePath: '/usr/bin/chromium', args: ['--no-sandbox']});
    const page = await browser.newPage({viewport: {width: 1600, height: 900}, colorScheme: scheme});
    const said = [];
    page.on('console', m => ['error', 'warning'].includes(m.type()) && said.push(m.text()));
    page.on('pageerror', e => said.push(String(e)));
    try {
        await page.goto(url);
        await page.waitForFunction(() => document.querySelectorAll('.number').length === 4 &&
            [...document.querySelectorAll('.number')].every(e => /^[0-9]/.test(e.textContent)) &&
            document.querySelectorAll('canvas').length >= 2, null, {timeout: 60000});
        const before = await numbers(page);
        check('every panel shows a number or a line', true);
        await page.waitForFunction(old => [...document.querySelectorAll('.number')]
            .some((e, i) => e.textContent !== old[i]), before, {timeout: 60000});
        check(`the numbers move: ${before} then ${await numbers(page)}`, true);
        await page.waitForTimeout(Number(process.env.LOOK_MS ?? 0));
        await page.screenshot({path: screenshot});
        const wide = await page.evaluate(() => [...document.querySelectorAll('section')]
            .filter(e => e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight)
            .map(e => e.textContent));
        check('nothing is cut off', wide.length === 0, wide.join('; '));
        const silent = await page.$$eval('section', all => all.filter(e =>
            !/from [0-9].* to [0-9]/.test(e.querySelector('.spoken').textContent)).map(e => e.textContent));
        check('each panel says in words what it shows', silent.length === 0, silent.join('; '));
        const reached = [];
        for (const panel of await page.$$('section')) {
            await page.keyboard.press('Tab');
            reached.push(await panel.evaluate(e => e === document.activeElement &&
                getComputedStyle(e).outlineStyle !== 'none'));
        }
        check('the Tab key goes from panel to panel, and it shows', reached.every(Boolean), reached);
        const marks = await page.$$eval('.legend', all => all.map(names =>
            [...names.children].map(e => e.textContent.split(' ')[0]).filter(Boolean)));
        const watched = await page.evaluate(async () => (await (await fetch('source.json')).json()).prometheus);
        check('lines of a panel differ without their colours', marks.every(m =>
            new Set(m).size === m.length && (!watched || m.length > 1)), JSON.stringify(marks));
    } catch (e) {
        check('the page shows moving numbers', false, String(e).split('\n')[0]);
    }
    check('the browser has no complaint', said.length === 0, said.join('; '));
    await browser.close();
    process.exit(status());
})();
