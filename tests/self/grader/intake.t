#!/bin/sh
# SPDX-License-Identifier: MIT
#
# intake.t - what may be handed in, and what is said of the rest
# shellcheck disable=SC1091,SC2034,SC2154  # lib.sh has them
. "${0%/*}/lib.sh"
world

old='{"schema":"abacus/result/1","mine":true}'

# taken NAME SUBMISSION OPTION...: graded, and the result is in $t/NAME.json
taken() {
    json=$t/$1.json
    path=$2
    shift 2
    grade "$path" --lab 01 --json "$json" --name it --repeat again "$@"
}

# refuses WHAT STATUS WORDS SUBMISSION OPTION...: the status, one sentence on
# standard error that has the words, and the result of before untouched.
refuses() {
    what=$1 wanted=$2 words=$3 path=$4
    shift 4
    echo "$old" >"$t/old.json"
    [ $# != 0 ] || set -- --lab 01
    grade "$path" "$@" --json "$t/old.json"
    check "$what" refused_well "$wanted" "$words"
}

refused_well() {
    exited "$1" && err_says "$2" && head -n 1 "$t/err" | grep -q '^grade: ' &&
        { [ "$1" = 2 ] || [ "$(wc -l <"$t/err")" = 1 ]; } &&
        [ "$(cat "$t/old.json")" = "$old" ] &&
        ! find "$t" -maxdepth 1 -name 'old.json.*' | grep .
}

# A line of a tar archive that GNU tar would not write: entry NAME TYPE LINK
# SIZE, without its content.
tar_head() {
    # shellcheck disable=SC2016  # awk's own
    awk -v name="$1" -v type="$2" -v link="$3" -v size="$4" 'BEGIN {
        for (c = 1; c < 128; c++)
            code[sprintf("%c", c)] = c
        a = part(name, 100) part("0000644", 8) part("0000000", 8) \
            part("0000000", 8) part(sprintf("%011o", size), 12) \
            part("00000000000", 12)
        b = part(type, 1) part(link, 100) "ustar~00" part("", 32) part("", 32) \
            part("0000000", 8) part("0000000", 8) part("", 155) part("", 12)
        sum = 8 * 32
        all = a b
        for (i = 1; i <= length(all); i++)
            if (substr(all, i, 1) != "~")
                sum += code[substr(all, i, 1)]
        print a sprintf("%06o~ ", sum) b
    }
    function part(s, n) {
        while (length(s) < n)
            s = s "~"
        return s
    }' | tr -d '\n' | tr '~' '\000'
}

# A file of an archive: entry NAME FILE
tar_file() {
    tar_head "$1" 0 '' "$(wc -c <"$2")"
    cat "$2"
    head -c $(((512 - $(wc -c <"$2") % 512) % 512)) /dev/zero
}

tar_end() { head -c 1024 /dev/zero; }

# ---- the same files in many forms ----

submission flat
# One test tells whether both files were taken: inc works only if the sentence
# of error.c is the one below.
cat >"$s/error.c" <<'EOF'
#include "met/error.h"

const char *met_strerror(int err)
{
    return err == 0 ? "it was taken" : "error";
}
EOF
sed -i 's/^    add(c, 1.0);/    add(c, met_strerror(0)[3] == 119 ? 1.0 : 2.0);/' \
    "$s/counter.c"
