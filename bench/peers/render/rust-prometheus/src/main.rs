// SPDX-License-Identifier: MIT
//
// main.rs - the time to render the page of README.md, as abacus.c
use prometheus::{CounterVec, Encoder, HistogramOpts, HistogramVec, Opts, Registry, TextEncoder};
use std::time::Instant;

fn fill(r: &Registry) {
    let f = CounterVec::new(
        Opts::new("requests_total", "Requests served."),
        &["method", "path"],
    )
    .unwrap();
    r.register(Box::new(f.clone())).unwrap();
    for i in 0..1000i64 {
        f.with_label_values(&[&format!("m{}", i % 10), &format!("/api/v1/items/{}", i / 10)])
            .inc_by((i * 1234567 % 1000000000) as f64);
    }
    let h = HistogramVec::new(
        HistogramOpts::new("duration_seconds", "Duration of a request."),
        &["handler"],
    )
    .unwrap();
    r.register(Box::new(h.clone())).unwrap();
    for i in 0..100i64 {
        let c = h.with_label_values(&[&format!("/h{}", i)]);
        for k in 0..100i64 {
            c.observe(((i * 100 + k) * 7919 % 20011) as f64 / 1000.0);
        }
    }
}

fn main() {
    let r = Registry::new();
    let encoder = TextEncoder::new();
    let mut page = Vec::new();
    let mut took = Vec::new();
    fill(&r);
    for _ in 0..15 {
        let begin = Instant::now();
        for _ in 0..20 {
            page.clear();
            encoder.encode(&r.gather(), &mut page).unwrap();
        }
        took.push(begin.elapsed().as_nanos() as f64 / 20e3);
    }
    took.sort_by(|a, b| a.total_cmp(b));
    println!("{:.2}", took[7]);
    if let Some(path) = std::env::args().nth(1) {
        std::fs::write(path, &page).unwrap();
    }
}
