# SPDX-License-Identifier: MIT
#
# readers.py FORMAT EXPORT SOURCE - reads an export as the system does that it
# is for, and compares what came through with the source
#
# gradescope: docs/specs.md of gradescope/autograder_samples
# autolab:    the last line, with the rewriting of autograde's Ruby before it
# junit:      the elements that Jenkins's junit-10.xsd requires
# canvas:     lib/gradebook_importer.rb: headings, the line of points, students
# moodle:     mod/assign/feedback/offline/importgradeslib.php: three columns
import csv
import json
import re
import sys
import xml.etree.ElementTree as xml

FORMATS = {"text", "html", "simple_format", "md", "ansi"}


def need(fact, what):
    if not fact:
        sys.exit(f"{sys.argv[1]}: {what}")


def gradescope(text, source):
    r = json.loads(text)
    tests = [t for lab in source["labs"] for t in lab["tests"]]
    need(r["score"] == sum(lab["score"] for lab in source["labs"]), "score")
    need(r["output_format"] in FORMATS, "output_format")
    need(r["stdout_visibility"] in
         {"hidden", "after_due_date", "after_published", "visible"}, "stdout")
    need(len(r["tests"]) == len(tests), "tests")
    for got, want in zip(r["tests"], tests):
        need(got["score"] == want["score"], "a score")
        need(got["max_score"] == want["max_score"], "a max_score")
        need(got["status"] in {"passed", "failed"}, "a status")
        need((got["status"] == "failed") == (want["status"] == "failed"),
             "a verdict")
        need(want["name"] in got["name"], "a name")
        need(got["output_format"] in FORMATS, "a format")


def autolab(text, source):
    lines = text.rstrip("\n").split("\n")
    rewritten = [re.sub(r"([a-zA-Z0-9]+):", r'"\1":', l) for l in lines]
    need(rewritten == lines, "Autolab would rewrite it")
    scores = json.loads(rewritten[-1])["scores"]
    need(scores == {lab["lab"]: lab["score"] for lab in source["labs"]},
         "scores")
    feedback = json.loads(lines[-2])
    need(feedback["_presentation"] == "semantic", "_presentation")
    for lab in source["labs"]:
        need(lab["lab"] in feedback["stages"], "stages")
        for t in lab["tests"]:
            passed = feedback[lab["lab"]][t["name"]]["passed"]
            need(passed == (t["status"] in {"passed", "inconclusive"}),
                 t["name"])


def junit(text, source):
    root = xml.fromstring(text)
    need(root.tag == "testsuites", "root")
    need(root.get("name") == source["submission"], "name")
    for suite, lab in zip(root, source["labs"]):
        need(suite.tag == "testsuite" and suite.get("name") == lab["lab"],
             "testsuite")
        cases = suite.findall("testcase")
        failed = [c.get("name") for c in cases if c.find("failure") is not None]
        need(int(suite.get("tests")) == len(cases) == len(lab["tests"]), "tests")
        need(int(suite.get("failures")) == len(failed), "failures")
        need(failed == [t["name"] for t in lab["tests"]
                        if t["status"] == "failed"], "which failed")


def rows(text):
    return list(csv.reader(text.splitlines(keepends=True), strict=True))


def canvas(text, roster):
    head, points, *students = rows(text)
    need("Student" in head[0] and "ID" in head[1], "row_has_student_headers?")
    need(re.search(r"SIS\s+User\s+ID", head[2]), "SIS User ID")
    need(re.search(r"SIS\s+Login\s+ID", head[3]), "SIS Login ID")
    need("Section" in head[4], "last_student_info_column")
    need("Points Possible" in points[0], "Points Possible")
    need(all(float(p) > 0 for p in points[5:]), "points")
    need([s[0] for s in students] == [s["name"] for s in roster], "students")
    need(all(len(s) == len(head) for s in students), "cells")
    for s in students:
        need(all(re.fullmatch(r"[0-9]+(\.[0-9]+)?", m) for m in s[5:]), "marks")


def moodle(text, roster):
    head, *students = rows(text)
    for column in ("Identifier", "Grade", "Last modified (grade)"):
        need(column in head, column)
    grade = head.index("Grade")
    need([s[1] for s in students] == [s["name"] for s in roster], "students")
    need(all(float(s[grade]) >= 0 for s in students), "grades")


name, export, source = sys.argv[1:]
text = open(export, encoding="utf-8", newline="").read()
if name in ("canvas", "moodle"):
    data = list(csv.DictReader(open(source, encoding="utf-8", newline="")))
else:
    data = json.load(open(source, encoding="utf-8"))
globals()[name](text, data)
