"""Set quotations inside quotations as French does: « first “second” first ». No Django here."""

from __future__ import annotations

import re

MARKS = re.compile(r"«[\s\u00a0\u202f]*|[\s\u00a0\u202f]*»")


def nested(text: str) -> str:
    """Return a text whose « » inside « » are “ ”; those of a text that doesn't pair stay."""
    depth, parts, done = 0, [], 0
    for mark in MARKS.finditer(text):
        opens = "«" in mark[0]
        depth += 1 if opens else -1
        if depth < 0:
            return text
        if depth > (1 if opens else 0):
            parts += [text[done : mark.start()], "“" if opens else "”"]
            done = mark.end()
    return text if depth else "".join([*parts, text[done:]])