echo 'not for the grader' >"$s/notes.txt"
mkdir -p "$t/deep" "$t/top/handed-in"
cp -R "$s" "$t/deep/01-counter"
cp "$s"/*.c "$t/top/handed-in"
pack() {
    (cd "$t/deep" && tar -cf ../deep.tar . && tar -czf ../deep.tar.gz . &&
        tar -cJf ../deep.tar.xz 01-counter && zip -qr ../deep.zip .) &&
        (cd "$t/flat" && tar -czf ../flat.tgz ./*.c && zip -q ../flat.zip ./*) &&
        (cd "$t/top" && tar -cf ../top.tar handed-in)
}
check 'the archives can be made' pack
mkdir "$t/both"
cp -R "$t/deep/01-counter" "$t/both"
cp "$root"/labs/01-counter/*.c "$t/both"

taken folder "$t/flat" --test inc_adds_1
both_taken() { exited 0 && field_is "$json" inc_adds_1 status '"passed"'; }
check 'a flat folder is graded' both_taken

same_as_folder() {
    exited 0 && grep -v '"seconds":' "$t/folder.json" >"$t/a" &&
        grep -v '"seconds":' "$json" >"$t/b" && diff "$t/a" "$t/b"
}
for form in deep both deep.tar deep.tar.gz deep.tar.xz deep.zip flat.tgz \
    flat.zip top.tar; do
    taken "$form" "$t/$form" --test inc_adds_1
    check "$form gives the same result as the flat folder" same_as_folder
done
ln -s flat "$t/link"
taken link "$t/link/" --test inc_adds_1
check 'a link to a submission is followed' same_as_folder

# Whole runs of the three forms that people use.
taken folder "$t/flat"
for form in deep.tar.gz flat.zip; do
    taken "$form" "$t/$form"
    check "$form: all tests of the lab give the same" same_as_folder
done
all_but_error_c() { field_is "$t/folder.json" no_increment_is_lost status '"passed"'; }
check 'and they were graded' all_but_error_c

# ---- a lab with a file beside one of the same name ----

# Lab 07 has a counter.c of its own, and is compared with that of lab 01. Which
# is which is seen when one of them does not compile.
mkdir -p "$t/two"
cp -R "$root/solutions/07-scaling" "$root/solutions/01-counter" \
    "$root/solutions/02-gauge" "$t/two"
(cd "$t/two" && tar -cf ../two.tar 07-scaling 01-counter 02-gauge &&
    tar -cf ../turned.tar 02-gauge 01-counter 07-scaling && zip -qr ../two.zip .)
pair() { # NAME SUBMISSION: the sentence of an error in one of the two
    grade "$2" --lab 07 --test counter_inc_adds_1 --json "$t/$1.json"
}
for form in two two.tar turned.tar two.zip; do
    pair "$form" "$t/$form"
    each_in_its_place() {
        exited 0 && field_is "$t/$form.json" counter_inc_adds_1 status '"passed"'
    }
    check "lab 07 with the counter of lab 01: $form" each_in_its_place
done
echo 'int broken(void) { return oops; }' >>"$t/two/01-counter/counter.c"
tar -C "$t/two" -cf "$t/two.tar" 07-scaling 01-counter 02-gauge
for form in two two.tar; do
    pair "$form" "$t/$form"
    check "... and the older one is told apart: $form" out_says 'beside-counter.c:'
done
mkdir "$t/alone"
cp "$root"/solutions/07-scaling/*.[ch] "$root/solutions/01-counter/error.c" \
    "$root/solutions/02-gauge/gauge.c" "$t/alone"
pair alone "$t/alone"
alone() {
    exited 0 && field_is "$t/alone.json" counter_inc_adds_1 status '"passed"' &&
        out_says 'counter.c of lab 01-counter is missing'
}
check 'in a flat folder counter.c is that of the lab' alone

# ---- less than all ----

submission half
rm "$s/error.c"
taken half "$s" --test inc_adds_1
half_graded() {
    exited 0 && out_says 'error.c of lab 01-counter is missing: the tests that need it fail' &&
        field_is "$json" inc_adds_1 status '"passed"'
}
check 'a missing file is named, a test that does not need it passes' \
    half_graded
taken half "$s" --test each_code_has_its_own_sentence
needs_it() {
    exited 0 && field_is "$json" each_code_has_its_own_sentence status '"failed"'
}
check 'a test that needs it fails' needs_it

mkdir "$t/empty"
refuses 'an empty folder' 3 \
    "$t/empty: it has no file of lab 01-counter (looked for counter.c, error.c)" \
    "$t/empty"
refuses 'an empty folder, all labs asked for' 3 'it has no file of lab' \
    "$t/empty" --cc gcc
mkdir "$t/other"
echo 'int main(void) { return 0; }' >"$t/other/main.c"
refuses 'a folder without the files of the lab' 3 'it has no file of lab' \
    "$t/other"
refuses 'a submission of another lab' 3 'it has no file of lab 00-race' \
    "$t/flat" --lab 00
mkdir "$t/first"
cp -R "$root/solutions/01-counter" "$t/first"
tar -C "$t/first" -cf "$t/first.tar" 01-counter
for form in first first.tar; do
    refuses "counter.c of lab 01 is none of lab 07: $form" 3 \
        'it has no file of lab 07-scaling' "$t/$form" --lab 07
done
tar -cf "$t/empty.tar" -C "$t" empty
refuses 'an archive without the files of the lab' 3 'it has no file of lab' \
    "$t/empty.tar"

# ---- links, and what is no file ----

submission links
mv "$s/counter.c" "$s/real.c"
ln -s real.c "$s/counter.c"
refuses 'a file that is a link' 3 'counter.c is a link; links are refused' "$s"
ln -sf /etc/passwd "$s/counter.c"
refuses 'a link out of the submission' 3 'counter.c is a link' "$s"
ln -sf nowhere "$s/counter.c"
refuses 'a link to nowhere' 3 'counter.c is a link' "$s"
tar -cf "$t/links.tar" -C "$s" .
refuses 'a link in a tar' 3 'is a link; links are refused' "$t/links.tar"
(cd "$s" && zip -qy ../links.zip ./*)
refuses 'a link in a zip' 3 'counter.c is a link' "$t/links.zip"
mkdir "$t/linked"
ln -s ../flat "$t/linked/01-counter"
refuses "the lab's folder is a link" 3 \
    '01-counter is not a folder (links are refused)' "$t/linked"
mkdir "$t/named"
echo >"$t/named/01-counter"
refuses "the lab's folder is a file" 3 '01-counter is not a folder' "$t/named"
submission hard
ln "$s/counter.c" "$s/again.c"
rm "$s/error.c"
ln "$s/counter.c" "$s/error.c"
tar -cf "$t/hard.tar" -C "$s" counter.c error.c
refuses 'a hard link in a tar' 3 'error.c is a link' "$t/hard.tar"
taken hard "$s" --test destroy_takes_null
check 'a hard link in a folder is a file like others' exited 0

submission folders
rm "$s/counter.c"
mkdir "$s/counter.c"
refuses 'a folder named counter.c' 3 'counter.c is not a regular file' "$s"
(cd "$s" && tar -cf ../folders.tar counter.c)
refuses 'a folder named counter.c in a tar' 3 'it has no file of lab' \
    "$t/folders.tar"
rmdir "$s/counter.c"
mkfifo "$s/counter.c"
refuses 'a pipe named counter.c' 3 'counter.c is not a regular file' "$s"
tar -cf "$t/fifo.tar" -C "$s" .
refuses 'a pipe named counter.c in a tar' 3 'counter.c is not a regular file' \
    "$t/fifo.tar"
refuses 'a submission that is a pipe' 3 'neither a folder nor an archive' \
    "$s/counter.c"
refuses 'a submission that is a device' 3 'neither a folder nor an archive' \
    /dev/zero

# ---- names in archives ----

{
    tar_file counter.c "$t/flat/counter.c"
    tar_file error.c "$t/flat/error.c"
    tar_end
} >"$t/own.tar"
taken own.tar "$t/own.tar" --test inc_adds_1
check 'an archive that was made by hand is graded' both_taken
for name in /counter.c ../counter.c a/../../counter.c 01-counter/..; do
    {
        tar_file "$name" "$t/flat/counter.c"
        tar_file error.c "$t/flat/error.c"
        tar_end
    } >"$t/name.tar"
    case $name in
    /*) words='absolute paths are refused' ;;
    *) words='paths with .. are refused' ;;
    esac
    refuses "the name $name" 3 "$name: $words" "$t/name.tar"
done
{
    tar_file a..b/..counter.c "$t/flat/counter.c"
    tar_file 01-counter/counter.c "$t/flat/counter.c"
    tar_end
} >"$t/name.tar"
taken dots "$t/name.tar" --test destroy_takes_null
check 'two dots within a name are no harm' exited 0
{
    tar_file counter.c "$t/flat/counter.c"
    tar_file counter.c "$t/flat/counter.c"
    tar_end
} >"$t/name.tar"
refuses 'a file that is there twice' 3 'counter.c is in the archive twice' \
    "$t/name.tar"
{
    tar_file ann/counter.c "$t/flat/counter.c"
    tar_file bob/counter.c "$t/flat/counter.c"
    tar_end
} >"$t/name.tar"
refuses 'two submissions in one archive' 3 'counter.c is in the archive twice' \
    "$t/name.tar"
{
    tar_head counter.c 2 /etc/passwd 0
    tar_end
} >"$t/name.tar"
refuses 'a link in a tar that was made by hand' 3 'counter.c is a link' \
    "$t/name.tar"

# ---- too much ----

submission large
head -c 2097152 /dev/zero | tr '\000' '\n' >"$s/error.c"
refuses 'a file of 2 MiB' 3 'error.c is larger than 1 MiB' "$s"
tar -czf "$t/large.tar.gz" -C "$s" .
refuses 'a file of 2 MiB in an archive' 3 'error.c is larger than 1 MiB' \
    "$t/large.tar.gz"
(cd "$s" && zip -q ../large.zip error.c)
refuses 'a file of 2 MiB in a zip' 3 'error.c is larger than 1 MiB' \
    "$t/large.zip"

# 1 GB of zeros: 64 times one compressed block of 16 MiB.
head -c 16777216 /dev/zero | gzip >"$t/block"
for name in counter.c zeros; do
    {
        tar_head "$name" 0 '' 1073741824 | gzip
        for _ in 1 2 3 4 5 6 7 8; do
            for _ in 1 2 3 4 5 6 7 8; do
                cat "$t/block"
            done
        done
        tar_end | gzip
    } >"$t/zeros.tar.gz"
    refuses "1 GB of zeros as $name" 3 'unpacks to more than 64 MiB' \
        "$t/zeros.tar.gz"
done
{
    tar_head other 0 '' 0
    for _ in 1 2 3 4 5 6 7 8; do
        head -c 16777216 /dev/zero | tr '\000' x
    done
} | gzip -1 >"$t/zeros.gz"
refuses '128 MiB that are no archive' 3 'that can be read' "$t/zeros.gz"
truncate -s 1G "$t/zeros"
refuses 'a sparse file of 1 GB that is no archive' 3 'it has no file of lab' \
    "$t/zeros"
tar -C "$t" -Scf "$t/sparse.tar" zeros
refuses 'a sparse archive of 1 GB' 3 'unpacks to more than 64 MiB' \
    "$t/sparse.tar"
truncate -s 68M "$t/counter.c"
(cd "$t" && zip -q1 zeros.zip counter.c)
refuses 'a zip of 68 MiB of zeros' 3 'unpacks to more than 64 MiB' \
    "$t/zeros.zip"
rm "$t/zeros" "$t/counter.c"
tar_head x 0 '' 0 >"$t/entry"
for _ in 1 2 3 4 5 6 7; do
    cat "$t/entry" "$t/entry" "$t/entry" "$t/entry" >"$t/entries"
    mv "$t/entries" "$t/entry"
done
refuses 'an archive of 16384 entries' 3 'has more than 10000 entries' \
    "$t/entry"

# ---- damage ----

head -c 2000 "$t/own.tar" >"$t/short.tar"
refuses 'a tar that was cut off' 3 'damaged' "$t/short.tar"
gzip -c "$t/own.tar" | head -c 700 >"$t/short.tar.gz"
refuses 'a tar.gz that was cut off' 3 'short.tar.gz: ' "$t/short.tar.gz"
head -c 1500 "$t/flat.zip" >"$t/short.zip"
refuses 'a zip that was cut off' 3 'short.zip: ' "$t/short.zip"
(cd "$t/flat" && zip -q -P secret ../secret.zip ./*.c)
refuses 'an encrypted zip' 3 'secret.zip: ' "$t/secret.zip"
head -c 100000 /dev/urandom >"$t/random"
refuses 'random bytes' 3 'neither a folder nor an archive that can be read' \
    "$t/random"
: >"$t/nothing"
refuses 'an empty file' 3 'neither a folder nor an archive that can be read' \
    "$t/nothing"
refuses 'a file of C' 3 'neither a folder nor an archive that can be read' \
    "$t/flat/counter.c"

# ---- who may read it ----

submission secret
chmod 000 "$s/counter.c"
if [ "$(id -u)" = 0 ]; then
    # Another user needs a grader that this user may read, too.
    mkdir -p "$t/grader/build"
    cp -R "$root/build/bin" "$root/build/judge" "$t/grader/build"
    mkdir -p "$t/grader/tests/suites/01-counter"
    cp "$root/tests/suites/01-counter/manifest" "$t/grader/tests/suites/01-counter"
    chmod -R go+rX "$t/grader"
    setpriv --reuid 12345 --regid 12345 --clear-groups \
        "$t/grader/build/bin/grade" lab "$s" --lab 01 >"$t/out" 2>"$t/err"
    status=$?
else
    grade "$s" --lab 01
fi
unreadable() {
    exited 3 && err_says 'counter.c cannot be opened: Permission denied'
}
check 'a file that may not be read' unreadable

# ---- usage ----

refuses 'no such path' 3 "$t/nowhere: No such file or directory" "$t/nowhere"
refuses 'an unknown lab' 2 'there is no lab "99"' "$t/flat" --lab 99
check 'the labs that there are, are listed' err_says '01-counter'
refuses 'an unknown test' 3 'lab 01-counter has no test nonsense' "$t/flat" \
    --lab 01 --test nonsense

usage() {
    exited 2 && grep -q '^usage: grade lab PATH' "$t/err" &&
        head -n 1 "$t/err" | grep -qE '^(usage|grade): '
}
# bad_usage WHAT ARGUMENT...: of the program itself
bad_usage() {
    what=$1
    shift
    "$root/build/bin/grade" "$@" >"$t/out" 2>"$t/err"
    status=$?
    check "usage: $what" usage
}
bad_usage 'no arguments'
bad_usage 'an unknown verb' mark "$t/flat"
bad_usage 'no path' lab
bad_usage 'two paths' lab "$t/flat" "$t/flat"
bad_usage 'an unknown option' lab "$t/flat" --marks
bad_usage 'an option without its value' lab "$t/flat" --lab
bad_usage 'an unknown compiler' lab "$t/flat" --cc tcc
bad_usage 'a test without a lab' lab "$t/flat" --test inc_adds_1
bad_usage 'a board of nothing' board

check_nothing_left 'nothing is left behind'
finish
