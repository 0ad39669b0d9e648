# SPDX-License-Identifier: MIT
#
# bars.awk - what the sharded metrics must reach beside the peers, and whether
# a run says so
#
#     awk -f fastest.awk S/summary.csv S/ratios.csv |
#         awk -f bars.awk S/summary.csv -
#
# A line a bar: holds, misses or not resolved. A bar for a ratio of times holds
# if the whole interval is within it, and the ratio further away than 2 % and
# than the A/A band; it misses if all that is beyond. The pairs that were not
# disturbed must say the same alone. All else is not resolved, as is what has no
# number. How two threads scale is not said where most trials were disturbed.
# Status 1 unless all hold.
BEGIN {
    FS = ","
    #   row              against   threads  at most, of its time
    bar("inc-lab-07",     "peer",   1, 0.3)
    bar("inc-lab-07",     "peer",   2, 0.1)
    bar("inc-lab-07-lto", "own-slot", 1, 2)
    bar("inc-lab-07-lto", "own-slot", 2, 2)
    bar("observe-lab-07", "peer",   1, 0.4)
    bar("observe-lab-07", "peer",   2, 0.15)
    bar("hit-lab-07",     "peer",   1, 1)
    bar("hit-lab-07",     "peer",   2, 1)
    bar("cached-lab-07",  "inc-lab-07", 1, 1.3)
    bar("cached-lab-07",  "inc-lab-07", 2, 1.3)
    scaled = "inc-lab-07"
    scaling = 1.8
}

function bar(row, against, threads, most) {
    bars++
    row_of[bars] = row
    against_of[bars] = against
    threads_of[bars] = threads
    most_of[bars] = most
}

FNR == 1 {
    file++
    for (i = 1; i <= NF; i++)
        column[file, $i] = i
    next
}

function get(name) { return (file, name) in column ? $column[file, name] : "" }

# Times instead of speeds: what is fast is a small share.
function turned(speed) { return speed + 0 > 0 ? 1 / speed : "" }

function take(i, kind, median, low, high) {
    ratio[i, kind] = turned(get(median))
    least[i, kind] = turned(get(high))
    greatest[i, kind] = turned(get(low))
}

function judged(i, kind) {
    if (greatest[i, kind] == "")
        return "not resolved"
    if (greatest[i, kind] <= most_of[i] && ratio[i, kind] <= most_of[i] / band[i])
        return "holds"
    if (least[i, kind] > most_of[i] && ratio[i, kind] > most_of[i] * band[i])
        return "misses"
    return "not resolved"
}

file == 1 && get("design") == scaled {
    shaken[get("threads")] = get("disturbed") > get("n") / 2
    low[get("threads")] = get("updates_per_s_low")
    high[get("threads")] = get("updates_per_s_high")
}

# Of a kind: a peer is a row that nobody else is called like.
file == 2 && get("aa") == 0 {
    for (i = 1; i <= bars; i++) {
        peer = get("reference") !~ /-lab-0|^own-slot$/
        if (get("design") == row_of[i] && get("threads") == threads_of[i] &&
            (against_of[i] == "peer" ? peer : get("reference") == against_of[i])) {
            reference[i] = get("reference")
            verdict[i] = get("verdict")
            band[i] = get("aa_band") > 1.02 ? get("aa_band") : 1.02
            take(i, "all", "speed_ratio", "low", "high")
            take(i, "quiet", "quiet_ratio", "quiet_low", "quiet_high")
        }
    }
}

function threads(n) { return n " thread" (n > 1 ? "s" : "") }

function say(what, text) {
    printf "%-13s %s\n", what, text
    if (what != "holds")
        failed = 1
}

END {
    for (i = 1; i <= bars; i++) {
        text = row_of[i] ", " threads(threads_of[i]) ": at most " most_of[i] \
            " of the time of "
        what = judged(i, "all")
        if (what != "not resolved" && judged(i, "quiet") != what)
            verdict[i] = "not resolved: disturbed"
        if (ratio[i, "all"] == "" || verdict[i] ~ /disturbed|too few|no number/)
            say("not resolved", text (i in reference ? reference[i] : \
                against_of[i]) (i in verdict ? ": " verdict[i] : ""))
        else
            say(what, text reference[i] sprintf(": %.3g (%.3g to %.3g)",
                ratio[i, "all"], least[i, "all"], greatest[i, "all"]))
    }
    text = scaled ": the upper end at 2 threads at least " scaling \
        " times that of 1"
    if (!(low[1] > 0 && high[2] > 0) || shaken[1] || shaken[2])
        say("not resolved", text (low[1] > 0 && high[2] > 0 ? \
            ": disturbed" : ""))
    else
        say(high[2] / low[1] >= scaling ? "holds" : "misses", text \
            sprintf(": %.3g to %.3g", low[2] / high[1], high[2] / low[1]))
    exit failed
}
