# SPDX-License-Identifier: MIT
#
# sentences.awk - what a result resolves, a sentence a line, as HTML
#
#     awk -f sentences.awk RESULT/summary.csv RESULT/ratios.csv
#
# Only comparisons that were judged faster or slower become a claim. Where a
# design differs from itself (A/A) nothing is claimed at that number of threads.
# Everything else is listed as what it is: not resolved, or no number.
BEGIN { FS = "," }

FNR == 1 {
    file++
    delete column
    for (i = 1; i <= NF; i++)
        column[$i] = i
    next
}

function get(name) { return name in column ? $column[name] : "" }
function who() { return get("design") get("command") }
function code(x) { return "<code>" x "</code>" }
function number(x) {
    if (x > 0.9 && x < 1.1)
        return sprintf("%.3f", x)
    return sprintf(x < 0.1 ? "%.2g" : x < 10 ? "%.2f" : \
        x < 100 ? "%.1f" : "%.0f", x)
}
function range(low, high) { return " (" number(low) " to " number(high) ")" }
function at(threads) {
    if (threads == "")
        return ""
    return "With " threads " thread" (threads > 1 ? "s, " : ", ")
}
function first_up(text) { return toupper(substr(text, 1, 1)) substr(text, 2) }
function note(where, text) {
    notes[where] = notes[where] (notes[where] == "" ? "" : "; ") text
}
function see(threads) {
    if (!(threads in seen)) {
        seen[threads] = 1
        order[++tables] = threads
    }
}

# ---- the rows ----

file == 1 {
    trials += get("n")
    disturbed += get("disturbed")
    see(get("threads"))
    if (get("wrong_sums") > 0)
        note("wrong" SUBSEP get("threads"), code(who()))
    if (get("lost_share") != "" && get("lost_share") > 0)
        note("lost" SUBSEP get("threads"), code(who()) " lost " \
            sprintf("%.1f", 100 * get("lost_share")) \
            " % of its updates in the median trial")
    next
}

# ---- the comparisons ----

get("aa") == 1 {
    band[get("threads")] = get("aa_band")
    if (get("verdict") == "faster" || get("verdict") == "slower")
        distrust[get("threads")] = code(get("reference"))
    next
}

{
    all[get("threads")]++
    n[get("threads")]++
    here = get("threads") SUBSEP n[get("threads")]
    design[here] = code(who())
    reference[here] = code(get("reference"))
    verdict[here] = get("verdict")
    ratio[here] = get("speed_ratio")
    low[here] = get("low")
    high[here] = get("high")
    see(get("threads"))
}

function claim(threads, here) {
    if (verdict[here] == "faster")
        return design[here] " is " number(ratio[here]) " times as fast as " \
            reference[here] range(low[here], high[here])
    return design[here] " takes " number(1 / ratio[here]) " times as long as " \
        reference[here] range(1 / high[here], 1 / low[here])
}

function line(threads, text) {
    print "<li>" (threads == "" ? first_up(text) : at(threads) text) ".</li>"
}

function table_of(threads,    i, here, what) {
    for (i = 1; i <= n[threads]; i++) {
        here = threads SUBSEP i
        what = verdict[here]
        if (what != "faster" && what != "slower") {
            note(what SUBSEP threads, design[here] " and " reference[here])
        } else if (!(threads in distrust)) {
            line(threads, claim(threads, here))
            claims[threads]++
        }
    }
    if (threads in distrust)
        line(threads, distrust[threads] " differs from itself: nothing is " \
            "claimed of this table")
    for (i = 1; i in kinds; i++)
        if (notes[kinds[i] SUBSEP threads] != "")
            line(threads, kinds[i] ": " notes[kinds[i] SUBSEP threads])
    if (notes["wrong" SUBSEP threads] != "")
        line(threads, "these counted wrong and have no number: " \
            notes["wrong" SUBSEP threads])
    if (notes["lost" SUBSEP threads] != "")
        line(threads, notes["lost" SUBSEP threads])
    if (all[threads] > 0)
        line(threads, claims[threads] + 0 " of " all[threads] \
            " comparisons are resolved" (band[threads] == "" ? "" : \
            "; a design against itself reaches " number(band[threads])))
}

END {
    kinds[1] = "not resolved"
    kinds[2] = "not resolved: disturbed"
    kinds[3] = "not resolved: too few pairs"
    kinds[4] = "no number: wrong sum"
    for (k = 1; k <= tables; k++)
        table_of(order[k])
    if (trials > 0 && disturbed != "")
        line("", sprintf("%d of %d trials were disturbed", disturbed, trials))
}
