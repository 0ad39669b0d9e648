/* SPDX-License-Identifier: MIT
 *
 * serve.js - without a Prometheus: the page, and /metrics of the service, on
 * one origin
 *
 *     node serve.js FOLDER http://127.0.0.1:PORT/metrics
 *
 * Prints its address, and ends with a signal.
 */
'use strict';
const fs = require('fs'), http = require('http'), path = require('path');
const [, , folder, metrics] = process.argv;
const types = {'.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json'};

function file(name, out) {
    const at = path.join(folder, path.basename(name));
    fs.readFile(at, (error, bytes) => {
        out.writeHead(error ? 404 : 200, {'Content-Type': types[path.extname(at)] ?? 'text/plain'});
        out.end(error ? 'not here\n' : bytes);
    });
}

const server = http.createServer((ask, out) => {
    const name = ask.url.split('?')[0];
    if (name !== '/metrics')
        return file(name === '/user/' ? 'index.html' : name, out);
    http.get(metrics, page => page.pipe(out)).on('error', () => {
        out.writeHead(502);
        out.end('the service does not answer\n');
    });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/user/`));
