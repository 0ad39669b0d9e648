#!/bin/sh
# SPDX-License-Identifier: MIT
#
# pack.sh SYSTEM LAB OUT - what a teacher uploads to Gradescope or Autolab
#
#     gradescope  OUT/gradescope-LAB.zip: setup.sh and run_autograder at its
#                 root, and the course that they build and run
#     autolab     OUT/autograde.tar with the course, OUT/autograde-Makefile
#
# The course is what grades: labs/, solutions/, tests/ without what tests our
# own tools, and the Makefile. Run from the top folder, by `make gradescope`.
set -eu

system=$1
lab=$2
mkdir -p "$3"
out=$(cd "$3" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

tar -cf - --exclude=tests/self --exclude=tests/mutants --exclude=tests/attacks \
    --exclude=tests/alternatives --exclude=tests/interleave/self \
    --exclude=tests/interleave/mutants LICENSE Makefile labs solutions tests |
    tar -C "$work" -xf -
mkdir -p "$work/bench"

# The grading of one submission; its result in the system's form on stdout.
cat >"$work/grade-one.sh" <<END
#!/bin/sh
# grade-one.sh FORMAT SUBMISSION: grades lab $lab, writes FORMAT to stdout
cd "\$(dirname "\$0")" || exit 3
result=\$(mktemp)
trap 'rm -f "\$result"' EXIT
build/bin/grade lab "\$2" --lab $lab --backfill --quiet --name submission \\
    --repeat 'make grade' --json "\$result" >&2 || exit 3
build/bin/grade export "\$1" "\$result"
END
chmod 755 "$work/grade-one.sh"

pack_gradescope() {
    cat >"$work/setup.sh" <<'END'
#!/usr/bin/env bash
# Gradescope runs this once, when it makes its image.
set -e
command -v make >/dev/null || { apt-get update && apt-get install -y make gcc; }
cd /autograder/source
make build
END
    cat >"$work/run_autograder" <<'END'
#!/usr/bin/env bash
# Gradescope runs this for each submission, in /autograder.
results=/autograder/results/results.json
if ! /autograder/source/grade-one.sh gradescope /autograder/submission \
    >"$results.new" 2>/autograder/results/grader.log; then
    # no backslash or quotation mark from outside gets into the JSON
    why=$(tail -n 1 /autograder/results/grader.log | tr -d '"\\\000-\037')
    printf '{"score": 0, "output": "%s"}\n' "$why" >"$results.new"
fi
mv "$results.new" "$results"
END
    chmod 755 "$work/setup.sh" "$work/run_autograder"
    rm -f "$out/gradescope-$lab.zip"
    (cd "$work" && zip -qr -X "$out/gradescope-$lab.zip" .)
    echo "  $out/gradescope-$lab.zip"
}

pack_autolab() {
    tar -C "$work" -cf "$out/autograde.tar" .
    cat >"$out/autograde-Makefile" <<'END'
# Autolab runs `make` beside autograde.tar and the file that was handed in.
all:
	@mkdir -p course && tar -xf autograde.tar -C course
	@$(MAKE) -s -C course build >&2
	@course/grade-one.sh autolab "$$PWD/$(HANDIN)"

HANDIN = $(firstword $(wildcard handin.tar handin.zip handin.tar.gz handin))
END
    echo "  $out/autograde.tar"
    echo "  $out/autograde-Makefile"
}

case $system in
gradescope) pack_gradescope ;;
autolab) pack_autolab ;;
*)
    echo "usage: pack.sh gradescope|autolab LAB OUT" >&2
    exit 2
    ;;
esac
