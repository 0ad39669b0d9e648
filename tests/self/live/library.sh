#!/bin/sh
# SPDX-License-Identifier: MIT
#
# library.sh - what drives a browser in the tests of the pages, fetched once into
# build/live, with what `make demo` fetches there: npm removes what it is not told
[ ! -e build/live/node_modules/playwright-core ] || exit 0
mkdir -p build/live
exec npm install --prefix build/live --no-fund --no-audit --no-save --silent \
    playwright-core@1.65.1 "$(sed -n 's/^UPLOT := //p' Makefile)" \
    >build/live/npm.log 2>&1
