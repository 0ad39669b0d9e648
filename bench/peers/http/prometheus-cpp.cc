// SPDX-License-Identifier: MIT
//
// prometheus-cpp.cc - serves the page with its Exposer; prints its port
//
// By itself the Exposer closes each connection after an answer; here it keeps
// it, as all others do.
#include "../page/page.hh"

#include <prometheus/exposer.h>

#include <csignal>
#include <cstdio>
#include <memory>

int main()
{
    sigset_t ends;
    int which;

    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, nullptr);
    auto r = std::make_shared<Registry>();
    page_fill(*r, "/api/v1/organizations/abacus/warehouses/north/items/");
    Exposer e(std::vector<std::string>{
        "listening_ports", "127.0.0.1:0", "num_threads", "2",
        "enable_keep_alive", "yes", "keep_alive_timeout_ms", "60000"});
    e.RegisterCollectable(r);
    std::printf("%d\n", e.GetListeningPorts().at(0));
    std::fflush(stdout);
    sigwait(&ends, &which);
    return 0;
}
