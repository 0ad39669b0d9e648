// SPDX-License-Identifier: MIT
//
// prometheus-cpp.cc - the operations of work.h, with prometheus-cpp; speaks as
// harness/peer.h says
#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

using namespace prometheus;

namespace {

constexpr int kBatch = 4096; // updates between two looks at the clock
constexpr int kValues = 1024, kKeys = 1000, kStep = 389, kApart = 7919;
constexpr int kKept = 7;

std::int64_t now()
{
    return std::chrono::steady_clock::now().time_since_epoch() /
           std::chrono::nanoseconds(1);
}

// How long the calling thread has been ready, but had no processor.
std::int64_t waited()
{
    std::ifstream f("/proc/thread-self/schedstat");
    std::int64_t ran = 0, waited = 0;

    f >> ran >> waited;
    return waited;
}

// ---- the work ----

struct Work {
    Registry registry;
    Counter *counter;
    Histogram *histogram;
    Family<Counter> *family;
    Counter *kept;
    std::vector<double> value;
    std::vector<std::string> method, path;
    double round = 0; // the sum of all values

    Work();
    double total(const std::string &name);
};

std::vector<double> values()
{
    std::vector<double> v;
    std::uint64_t state = 42;

    for (int i = 0; i < kValues; i++) {
        std::uint64_t x = state += 0x9e3779b97f4a7c15u;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
        x ^= x >> 31;
        v.push_back(static_cast<double>((1024 + (x & 1023)) << (x >> 10) % 12) /
                    (1 << 18));
    }
    return v;
}

Work::Work() : value(values())
{
    counter =
        &BuildCounter().Name("c_total").Help("C.").Register(registry).Add({});
    histogram =
        &BuildHistogram().Name("h").Help("H.").Register(registry).Add(
            {}, Histogram::BucketBoundaries{.005, .01, .025, .05, .1, .25, .5,
                                            1, 2.5, 5, 10});
    family = &BuildCounter()
                  .Name("requests_total")
                  .Help("Requests.")
                  .Register(registry);
    for (int i = 0; i < kKeys; i++) {
        method.push_back("m" + std::to_string(i % 10));
        path.push_back("/api/v1/items/" + std::to_string(i / 10));
        family->Add({{"method", method[i]}, {"path", path[i]}});
    }
    kept = &family->Add({{"method", method[kKept]}, {"path", path[kKept]}});
    for (double v : value)
        round += v;
}

// What was counted in the family of that name; of a histogram, only if the sum
// of the values agrees.
double Work::total(const std::string &name)
{
    double sum = 0;

    for (const MetricFamily &f : registry.Collect())
        for (const ClientMetric &m : f.metric) {
            if (f.name != name)
                continue;
            double n = static_cast<double>(m.histogram.sample_count);
            if (m.histogram.sample_sum == n / kValues * round)
                sum += n;
            sum += m.counter.value;
        }
    return sum;
}

// ---- a trial ----

struct Thread {
    alignas(128) int at;
    std::int64_t begin, end, updates = 0, all = 0, stolen;
};

struct Plan {
    std::int64_t warm, measure;
    std::vector<int> cpu;
    std::atomic<int> ready{0};
    std::atomic<std::int64_t> start{0};
};

template <class Update> void run(Plan &p, Thread &t, int i, Update update)
{
    auto until = [&](std::int64_t end) {
        std::int64_t n = 0, time;
        do {
            for (int k = 0; k < kBatch; k++)
                update(t);
            n += kBatch;
            time = now();
        } while (time < end);
        t.end = time;
        t.all += n;
        return n;
    };
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET(p.cpu[i], &set);
    if (pthread_setaffinity_np(pthread_self(), sizeof set, &set) != 0)
        std::exit(3);
    t.at = i * kApart % kKeys;
    p.ready++;
    while (p.start == 0)
        std::this_thread::yield();
    until(p.start + p.warm);
    t.stolen = waited();
    t.begin = now();
    t.updates = until(p.start + p.warm + p.measure);
    t.stolen = waited() - t.stolen;
}

template <class Update>
void trial(Work &w, Plan &p, const std::string &name, Update update)
{
    std::vector<Thread> t(p.cpu.size());
    std::vector<std::thread> threads;
    double before = w.total(name);

    for (std::size_t i = 0; i < t.size(); i++)
        threads.emplace_back([&, i] { run(p, t[i], i, update); });
    while (p.ready < static_cast<int>(t.size()))
        std::this_thread::sleep_for(std::chrono::microseconds(20));
    p.start = now();
    for (std::thread &x : threads)
        x.join();
    std::int64_t updates = 0, all = 0, stolen = 0;
    std::int64_t begin = t[0].begin, end = t[0].end;
    for (const Thread &x : t) {
        updates += x.updates;
        all += x.all;
        begin = std::min(begin, x.begin);
        end = std::max(end, x.end);
        stolen = std::max(stolen, x.stolen);
    }
    std::cout << updates << ' ' << end - begin << ' ' << all << ' '
              << static_cast<std::int64_t>(w.total(name) - before) << ' '
              << stolen << std::endl;
}

int next_key(Thread &t)
{
    int at = t.at;

    t.at = (at + kStep) % kKeys;
    return at;
}

bool answer(Work &w, const std::string &line)
{
    std::istringstream words(line);
    std::string operation;
    int threads, cpu;
    char comma;
    Plan p;

    words >> operation >> threads >> p.warm >> p.measure;
    while (words >> cpu) {
        p.cpu.push_back(cpu);
        words >> comma;
    }
    if (operation == "inc")
        trial(w, p, "c_total", [&](Thread &) { w.counter->Increment(); });
    else if (operation == "observe")
        trial(w, p, "h", [&](Thread &t) {
            w.histogram->Observe(w.value[t.at++ % kValues]);
        });
    else if (operation == "hit")
        trial(w, p, "requests_total", [&](Thread &t) {
            int i = next_key(t);
            w.family->Add({{"method", w.method[i]}, {"path", w.path[i]}})
                .Increment();
        });
    else if (operation == "cached")
        trial(w, p, "requests_total", [&](Thread &) { w.kept->Increment(); });
    else
        return false;
    return true;
}

} // namespace

int main()
{
    Work w;
    std::string line;

    std::cout << "ready" << std::endl;
    while (std::getline(std::cin, line))
        if (!answer(w, line))
            return 2;
    return 0;
}
