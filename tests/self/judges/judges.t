#!/bin/sh
# SPDX-License-Identifier: MIT
#
# judges.t - wrong, right and hostile submissions get what they should
#
# With gcc's drivers; ABACUS_LONG=1 and `make judge-the-judges` take clang's, too.
[ -n "${ABACUS_LONG:-}" ] || set -- --cc gcc
exec build/bin/judges --tap "$@"
