# SPDX-License-Identifier: MIT
#
# rounds.awk - medians and paired ratios of programs that took turns
#
#     awk -F, -v programs='abacus nginx' -f rounds.awk trials.csv
#
# A line of the input is ROUND,PROGRAM,NUMBER, after a line of titles. The ratio
# to the first program is taken in each round: what slows a round down cancels.
# Its interval goes from the k-th smallest to the k-th largest round (95 % or
# more, by the sign test). With -v inverse=1 it is the first program's number
# that is divided: as much faster is the first, where numbers are rates.
# Prints program,median,ratio,low,high; status 1: there are too few rounds, or a
# number is missing.
function sorted(a, n,    i, j, x) {
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && a[j - 1] > a[j]; j--) {
            x = a[j]; a[j] = a[j - 1]; a[j - 1] = x
        }
}

# The largest k with P(fewer than k heads of n) * 2 <= 5 %.
function depth(n,    k, p, sum) {
    p = 0.5 ^ n
    for (k = 0; 2 * (sum + p) <= 0.05; k++) {
        sum += p
        p *= (n - k) / (k + 1)
    }
    return k
}

NR > 1 {
    value[$2, $1] = $3
    rounds = $1 > rounds ? $1 : rounds
}

END {
    k = depth(rounds)
    if (k < 1)
        exit 1
    n = split(programs, name, " ")
    for (i = 1; i <= n; i++) {
        for (r = 1; r <= rounds; r++) {
            if (!(value[name[i], r] > 0) || !(value[name[1], r] > 0))
                exit 1
            v[r] = value[name[i], r]
            q[r] = inverse ? value[name[1], r] / v[r] : v[r] / value[name[1], r]
        }
        sorted(v, rounds + 0)
        sorted(q, rounds + 0)
        m = int((rounds + 1) / 2)
        printf "%s,%.1f,%.3g,%.3g,%.3g\n", name[i], v[m], q[m], q[k],
            q[rounds + 1 - k]
    }
}
