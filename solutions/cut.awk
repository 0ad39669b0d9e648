# SPDX-License-Identifier: MIT
#
# cut.awk - make a starter from a solution
#
#     awk -f cut.awk solutions/01-counter/counter.c > labs/01-counter/counter.c
#
# A region of a solution is marked by lines that begin with three slashes:
#
#     /// SOLUTION
#     return add(c, 1);               only in the solution
#     /// STARTER
#     /// (void)c;                    only in the starter, without the slashes
#     /// return MET_EINVAL;
#     /// END
#
# With -v keep=solution the other side comes out: the file as a student would
# have it in the end, without marks.
#
# The starter part may be left out. Its lines get the indentation of their
# slashes; what follows the slashes and one space is kept as it is. All that
# stands outside of regions is in both.
#
# A region in a region, one that is not closed, one closed twice and any other
# word after three slashes are errors: the message names file and line, and
# the status is 1.
#
# In files whose comments begin with a hash (YAML, plain text) the marks are
# #/// instead, so that the solution stays what it is. A file whose name ends
# in .json knows no comments: of a dashboard the starter has empty expressions
# and units, the values of "expr" and "unit".

function fail(line, what) {
    printf "%s:%d: %s\n", FILENAME, line, what > "/dev/stderr"
    failed = 1
    exit 1
}

function starter_line(text) {
    indent = text
    sub(/#?\/\/\/.*/, "", indent)
    sub(/^[ \t]*#?\/\/\/ ?/, "", text)
    print (text == "" ? "" : indent text)
}

FNR == 1 {
    json = FILENAME ~ /\.json$/
    mark = FILENAME ~ /\.(yml|txt)$/ ? "#///" : "///"
    begins = "^[ \t]*" mark
}

json && keep == "solution" {
    print
    next
}

json {
    line = $0
    sub(/"(expr|unit)": "([^"\\]|\\.)*"/, "&\001", line)
    if (sub(/: "([^"\\]|\\.)*"\001/, ": \"\"", line) == 0)
        line = $0
    print line
    next
}

# part: "" outside, "solution" or "starter" in a region
$1 == mark && $2 == "SOLUTION" && NF == 2 {
    if (part != "")
        fail(FNR, "SOLUTION inside the region that begins at line " begin)
    part = "solution"
    begin = FNR
    next
}

$1 == mark && $2 == "STARTER" && NF == 2 {
    if (part == "")
        fail(FNR, "STARTER without SOLUTION before it")
    if (part == "starter")
        fail(FNR, "a second STARTER in the region that begins at line " begin)
    part = "starter"
    next
}

$1 == mark && $2 == "END" && NF == 2 {
    if (part == "")
        fail(FNR, "END without SOLUTION before it")
    part = ""
    next
}

part == "starter" {
    if ($0 !~ begins)
        fail(FNR, "a line of the starter part must begin with " mark)
    if (keep != "solution")
        starter_line($0)
    next
}

$0 ~ begins {
    fail(FNR, "unknown marker: " $0)
}

part == "" || keep == "solution" {
    print
}

END {
    if (!failed && part != "")
        fail(begin, "this region is not closed by END")
}
