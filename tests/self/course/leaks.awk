# SPDX-License-Identifier: MIT
#
# leaks.awk - does a text hold more than a few tokens of a solution?
#
#     awk -f leaks.awk -v window=12 SOLUTION.c... -- FILE...
#
# Prints each run of `window` tokens of a solution's marked regions that a FILE
# has, too, in code or in a comment; spaces, line breaks, comment stars and
# slashes do not count. A run says something only with three words in it that
# are not of C or of the formats: for (size_t i = 0; i < n; i++) { is
# everybody's. Nor is a secret what the contract's headers, the first FILEs, say.
# Exit: 0 none, 1 some, 2 no solution had a region.

# The tokens of a line, with a space after each.
function tokens(line,    all, token) {
    all = ""
    gsub(/[*\/]/, " ", line)
    while (match(line, /[A-Za-z0-9_]+|[^ \tA-Za-z0-9_]/)) {
        token = substr(line, RSTART, RLENGTH)
        line = substr(line, RSTART + RLENGTH)
        all = all token " "
    }
    return all
}

# The last tokens seen, oldest first; the window moves by one each time.
function window_of(    i, text) {
    text = ""
    for (i = n - window + 1; i <= n; i++)
        text = text last[i % window] " "
    return text
}

# Whether the window has three telling words, which need not differ.
function says_something(    i, words) {
    words = 0
    for (i = 0; i < window; i++)
        words += last[i] ~ /^[A-Za-z_]...*/ && !(last[i] in language)
    return words >= 3
}

# Regions are apart: what lies between them is the student's, too.
function restart() {
    n = 0
}

BEGIN {
    secret = 1
    split("auto bool break case char const continue default double else " \
        "enum extern false float for free goto int long memcpy memset NULL " \
        "return short signed size_t sizeof static strcmp strlen struct " \
        "switch true typedef uint64_t union unsigned void volatile while " \
        "clock_gettime CLOCK_MONOTONIC timespec " \
        "errno EAGAIN EINTR SOCK_STREAM SOCK_CLOEXEC SOCK_NONBLOCK AF_INET " \
        "SIGSEGV SIGBUS SIGFPE SIGILL SIGABRT Sun Nov GMT " \
        "application charset counter gauge histogram openmetrics plain text " \
        "version and for of the", every, " ")
    for (i in every)
        language[every[i]] = 1
    for (i = 1; i < ARGC; i++)
        if (ARGV[i] == "--")
            break
    separator = i
    ARGV[separator] = "/dev/null"
}

FNR == 1 { restart(); inside = 0 }

FNR == 1 && secret {
    seen = 0
    for (i = separator + 1; i < ARGC; i++)
        seen = seen || FILENAME == ARGV[i]
    secret = !seen
}

secret && /^ *#?\/\/\/ SOLUTION/ { inside = 1; restart(); next }
secret && /^ *#?\/\/\/ (STARTER|END)/ { inside = 0; next }
secret && !inside { next }
/^ *#include/ { next } # which headers there are is no secret

{
    count = split(tokens($0), part, " ")
    for (i = 1; i <= count; i++) {
        last[++n % window] = part[i]
        if (n < window || !says_something())
            continue
        text = window_of()
        if (secret)
            known[text] = ++regions
        else if (FILENAME ~ /include\/met\//)
            delete known[text]
        else if (text in known) {
            printf "%s:%d: %s\n", FILENAME, FNR, text
            leaks++
        }
    }
}

END { exit regions == 0 ? 2 : leaks > 0 }
