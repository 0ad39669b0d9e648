#!/bin/sh
# SPDX-License-Identifier: MIT
#
# cut.t - the cutter makes the starters that a student is to get
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/../grader/lib.sh"
world

# Cuts what comes from standard input as $t/x.c, or as a file with another
# ending; $status, $t/out, $t/err.
cut_text() {
    cat >"$t/x.${1:-c}"
    awk -f "$root/solutions/cut.awk" "$t/x.${1:-c}" >"$t/out" 2>"$t/err"
    status=$?
}

gives() {
    cat >"$t/expected"
    exited 0 && diff "$t/expected" "$t/out"
}

# refuses LINE MESSAGE: status 1, and nothing else on standard error
refuses() {
    exited 1 && printf '%s:%s: %s\n' "$t/x.c" "$1" "$2" | diff - "$t/err"
}

# ---- what is cut ----

cut_text <<'EOF'
before
/// SOLUTION
only in the solution
/// END
after
EOF
check 'a region without a starter part vanishes' gives <<'EOF'
before
after
EOF

cut_text <<'EOF'
int f(int a)
{
    /// SOLUTION
    return a + 1;
    /// STARTER
    /// (void)a;
    /// if (a)
    ///     return 1; /* Step 2 */
    ///
    /// return 0;
    /// END
}
EOF
check 'the starter part keeps its indentation, before and after the slashes' \
    gives <<'EOF'
int f(int a)
{
    (void)a;
    if (a)
        return 1; /* Step 2 */

    return 0;
}
EOF

printf '\t/// SOLUTION\n\tx;\n\t/// STARTER\n\t///\ty;\n\t/// z; /// END\n\t/// END\n' |
    cut_text
printf '\t\ty;\n\tz; /// END\n' >"$t/tabs"
check 'tabs are kept, and slashes within a line are no marker' \
    gives <"$t/tabs"

cut_text <<'EOF'
/// SOLUTION
a
/// STARTER
///  * in a comment
/// END
b // a comment, // and another
/// SOLUTION
c
/// STARTER
/// d
/// END
EOF
check 'two regions, text between them, and one space after the slashes' \
    gives <<'EOF'
 * in a comment
b // a comment, // and another
d
EOF

cut_text yml <<'EOF'
# a comment
groups:
  #/// SOLUTION
  - name: a
  #/// STARTER
  #/// # Step 5
  #/// - name:
  #/// END
/// SOLUTION
EOF
check 'in YAML the marks begin with a hash, and others are text' \
    gives <<'EOF'
# a comment
groups:
  # Step 5
  - name:
/// SOLUTION
EOF

cut_text txt <<'EOF'
#/// SOLUTION
1: up
#/// STARTER
#/// 1:
#/// END
EOF
check 'so they do in plain text' gives <<'EOF'
1:
EOF

cut_text json <<'EOF'
{
  "unit": "s",
  "title": "expr",
  "expr": "rate(a{b=\"c\"}[5m])", "legendFormat": "d"
}
EOF
check 'a dashboard loses its expressions and units, and nothing else' \
    gives <<'EOF'
{
  "unit": "",
  "title": "expr",
  "expr": "", "legendFormat": "d"
}
EOF

cut_text </dev/null
check 'nothing is cut from nothing' gives </dev/null

# ---- what is refused ----

cut_text <<'EOF'
a
/// SOLUTION
b
/// SOLUTION
/// END
EOF
check 'a region in a region' \
    refuses 4 'SOLUTION inside the region that begins at line 2'

cut_text <<'EOF'
/// SOLUTION
/// STARTER
/// a
/// SOLUTION
/// END
EOF
check 'a region in a starter part' \
    refuses 4 'SOLUTION inside the region that begins at line 1'

cut_text <<'EOF'
a
b
/// SOLUTION
c
EOF
check 'a region that is not closed' refuses 3 'this region is not closed by END'

cut_text <<'EOF'
/// SOLUTION
c
/// STARTER
/// d
EOF
check 'a starter part that is not closed' \
    refuses 1 'this region is not closed by END'

