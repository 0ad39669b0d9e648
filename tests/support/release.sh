#!/bin/sh
# SPDX-License-Identifier: MIT
#
# release.sh - what a release promises that no test says, and its archives
#
#     tests/support/release.sh check VERSION
#     tests/support/release.sh pack VERSION OUT
#
# check: everything is committed; CHANGELOG.md has the version first, with its
# date, and says of grades whether they change; no other file but the Makefile
# and that says which version this is.
#
# pack: OUT/abacus-VERSION-course.tar.gz, the repository at this commit;
# OUT/abacus-VERSION.tar.gz, the handout; OUT/abacus-VERSION-slides.tar.gz, if
# build/slides has them; OUT/SHA256SUMS. The same commit gives the same bytes.
#
# Run from the top folder, by `make release`.
set -eu

die() {
    echo "release: $*" >&2
    exit 3
}

# The newest version's part of CHANGELOG.md
newest() {
    awk '/^## / { if (seen++) exit } seen' CHANGELOG.md
}

check() {
    changed=$(git status --porcelain)
    [ -z "$changed" ] || die "not everything is committed:
$changed"
    newest | head -n 1 | grep -q "^## $1 " ||
        die "CHANGELOG.md does not begin with $1"
    newest | head -n 1 | grep -q "^## $1 ([0-9]*-[0-9]*-[0-9]*)$" ||
        die "CHANGELOG.md: the heading of $1 has no date yet, as in" \
            "'## $1 (2026-12-01)'"
    newest | grep -q 'Grades: ' ||
        die "CHANGELOG.md says nothing of grades in $1"
    where=$(git grep -liE "abacus[ -]v?$1" -- ':!Makefile' || :)
    [ -z "$where" ] || die "the version stands elsewhere, too:
$where"
    echo "  $1: committed, dated, and CHANGELOG.md speaks of grades"
}

# pack_slides NAME: build/slides as an archive of that one folder
pack_slides() {
    LC_ALL=C tar -C build --sort=name --format=ustar --owner=0 --group=0 \
        --numeric-owner --mode='u=rwX,go=rX' --mtime='2026-01-01 00:00:00Z' \
        --transform "s,^slides,$1," -cf - slides | gzip -9n
}

pack() {
    version=$1 out=$2
    mkdir -p "$out"
    git archive --format=tar --prefix="abacus-$version-course/" HEAD |
        gzip -9n >"$out/abacus-$version-course.tar.gz"
    solutions/handout.sh "$version" "$out" >"$out/log" || {
        cat "$out/log" >&2
        exit 3
    }
    rm "$out/log"
    [ ! -d build/slides ] || pack_slides "abacus-$version-slides" \
        >"$out/abacus-$version-slides.tar.gz"
    (cd "$out" && sha256sum abacus-"$version"*.tar.gz >SHA256SUMS)
    sed "s,^\([0-9a-f]\{16\}\)[0-9a-f]* *,  \1  $out/," "$out/SHA256SUMS"
}

case ${1-} in
check) check "$2" ;;
pack) pack "$2" "$3" ;;
*) die 'usage: release.sh check VERSION | pack VERSION OUT' ;;
esac
