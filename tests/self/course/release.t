#!/bin/sh
# SPDX-License-Identifier: MIT
#
# release.t - a release is refused until it says what it must, and its archives
# are the same each time
set -u
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
. tests/self/tap.sh
need git

# A repository of our files, with one commit. Where CI unpacked an archive,
# there is none to clone.
version=$(sed -n 's/^VERSION := //p' Makefile)
repo=$t/repo
mkdir "$repo"
tar -cf - --exclude=./build --exclude=./.git . | tar -C "$repo" -xf -
keep() {
    (cd "$repo" && git add -A && git -c user.name=us -c user.email=us@localhost \
        commit -qm "$1") >"$t/out" 2>&1
}
(cd "$repo" && git init -q .) && keep first
release() {
    (cd "$repo" && tests/support/release.sh "$@") >"$t/out" 2>"$t/err"
    status=$?
}
refused() { [ "$status" = 3 ] && grep -qF "$1" "$t/err"; }

sed -i "s/^## $version .*/## $version (not released)/" "$repo/CHANGELOG.md"
keep undated
release check "$version"
check 'a version without a date is refused' refused 'has no date yet'
sed -i "s/^## $version .*/## $version (2026-12-01)/" "$repo/CHANGELOG.md"
release check "$version"
check 'what is not committed is refused, by name' refused CHANGELOG.md
keep dated
release check "$version"
passes() { [ "$status" = 0 ] && grep -q "^  $version: committed" "$t/out"; }
check 'with a date it passes' passes
release check 9.9
check 'another version than the newest of CHANGELOG.md is refused' \
    refused 'does not begin with 9.9'
echo "This is Abacus $version." >>"$repo/README.md"
keep twice
release check "$version"
check 'the version in another place is refused, by its file' refused README.md
(cd "$repo" && git reset -q --hard HEAD~1)
sed -i 's/Grades: //' "$repo/CHANGELOG.md"
keep silent
release check "$version"
check 'a version that says nothing of grades is refused' \
    refused 'nothing of grades'
(cd "$repo" && git reset -q --hard HEAD~1)

mkdir -p "$repo/build/slides"
echo deck >"$repo/build/slides/01.html"
release pack "$version" "$t/one"
check 'the archives are made' [ "$status" = 0 ]
touch "$repo/build/slides/01.html"
release pack "$version" "$t/two"
check 'the same commit gives the same bytes' diff -r "$t/one" "$t/two"
three() { [ "$(wc -l <"$t/one/SHA256SUMS")" = 3 ]; }
check 'three of them, with their sums' three
sums() { (cd "$t/one" && sha256sum -c SHA256SUMS); }
check 'the sums are right' sums
whole() {
    tar -tzf "$t/one/abacus-$version-course.tar.gz" |
        grep -v '/$' | sed 's,^[^/]*/,,' | sort >"$t/packed"
    git -C "$repo" ls-files | sort | cmp - "$t/packed"
}
check 'the course is all that is committed' whole
finish
