# SPDX-License-Identifier: MIT
"""The operations of work.h, with client_python; speaks as harness/peer.h says.

One thread at a time runs Python, so two are not faster than one. What is
measured is what a program sees.
"""
import os
import sys
import threading
import time

from prometheus_client import CollectorRegistry, Counter, Histogram

BATCH = 4096  # updates between two looks at the clock
VALUES, KEYS, STEP, APART, KEPT = 1024, 1000, 389, 7919, 7
ALL = 2**64 - 1
DEFAULT = (.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)

now = time.monotonic_ns


def waited():
    """How long the calling thread has been ready, but had no processor."""
    try:
        with open("/proc/thread-self/schedstat") as f:
            return int(f.read().split()[1])
    except OSError:
        return 0


def values():
    state = 42
    for _ in range(VALUES):
        state = (state + 0x9e3779b97f4a7c15) & ALL
        x = state
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9 & ALL
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb & ALL
        x ^= x >> 31
        yield ((1024 + (x & 1023)) << ((x >> 10) % 12)) / 2**18


# ---- the work ----

registry = CollectorRegistry()
counter = Counter("c_total", "C.", registry=registry)
histogram = Histogram("h", "H.", registry=registry, buckets=DEFAULT)
family = Counter("requests_total", "Requests.", ["method", "path"],
                 registry=registry)
value = list(values())
method = ["m%d" % (i % 10) for i in range(KEYS)]
path = ["/api/v1/items/%d" % (i // 10) for i in range(KEYS)]
for i in range(KEYS):
    family.labels(method[i], path[i])
kept = family.labels(method[KEPT], path[KEPT])


def inc(at):
    for _ in range(BATCH):
        counter.inc()
    return at


def observe(at):
    for i in range(at, at + BATCH):
        histogram.observe(value[i % VALUES])
    return at + BATCH


def hit(at):
    for _ in range(BATCH):
        family.labels(method[at], path[at]).inc()
        at = (at + STEP) % KEYS
    return at


def cached(at):
    for _ in range(BATCH):
        kept.inc()
    return at


LOOPS = {"inc": inc, "observe": observe, "hit": hit, "cached": cached}
FAMILIES = {"inc": "c", "observe": "h", "hit": "requests",
            "cached": "requests"}


def total(name):
    """What was counted in that family; of a histogram, only if the sum of the
    values agrees."""
    found = {"_total": 0, "_count": 0, "_sum": 0}
    for f in registry.collect():
        for s in f.samples:
            ending = s.name[len(name):]
            if f.name == name and ending in found:
                found[ending] += s.value
    if found["_sum"] != found["_count"] / VALUES * sum(value):
        return -1
    return found["_total"] + found["_count"]


# ---- a trial ----

class Thread(threading.Thread):
    def __init__(self, number, cpu, loop, warm, measure, go):
        super().__init__()
        self.at, self.cpu, self.loop, self.go = number * APART % KEYS, cpu, loop, go
        self.warm, self.measure = warm, measure
        self.all = 0
        self.failed = True

    def until(self, end):
        n = 0
        while True:
            self.at = self.loop(self.at)
            n += BATCH
            self.end = now()
            if self.end >= end:
                self.all += n
                return n

    def run(self):
        os.sched_setaffinity(0, {self.cpu})  # of this thread alone
        self.go.wait()
        start = now()
        self.until(start + self.warm)
        self.stolen = waited()
        self.begin = now()
        self.updates = self.until(start + self.warm + self.measure)
        self.stolen = waited() - self.stolen
        self.failed = False


def trial(operation, warm, measure, cpus):
    go = threading.Barrier(len(cpus))
    before = total(FAMILIES[operation])
    threads = [Thread(i, cpu, LOOPS[operation], warm, measure, go)
               for i, cpu in enumerate(cpus)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
        if t.failed:
            sys.exit(3)
    return (sum(t.updates for t in threads),
            max(t.end for t in threads) - min(t.begin for t in threads),
            sum(t.all for t in threads),
            int(total(FAMILIES[operation]) - before),
            max(t.stolen for t in threads))


def main():
    print("ready", flush=True)
    for line in sys.stdin:
        operation, _, warm, measure, cpus = line.split()
        print(*trial(operation, int(warm), int(measure),
                     [int(c) for c in cpus.split(",")]), flush=True)


main()
