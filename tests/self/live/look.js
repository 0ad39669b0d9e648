/* SPDX-License-Identifier: MIT
 *
 * look.js - looks at the page of make live in a headless Chromium, and prints TAP
 *
 *     node look.js PLAYWRIGHT URL FOLDER FIRST 3>KEYS
 *
 * FIRST is the number of the first test; keys are written to descriptor 3;
 * screenshots go to FOLDER. It waits for conditions.
 */
'use strict';
const fs = require('fs');
const [, , library, url, folder, first] = process.argv;
const {chromium} = require(library);
const {check, status} = require('./tap.js')(first);

const runs = (page, name) => page.waitForFunction(n =>
    document.querySelector('tr.running .name')?.textContent === n, name, {timeout: 30000});
const speed = page => page.textContent('tr.running .speed');

async function look(page) {
    await page.goto(url);
    await runs(page, 'thread-local');
    check('the page has the design that runs', await page.textContent('tr.running .key') === '6',
          await page.textContent('#rows'));
    const before = await speed(page);
    await page.waitForFunction(old => document.querySelector('tr.running .speed').textContent !== old,
                               before, {timeout: 30000});
    check(`its number moves: ${before}, ${await speed(page)}`, true);
    check('without the schedule', await page.isHidden('#story'), 'it is there');
    fs.writeSync(3, '1');
    await runs(page, 'racy');
    check('a key in the terminal switches the page', await page.textContent('tr.running .key') === '1',
          await page.textContent('#rows'));
    const story = await page.textContent('#story pre');
    check('beside racy stands the schedule', await page.isVisible('#story') && /lost-update\.c:17/.test(story), story);
    await page.waitForFunction(() => /^racy: .* lost: /.test(document.getElementById('spoken').textContent));
    await page.screenshot({path: `${folder}/live-${await page.evaluate(() =>
        matchMedia('(prefers-color-scheme: dark)').matches) ? 'dark' : 'light'}.png`});
    const cut = await page.evaluate(() => [...document.querySelectorAll('td, section')]
        .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent).concat(
            document.documentElement.scrollHeight > innerHeight ? ['the page is higher than the screen'] : []));
    check('nothing is cut off', cut.length === 0, cut.join('; '));
}

(async () => {
    const browser = await chromium.launch({executablePath: '/usr/bin/chromium', args: ['--no-sandbox']});
    const page = await browser.newPage({viewport: {width: 1600, height: 900},
                                        colorScheme: process.env.SCHEME ?? 'dark'});
    const said = [];
    page.on('console', m => ['error', 'warning'].includes(m.type()) && said.push(m.text()));
    page.on('pageerror', e => said.push(String(e)));
    await look(page).catch(e => check('the page follows', false, String(e).split('\n')[0]));
    check('the browser has no complaint', said.length === 0, said.join('; '));
    await browser.close();
    process.exit(status());
})();
