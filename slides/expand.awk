# SPDX-License-Identifier: MIT
#
# expand.awk - puts what was tested and measured into a deck
#
#     awk -f slides/expand.awk -v sample=bench/results/sample \
#         -v plots=build/slides/plots -v examples=build/slides/examples \
#         -v render=bench/results/render -v http=bench/results/http \
#         slides/00-race.md >deck.md
#
# Run from the top folder. A line that begins with @ is replaced:
#
#     @code FILE NAME          the function, struct or array NAME of a C file;
#                              of a solution the regions of the solution
#     @part FILE WORD          of YAML or plain text: the line with the word, and
#                              those below it that are indented deeper
#     @timeline EXAMPLE NAME   what the explorer prints of the scenario NAME;
#                              with a / the example is a mutant: 02-gauge/racy
#     @figure NAME             the figure NAME of the sample or of the suite http,
#                              as a data URI
#     @machine                 on what the sample was measured
#     @rendered                on what the suite render was measured
#
# and in any line what stands in braces:
#
#     {ns DESIGN THREADS}             nanoseconds of one update, median
#     {speed DESIGN REFERENCE THREADS}  speed of a design / speed of another
#     {lost DESIGN THREADS}           lost updates, per cent
#     {render PROGRAM us}             microseconds of a page, of the suite render
#     {render PROGRAM ratio}          times our own
#     {wait WHAT PROGRAM}             milliseconds, of the suite http
#
# Something that is not there is an error, with the deck and the line.

function fail(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what >"/dev/stderr"
    failed = 1
    exit 1
}

# A definition ends with the first line that begins with a brace. The comment
# above it is left out: the speaker says what it says.
function code(file, name,    line, inside, found, skip, pattern) {
    pattern = "(^|[ *])" name "(\\(| \\{$|\\[)"
    print "```c"
    while ((getline line <file) > 0) {
        if (line ~ /^ *\/\/\/ SOLUTION/) { skip = 0; continue }
        if (line ~ /^ *\/\/\/ STARTER/) { skip = 1; continue }
        if (line ~ /^ *\/\/\/ END/) { skip = 0; continue }
        if (skip)
            continue
        if (!inside && line ~ /^[a-z]/ && line ~ pattern && line !~ /;$/)
            inside = found = 1
        if (inside)
            print line
        if (line ~ /^}/)
            inside = 0
    }
    close(file)
    print "```"
    if (!found)
        fail("no " name " in " file)
}

