#!/bin/sh
# SPDX-License-Identifier: MIT
#
# lint.t - format, warnings of both compilers, scripts
for tool in clang clang-format shellcheck; do
    command -v $tool >/dev/null && continue
    if [ "${CI:-}" = true ]; then
        printf '1..1\nnot ok 1 - %s is not installed\n' $tool
        exit 1
    fi
    echo "1..0 # SKIP $tool is not installed"
    exit 0
done
echo 1..1
if said=$(NO_INSTALL=1 make -s lint 2>&1); then
    echo 'ok 1 - make lint has nothing to say'
else
    echo 'not ok 1 - make lint has nothing to say'
    echo "$said" | tail -n 20 | sed 's/^/#   /'
fi
