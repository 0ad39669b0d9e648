// SPDX-License-Identifier: MIT
//
// prometheus-cpp.cc - the time to render the page of README.md, as abacus.c
#include "../page/page.hh"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

int main(int argc, char **argv)
{
    Registry r;
    TextSerializer serializer;
    std::string page;
    double took[15];

    page_fill(r, "/api/v1/items/");
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
