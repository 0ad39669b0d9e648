// SPDX-License-Identifier: MIT
//
// prometheus-cpp.cc - the time to render the page of README.md, as abacus.c
#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

using namespace prometheus;

static void fill(Registry &r)
{
    const Histogram::BucketBoundaries bounds = {.005, .01, .025, .05, .1, .25,
                                                .5,   1,   2.5,  5,   10};
    auto &f = BuildCounter()
                  .Name("requests_total")
                  .Help("Requests served.")
                  .Register(r);
    for (int i = 0; i < 1000; i++)
        f.Add({{"method", "m" + std::to_string(i % 10)},
               {"path", "/api/v1/items/" + std::to_string(i / 10)}})
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

int main(int argc, char **argv)
{
    Registry r;
    TextSerializer serializer;
    std::string page;
    double took[15];

    fill(r);
    for (double &t : took) {
        auto begin = std::chrono::steady_clock::now();
        for (int k = 0; k < 20; k++)
            page = serializer.Serialize(r.Collect());
        std::chrono::duration<double, std::micro> d =
            std::chrono::steady_clock::now() - begin;
        t = d.count() / 20;
    }
    std::sort(took, took + 15);
    std::printf("%.2f\n", took[7]);
    if (argc > 1)
        std::ofstream(argv[1]) << page;
    return 0;
}
