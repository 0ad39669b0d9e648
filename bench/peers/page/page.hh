// SPDX-License-Identifier: MIT
//
// page.hh - the registry of page.h, with prometheus-cpp
#ifndef PEERS_PAGE_HH
#define PEERS_PAGE_HH

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <string>

using namespace prometheus;

inline void page_fill(Registry &r, const std::string &path)
{
    const Histogram::BucketBoundaries bounds = {.005, .01, .025, .05, .1, .25,
                                                .5,   1,   2.5,  5,   10};
    auto &f = BuildCounter()
                  .Name("requests_total")
                  .Help("Requests served.")
                  .Register(r);
    for (int i = 0; i < 1000; i++)
        f.Add({{"method", "m" + std::to_string(i % 10)},
               {"path", path + std::to_string(i / 10)}})
            .Increment(static_cast<double>(i * 1234567L % 1000000000L));
    auto &h = BuildHistogram()
                  .Name("duration_seconds")
                  .Help("Duration of a request.")
                  .Register(r);
    for (int i = 0; i < 100; i++) {
        auto &c = h.Add({{"handler", "/h" + std::to_string(i)}}, bounds);
        for (int k = 0; k < 100; k++)
            c.Observe((i * 100 + k) * 7919 % 20011 / 1000.0);
    }
}

#endif
