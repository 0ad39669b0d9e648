// SPDX-License-Identifier: MIT
//
// main.rs - the operations of work.h, with rust-prometheus; speaks as
// harness/peer.h says
use prometheus::{
    proto::MetricType, Counter, CounterVec, Histogram, HistogramOpts, Opts, Registry,
};
use std::io::{BufRead, Write};
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

const BATCH: i64 = 4096; // updates between two looks at the clock
const VALUES: usize = 1024;
const KEYS: usize = 1000;
const STEP: usize = 389;
const APART: usize = 7919;
const KEPT: usize = 7;

// How long the calling thread has been ready, but had no processor.
fn waited() -> i64 {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|s| s.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}

extern "C" {
    fn sched_setaffinity(pid: i32, size: usize, set: *const u64) -> i32;
}

// Keeps the calling thread on one CPU.
fn pin(cpu: usize) {
    let mut set = [0u64; 128];
    set[cpu / 64] = 1 << (cpu % 64);
    // The C library is linked anyway; it reads so many bytes of the set.
    let err = unsafe { sched_setaffinity(0, std::mem::size_of_val(&set), set.as_ptr()) };
    assert_eq!(err, 0, "cannot stay on CPU {}", cpu);
}

// ---- the work ----

struct Work {
    epoch: Instant,
    registry: Registry,
    counter: Counter,
    histogram: Histogram,
    family: CounterVec,
    kept: Counter,
    value: Vec<f64>,
    method: Vec<String>,
    path: Vec<String>,
}

fn values() -> Vec<f64> {
    let mut state: u64 = 42;
    (0..VALUES)
        .map(|_| {
            state = state.wrapping_add(0x9e3779b97f4a7c15);
            let mut x = state;
            x = (x ^ (x >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94d049bb133111eb);
            x ^= x >> 31;
            ((1024 + (x & 1023)) << ((x >> 10) % 12)) as f64 / (1u64 << 18) as f64
        })
        .collect()
}

impl Work {
    fn new() -> Work {
        let registry = Registry::new();
        let counter = Counter::new("c_total", "C.").unwrap();
        let histogram = Histogram::with_opts(HistogramOpts::new("h", "H.")).unwrap();
        let family =
            CounterVec::new(Opts::new("requests_total", "Requests."), &["method", "path"]).unwrap();
        registry.register(Box::new(counter.clone())).unwrap();
        registry.register(Box::new(histogram.clone())).unwrap();
        registry.register(Box::new(family.clone())).unwrap();
        let method: Vec<String> = (0..KEYS).map(|i| format!("m{}", i % 10)).collect();
        let path: Vec<String> = (0..KEYS).map(|i| format!("/api/v1/items/{}", i / 10)).collect();
        for i in 0..KEYS {
            family.with_label_values(&[&method[i], &path[i]]);
        }
        let kept = family.with_label_values(&[&method[KEPT], &path[KEPT]]);
        let (epoch, value) = (Instant::now(), values());
        Work { epoch, registry, counter, histogram, family, kept, value, method, path }
    }

    fn now(&self) -> i64 {
        self.epoch.elapsed().as_nanos() as i64
    }

    // What was counted in the family of that name; of a histogram, only if the
    // sum of the values agrees.
    fn total(&self, name: &str) -> f64 {
        let round: f64 = self.value.iter().sum();
        let mut sum = 0.0;
        for f in self.registry.gather().iter().filter(|f| f.get_name() == name) {
            for m in f.get_metric() {
                if f.get_field_type() == MetricType::COUNTER {
                    sum += m.get_counter().get_value();
                    continue;
                }
                let n = m.get_histogram().get_sample_count() as f64;
                if m.get_histogram().get_sample_sum() == n / VALUES as f64 * round {
                    sum += n;
                }
            }
        }
        sum
    }
}

// ---- a trial ----

struct Plan {
    warm: i64,
    measure: i64,
    cpus: Vec<usize>,
}

#[derive(Default)]
struct Thread {
    begin: i64,
    end: i64,
    updates: i64,
    all: i64,
    stolen: i64,
}

// Updates until then, and at least one batch. Returns how many and the time.
fn until(w: &Work, end: i64, at: &mut usize, update: &impl Fn(&mut usize)) -> (i64, i64) {
    let mut n = 0;
    loop {
        for _ in 0..BATCH {
            update(at);
        }
        n += BATCH;
        let time = w.now();
        if time >= end {
            return (n, time);
        }
    }
}

fn trial(w: &Work, p: &Plan, name: &str, update: impl Fn(&mut usize) + Sync) -> String {
    let (ready, start) = (AtomicUsize::new(0), AtomicI64::new(0));
    let before = w.total(name);
    let (r, s, u) = (&ready, &start, &update);
    let threads: Vec<Thread> = std::thread::scope(|scope| {
        let running: Vec<_> = (p.cpus.iter().enumerate())
            .map(|(i, &cpu)| {
                scope.spawn(move || {
                    let mut t = Thread::default();
                    let mut at = i * APART % KEYS;
                    pin(cpu);
                    r.fetch_add(1, SeqCst);
                    while s.load(SeqCst) == 0 {
                        std::thread::yield_now();
                    }
                    let start = s.load(SeqCst);
                    t.all = until(w, start + p.warm, &mut at, u).0;
                    t.stolen = waited();
                    t.begin = w.now();
                    (t.updates, t.end) = until(w, start + p.warm + p.measure, &mut at, u);
                    t.stolen = waited() - t.stolen;
                    t.all += t.updates;
                    t
                })
            })
            .collect();
        while ready.load(SeqCst) < p.cpus.len() {
            std::thread::sleep(Duration::from_micros(20));
        }
        start.store(w.now(), SeqCst);
        running.into_iter().map(|t| t.join().unwrap()).collect()
    });
    format!(
        "{} {} {} {} {}",
        threads.iter().map(|t| t.updates).sum::<i64>(),
        threads.iter().map(|t| t.end).max().unwrap()
            - threads.iter().map(|t| t.begin).min().unwrap(),
        threads.iter().map(|t| t.all).sum::<i64>(),
        (w.total(name) - before) as i64,
        threads.iter().map(|t| t.stolen).max().unwrap(),
    )
}

fn answer(w: &Work, line: &str) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let p = Plan {
        warm: words.get(2)?.parse().ok()?,
        measure: words.get(3)?.parse().ok()?,
        cpus: words.get(4)?.split(',').filter_map(|c| c.parse().ok()).collect(),
    };
    match words[0] {
        "inc" => Some(trial(w, &p, "c_total", |_| w.counter.inc())),
        "observe" => Some(trial(w, &p, "h", |at| {
            w.histogram.observe(w.value[*at % VALUES]);
            *at += 1;
        })),
        "hit" => Some(trial(w, &p, "requests_total", |at| {
            w.family.with_label_values(&[&w.method[*at], &w.path[*at]]).inc();
            *at = (*at + STEP) % KEYS;
        })),
        "cached" => Some(trial(w, &p, "requests_total", |_| w.kept.inc())),
        _ => None,
    }
}

fn main() {
    let w = Work::new();
    let mut out = std::io::stdout();
    writeln!(out, "ready").unwrap();
    for line in std::io::stdin().lock().lines() {
        match answer(&w, &line.unwrap()) {
            Some(text) => writeln!(out, "{}", text).unwrap(),
            None => std::process::exit(2),
        }
        out.flush().unwrap();
    }
}
