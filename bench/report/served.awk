# SPDX-License-Identifier: MIT
#
# served.awk - what a run of the suite http resolves, as items of an HTML list
#
#     awk -f served.awk summary.csv
#
# All ratios are of rounds, against our server: more than 1 is in its favour.
# There is no A/A, so a ratio counts where its interval is further from 1 than
# 2 %. With the load `own` each server is asked as often as it bears: these
# latencies stand side by side, and none is better.
BEGIN {
    FS = ","
    said["pages_per_second"] = "sends %.3g times as many pages a second as"
    said["gzip_cpu_us"] = \
        "needs %.3g times as much processor time for a page with gzip as"
    said["same_load_due_p50_us"] = \
        "has a median latency %.3g times as long, asked as often as"
    said["same_load_due_p99_us"] = \
        "has a latency at 99 %% %.3g times as long, asked as often as"
}

function item(first, how, second, ratio, low, high) {
    printf "<li><code>%s</code> " how " <code>%s</code> (%.3g to %.3g).</li>\n",
        first, ratio, second, low, high
}

NR > 1 && $2 != "abacus" && $1 in said {
    # A ratio above 1 says that we have more pages, or they more of all others.
    more = $1 == "pages_per_second"
    if ($5 > 1.02)
        item(more ? "abacus" : $2, said[$1], more ? $2 : "abacus", $4, $5, $6)
    else if ($6 < 1 / 1.02)
        item(more ? $2 : "abacus", said[$1], more ? "abacus" : $2, 1 / $4,
            1 / $6, 1 / $5)
    else
        printf "<li>Not resolved: <code>%s</code> and <code>abacus</code>, %s.</li>\n",
            $2, $1
}

$1 ~ /^own_load_(due|sent)_p99_us$/ {
    at[$1, $2] = $3 / 1e3
    if ($1 ~ /sent/)
        order[++programs] = $2
}

END {
    for (i = 1; i <= programs; i++) {
        p = order[i]
        printf "<li>Asked 0.7 of what it can send, <code>%s</code> answers " \
            "99 %% of the requests within %.3g ms of when they were due; from " \
            "when they were sent it looks like %.3g ms (medians of the " \
            "rounds).</li>\n", p, at["own_load_due_p99_us", p],
            at["own_load_sent_p99_us", p]
    }
}