cut_text <<'EOF'
/// SOLUTION
/// END
/// END
EOF
check 'END without SOLUTION' refuses 3 'END without SOLUTION before it'

cut_text <<'EOF'
a
/// STARTER
EOF
check 'STARTER without SOLUTION' refuses 2 'STARTER without SOLUTION before it'

cut_text <<'EOF'
/// SOLUTION
/// STARTER
/// a
/// STARTER
/// END
EOF
check 'a second STARTER' \
    refuses 4 'a second STARTER in the region that begins at line 1'

cut_text <<'EOF'
/// SOLUTION
a
/// STARTER
return 0;
/// END
EOF
check 'a line of code in the starter part' \
    refuses 4 'a line of the starter part must begin with ///'

for marker in '/// SOLUTON' '/// solution' '///SOLUTION' '/// SOLUTION here' \
    '    /// END.' '////'; do
    printf 'a\n%s\nb\n' "$marker" | cut_text
    check "an unknown marker: $marker" refuses 2 "unknown marker: $marker"
done

printf '/// SOLUTION\na\n/// ELSE\n/// END\n' | cut_text
check 'an unknown marker in the solution part' \
    refuses 3 'unknown marker: /// ELSE'

# ---- the other side ----

awk -f "$root/solutions/cut.awk" -v keep=solution - >"$t/out" 2>"$t/err" <<'EOF'
before
    /// SOLUTION
    return 1;
    /// STARTER
    /// return 0;
    /// END
after
EOF
status=$?
check 'with keep=solution the solution comes out, without marks' gives <<'EOF'
before
    return 1;
after
EOF
printf '/// SOLUTION\na\n' |
    awk -f "$root/solutions/cut.awk" -v keep=solution - >"$t/out" 2>"$t/err"
status=$?
check '... and a region that is not closed is an error there, too' exited 1

# ---- the course's own files ----

# Names each file of labs/ that differs from what the cutter makes.
labs_are_cut() {
    (
        cd "$1" || exit 1
        same=0
        for solution in solutions/*/*.*; do
            starter=labs/${solution#solutions/}
            awk -f solutions/cut.awk "$solution" >"$t/cut" &&
                cmp -s "$t/cut" "$starter" && continue
            echo "$starter is not what the cutter makes: make starters"
            same=1
        done
        for starter in labs/[0-9]*/*.*; do
            case $starter in *.md) continue ;; esac
            [ -e "solutions/${starter#labs/}" ] && continue
            echo "$starter has no solution"
            same=1
        done
        exit $same
    )
}
check 'labs/ is what the cutter makes of solutions/' labs_are_cut "$root"

mkdir "$t/copy"
cp -R "$root/labs" "$root/solutions" "$root/Makefile" "$t/copy"
echo '/* mine */' >>"$t/copy/labs/01-counter/error.c"
labs_are_cut "$t/copy" >"$t/out"
status=$?
names_it() {
    exited 1 && [ "$(cat "$t/out")" = \
        'labs/01-counter/error.c is not what the cutter makes: make starters' ]
}
check 'a starter that was changed is named' names_it
make_starters() { (cd "$t/copy" && make starters) && labs_are_cut "$t/copy"; }
check 'make starters brings it back' make_starters

no_marker() { ! grep -rn '^[[:space:]]*#\{0,1\}///' "$root"/labs/[0-9]*; }
check 'no starter has a marker' no_marker

compiles() {
    (cd "$root" && "$1" -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror \
        -Ilabs/include -c -o "$t/x.o" "$2")
}
for cc in gcc clang; do
    for file in "$root"/labs/[0-9]*/*.c "$root"/solutions/*/*.c; do
        name=${file#"$root"/}
        if command -v "$cc" >/dev/null; then
            check "$name compiles without warnings with $cc" \
                compiles "$cc" "$name"
        else
            skip "$name compiles without warnings with $cc" "no $cc here"
        fi
    done
done

finish