# The marks of the cutter are left out; the first line loses its indentation,
# and the others as much.
function excerpt(file, word,    line, inside, indent, found) {
    print "```yaml"
    while ((getline line <file) > 0) {
        if (line ~ /^ *#/)
            continue
        match(line, /^ */)
        if (inside && (line == "" || RLENGTH <= indent))
            inside = 0
        if (!found && index(line, word)) {
            inside = found = 1
            indent = RLENGTH
        }
        if (inside)
            print substr(line, indent + 1)
    }
    close(file)
    print "```"
    if (!found)
        fail("no " word " in " file)
}

# The part of a scenario: from its name to the empty line before the next. The
# places in the source move close to the steps: a slide is narrow.
function timeline(example, name,    file, line, inside, n, i, text, place, wide) {
    file = examples "/" example ".txt"
    while ((getline line <file) > 0) {
        if (line ~ /^[A-Zp?]/)
            inside = line ~ ("^[^ ]+ +" name ":")
        if (!inside || line ~ /^ *(again|found in)/)
            continue
        sub(/ +$/, "", line)
        text[++n] = line
        place[n] = ""
        if (match(line, /   +[a-z-]+\.c:[0-9]+( +<--)?$/)) {
            text[n] = substr(line, 1, RSTART - 1)
            place[n] = substr(line, RSTART)
            gsub(/^ +/, "", place[n])
            if (length(text[n]) > wide)
                wide = length(text[n])
        }
    }
    close(file)
    if (!n)
        fail("no scenario " name " in what " example " printed")
    while (text[n] == "")
        n--
    print "```text"
    for (i = 1; i <= n; i++)
        print place[i] == "" ? folded(text[i]) : sprintf("%-*s   %s", wide, text[i],
            place[i])
    print "```"
}

# A line that is wider than the timeline goes on in the next, after a comma.
function folded(line,    width, head, at) {
    width = 96
    while (length(line) > width) {
        for (at = width; at > 20 && substr(line, at - 1, 2) != ", "; at--)
            ;
        if (at <= 20)
            break
        head = head substr(line, 1, at - 1) "\n"
        line = "                " substr(line, at + 1)
    }
    return head line
}

function figure(name,    file, command, line) {
    file = plots "/" name ".svg"
    if ((getline line <file) <= 0)
        fail("no figure " file)
    close(file)
    command = "base64 -w 0 '" file "'"
    command | getline line
    close(command)
    print "<img alt=\"" name "\" src=\"data:image/svg+xml;base64," line "\">"
}

# Reads a CSV file once: cell[file, row key, column].
function read_csv(file, keys,    line, n, i, part, key, k) {
    if (file in known)
        return
    known[file] = 1
    if ((getline line <file) <= 0)
        fail("no " file)
    n = split(line, part, ",")
    for (i = 1; i <= n; i++)
        column[file, part[i]] = i
    while ((getline line <file) > 0) {
        split(line, part, ",")
        key = ""
        for (k = 1; k <= split(keys, name_of, " "); k++)
            key = key part[column[file, name_of[k]]] " "
        row[file, key] = line
    }
    close(file)
}

function cell(file, keys, key, name,    part) {
    read_csv(file, keys)
    if (!((file, key " ") in row))
        fail("no row " key " in " file)
    split(row[file, key " "], part, ",")
    if (part[column[file, name]] == "")
        fail("no number for " key " in " file)
    return part[column[file, name]]
}

# Two or three figures are all that a slide needs.
function round(x) {
    return sprintf(x < 10 ? "%.1f" : "%.0f", x)
}

function value(words,    w, n) {
    n = split(words, w, " ")
    if (w[1] == "ns" && n == 3)
        return round(cell(sample "/summary.csv", "design threads",
            w[2] " " w[3], "ns_per_update"))
    if (w[1] == "lost" && n == 3)
        return sprintf("%.0f", 100 * cell(sample "/summary.csv",
            "design threads", w[2] " " w[3], "lost_share"))
    if (w[1] == "speed" && n == 4) {
        if (cell(sample "/ratios.csv", "design reference threads",
                w[2] " " w[3] " " w[4], "verdict") !~ /faster|slower/)
            fail("not resolved: " words)
        return round(cell(sample "/ratios.csv", "design reference threads",
            w[2] " " w[3] " " w[4], "speed_ratio"))
    }
    if (w[1] == "render" && n == 3)
        return round(cell(render "/summary.csv", "program", w[2], w[3]))
    if (w[1] == "wait" && n == 3)
        return round(cell(http "/summary.csv", "what program", w[2] " " w[3],
            "median") / 1000)
    fail("{" words "} is not known")
}

function machine(    file, line, cpu, commit, when) {
    file = sample "/meta.json"
    while ((getline line <file) > 0) {
        if (match(line, /"cpu_model": *"[^"]*"/) && cpu == "")
            cpu = text_of(line)
        if (match(line, /"commit": *"[^"]*"/) && commit == "")
            commit = text_of(line)
        if (match(line, /"finished": *"[^"]*"/) && when == "")
            when = text_of(line)
    }
    close(file)
    if (cpu == "" || commit == "")
        fail("no machine in " file)
    print "<p class=\"machine\">" "Measured on " cpu ", commit " commit ", " substr(when, 1, 10) "</p>"
}

function rendered(    file, line, said) {
    file = render "/about.txt"
    while ((getline line <file) > 0) {
        sub(/^[a-z]+ +/, "", line)
        said = said (said == "" ? "commit " : ", ") line
    }
    close(file)
    if (said == "")
        fail("nothing in " file)
    print "<p class=\"machine\">Measured: " said "</p>"
}

function text_of(line) {
    line = substr(line, RSTART, RLENGTH)
    sub(/^"[^"]*": *"/, "", line)
    sub(/"$/, "", line)
    return line
}

/^@code / { code($2, $3); next }
/^@part / { excerpt($2, substr($0, length($1 $2) + 3)); next }
/^@timeline / { timeline($2, $3); next }
/^@figure / { figure($2); next }
/^@machine$/ { machine(); next }
/^@rendered$/ { rendered(); next }
/^@/ { fail("unknown: " $1) }

{
    while (match($0, /\{(ns|speed|lost|render|wait) [^}]*\}/))
        $0 = substr($0, 1, RSTART - 1) value(substr($0, RSTART + 1,
            RLENGTH - 2)) substr($0, RSTART + RLENGTH)
    print
}

END { exit failed }
