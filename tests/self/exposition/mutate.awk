# SPDX-License-Identifier: MIT
#
# mutate.awk - break a page in one place
#
#     awk -v seed=17 -f mutate.awk page >broken
#
# The seed chooses what is done, where, and with what. The result may still be
# valid.

function random(n) { # Park and Miller's minimal standard generator, 1988
    state = (state * 16807) % 2147483647
    return state % n
}

function pick(list,    n, part) {
    n = split(list, part, "|")
    return part[1 + random(n)]
}

function cut_in(s, put,    at) { # replaces some characters of s
    at = 1 + random(length(s) + 1)
    return substr(s, 1, at - 1) put substr(s, at + random(3))
}

{ line[++n] = $0 }

END {
    state = seed * 48271 + 11
    for (i = 0; i < 5; i++)
        random(2)
    what = random(12)
    k = 1 + random(n)
    last = "\n"
    if (what == 0) # a line is lost
        line[k] = "\001"
    else if (what == 1) # comes twice
        line[k] = line[k] "\n" line[k]
    else if (what == 2) { # two change places
        m = 1 + random(n); t = line[k]; line[k] = line[m]; line[m] = t
    } else if (what == 3) # another value
        sub(/ [^ ]*$/, " " pick("NaN|-1|+Inf|-Inf|1e3|0x1p3|1_000|abc||1 5|1.5.2|1e400|.5|5.|+3|nan|1 2 3"), line[k])
    else if (what == 4) # another type
        sub(/(counter|gauge|histogram)$/, pick("counter|gauge|histogram|summary|untyped|unknown|info|stateset|gaugehistogram|Counter|x"), line[k])
    else if (what == 5) # another bound
        sub(/le="[^"]*"/, "le=\"" pick("1|1.0|+Inf|Inf|NaN|-Inf||abc|1e0|0.10|1e+06|1000000.0") "\"", line[k])
    else if (what == 6) # a character of the syntax is lost or put in
        line[k] = cut_in(line[k], pick("|{|}|\"|,|=| |\\|#|\t|\r|\303|\377|  |\\x|{}|,,"))
    else if (what == 7) # another name
        sub(/^[a-zA-Z_:0-9]+/, pick("a|9|a-b|__x|a:b|é|x_total|x_bucket|x_count"), line[k])
    else if (what == 8) # another label
        sub(/\{/, "{" pick("a=\"1\",|le=\"1\",|quantile=\"0.5\",|__a=\"1\",|9=\"1\",|a:b=\"1\",|a='1',|a=1,|,"), line[k])
    else if (what == 9) # a line more
        line[k] = line[k] "\n" pick("# a comment|#|# EOF|# TYPE y gauge|# HELP y Text.|# UNIT y seconds|y 1|y{a=\"1\"} 1|| |y 1 123|y 1 1.5|# TYPE|# HELP y|y 1 # {a=\"b\"} 1")
    else if (what == 10) # the end is cut off
        last = ""
    else if (what == 11) # metadata goes, or comes late
        if (line[k] ~ /^# [TH]/) { line[n] = line[n] "\n" line[k]; line[k] = "\001" }
    for (i = 1; i <= n; i++)
        if (line[i] != "\001")
            printf "%s%s", line[i], i < n ? "\n" : last
}
