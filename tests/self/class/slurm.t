#!/bin/sh
# SPDX-License-Identifier: MIT
#
# slurm.t - a class on two nodes of Slurm, one of them killed half-way: the
# same tables as on one machine. Only with ABACUS_LONG=1
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
[ -n "${ABACUS_LONG:-}" ] || {
    echo '1..0 # SKIP ABACUS_LONG=1 starts a Slurm of two nodes'
    exit 0
}
for tool in slurmctld slurmd munged; do
    command -v $tool >/dev/null && continue
    echo "1..0 # SKIP $tool is not installed: apt-get install slurm-wlm munge"
    exit 0
done
[ "$(id -u)" = 0 ] || {
    echo '1..0 # SKIP it takes root to start a Slurm'
    exit 0
}
need parallel unshare
world
[ "$ABACUS_WORLD" = ready ] || {
    echo '1..0 # SKIP it takes namespaces'
    exit 0
}

# ---- Slurm ----

# Slurm resolves names only where an address is more than loopback.
ip link set lo up && ip addr add 10.9.9.1/32 dev lo
host=$(hostname -s)
export SLURM_CONF=$t/slurm.conf
mkdir -p "$t/state"
dd if=/dev/urandom of="$t/munge.key" bs=1 count=1024 2>/dev/null
chmod 400 "$t/munge.key"
cat >"$SLURM_CONF" <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$t/munge.sock
StateSaveLocation=$t/state
SlurmdSpoolDir=$t/spool.%n
SlurmctldPidFile=$t/ctld.pid
SlurmdPidFile=$t/%n.pid
SlurmctldLogFile=$t/ctld.log
SlurmdLogFile=$t/%n.log
SlurmctldPort=16817
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobRequeue=1
ReturnToService=2
SlurmdTimeout=10
JobCompType=jobcomp/none
NodeName=n[1-2] NodeHostname=$host NodeAddr=127.0.0.1 Port=[16821-16822] CPUs=1
PartitionName=grade Nodes=ALL Default=YES State=UP
END
munged --key-file="$t/munge.key" --socket="$t/munge.sock" --force \
    --pid-file="$t/munge.pid" --log-file="$t/munge.log" \
    --seed-file="$t/munge.seed" 2>"$t/err"
slurmctld -i >"$t/out" 2>&1
slurmd -N n1
slurmd -N n2
waited=0
until [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 2 ] || [ $waited -ge 600 ]; do
    sleep 0.2
    waited=$((waited + 1))
done
check 'two nodes are up' [ $waited -lt 600 ]

# ---- a class of six, here and there ----

in=$t/in
echo 'id,name' >"$t/roster.csv"
for s in a b c d e f; do
    echo "$s,Student $s" >>"$t/roster.csv"
    mkdir -p "$in/$s"
    cp "$tally" "$in/$s"
done
cp "$root/labs/00-race/tally.c" "$in/b"
cp "$root/tests/mutants/00-race/load-add-store.c" "$in/c/tally.c"

from=$(date +%s)
class "$in" --roster "$t/roster.csv" --out "$t/here" --lab 00
here=$(($(date +%s) - from))
check 'graded here' exited 0
from=$(date +%s)
(cd "$root" && exec timeout 1200 build/bin/grade class "$in" --roster \
    "$t/roster.csv" --out "$t/there" --lab 00 --engine slurm) \
    </dev/null >"$t/out" 2>"$t/err" &
pid=$!
waited=0
until [ -n "$(squeue -h -t running -w n2 -o %i 2>/dev/null)" ] ||
    [ $waited -ge 600 ]; do
    sleep 0.2
    waited=$((waited + 1))
done
check 'the second node grades' [ $waited -lt 600 ]
# The node is lost with all that runs on it.
kill -KILL "$(cat "$t/n2.pid")"
for step in $(grep -l slurmstepd /proc/[0-9]*/comm 2>/dev/null); do
    p=${step#/proc/}
    tr '\0' ' ' <"/proc/${p%/comm}/cmdline" 2>/dev/null | grep -q . &&
        kill -KILL "${p%/comm}" 2>/dev/null
done
wait $pid
status=$?
echo "# graded here in $here s, there in $(($(date +%s) - from)) s"
check 'graded there, with a node lost' exited 0
check 'the tables are the same' same_tables "$t/here" "$t/there"
again() {
    class "$in" --roster "$t/roster.csv" --out "$t/there" --lab 00 --engine slurm
    exited 0 && out_says 'nothing is missing'
}
check 'and nothing is missing' again

scontrol shutdown >/dev/null 2>&1
kill "$(cat "$t/munge.pid")" 2>/dev/null
for d in slurmd n1; do
    [ ! -e "$t/$d.pid" ] || kill "$(cat "$t/$d.pid")" 2>/dev/null
done
finish
