#!/bin/sh
# SPDX-License-Identifier: MIT
#
# apart.sh - gives a command a /tmp and a /dev/shm of its own; run by the engine
# in the namespaces that it has made
#
#     unshare -m -p ... -- sh apart.sh COMMAND...
#
# Criterion's runner listens at /tmp/criterion_PID.sock, and Boxfort shares
# memory at /dev/shm/bxfi_PID. Two classes that are graded at once have the same
# PIDs, each in its namespace; and a judge that is killed removes neither file.
# What lay in /tmp as a folder is there as before, and only what is new at the
# top of it is apart: submissions and marks may lie in /tmp.
#
# This shell is the first process of the namespace: it buries the orphans.

mount_new() {
    mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$1"
}

cd /tmp && mount_new /dev/shm && mount_new /tmp || exit 126
# the working folder is still the one below the new /tmp
for d in .[!.]* *; do
    if [ -L "$d" ] || [ ! -d "$d" ]; then
        continue
    fi
    mkdir "/tmp/$d" &&
        mount --no-canonicalize --rbind "./$d" "/tmp/$d" || exit 126
done
cd / || exit 126

if [ "$(id -u)" != 0 ]; then # the rights to mount end here
    setpriv --inh-caps=-all --ambient-caps=-all "$@"
else
    "$@"
fi
exit $?
