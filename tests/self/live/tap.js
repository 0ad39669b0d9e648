/* SPDX-License-Identifier: MIT
 *
 * tap.js - prints TAP, from the test of that number on
 */
'use strict';
module.exports = first => {
    let number = Number(first), failed = 0;
    return {
        check(what, fine, why) {
            console.log(`${fine ? '' : 'not '}ok ${number++} - ${what}`);
            if (!fine) {
                failed++;
                console.log(`#   ${why}`);
            }
        },
        status: () => failed ? 1 : 0,
    };
};
