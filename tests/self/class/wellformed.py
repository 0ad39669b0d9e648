# SPDX-License-Identifier: MIT
#
# wellformed.py - are all elements of a page opened and closed in order?
import sys
from html.parser import HTMLParser

VOID = {"meta", "br", "img"}


class Check(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            sys.exit(f"{sys.argv[1]}:{self.getpos()[0]}: </{tag}>")


check = Check()
check.feed(open(sys.argv[1], encoding="utf-8").read())
check.close()
if check.open:
    sys.exit(f"{sys.argv[1]}: not closed: {check.open}")
