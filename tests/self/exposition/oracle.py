# SPDX-License-Identifier: MIT
#
# oracle.py - what the parsers of Prometheus' Python client say of pages
#
#     oracle.py FILE...
#
# A line a file: "FILE valid" or "FILE invalid WORDS". Beside a valid one goes
# FILE.python, its samples as `expocheck --samples` prints them, sorted. Python
# only because the parsers are: the package is python3-prometheus-client.
import sys

from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client import parser as text


def escaped(s):
    return s.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def line(sample, name):
    labels = ",".join('%s="%s"' % (k, escaped(v)) for k, v in
                      sorted(sample.labels.items(), key=lambda i: i[0].encode()))
    value = "nan" if sample.value != sample.value else "%.17g" % sample.value
    return name + ("{" + labels + "}" if labels else "") + " " + value


def look(path):
    with open(path, encoding="utf-8", newline="") as f:
        page = f.read()
    parser = openmetrics if path.endswith(".om") else text
    lines = []
    for family in parser.text_string_to_metric_families(page):
        for sample in family.samples:
            lines.append(line(sample, sample.name))
    with open(path + ".python", "wb") as f:
        for l in sorted(l.encode() for l in lines):
            f.write(l + b"\n")


for path in sys.argv[1:]:
    try:
        look(path)
        print(path, "valid")
    except Exception as e:  # the parsers raise many kinds
        print(path, "invalid", " ".join(str(e).split())[:80])
