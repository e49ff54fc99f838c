"""Measure a text as the trade does: signs with their spaces, feuillets, minutes of reading.

What counts: the standfirst, and in the body paragraphs, crossheads, questions and answers, lists,
sidebars and notes from the editors. What does not: the title and all around it, captions, pull
quotes (they repeat the text), figures and tables; footnotes are counted apart. Blocks for the web
alone and for paper alone all count. The desk counts by the same rules while one types
(`static/magazine/desk/length.js`). No Django here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from magazine.footnotes import notes_of, without_notes

SIGNS_A_FEUILLET = 1500
WORDS_A_MINUTE = 230
# The same in JavaScript: /[\p{L}\p{N}_]+(?:['’-][\p{L}\p{N}_]+)*/gu.
WORD = re.compile(r"\w+(?:['’\-]\w+)*")
WHITE = re.compile(r"[ \t\n\r\f]+")
# Which fields of which block hold text that counts.
COUNTED: Mapping[str, Sequence[str]] = {
    "paragraph": ("text",),
    "crosshead": ("text",),
    "question_answer": ("question", "answer"),
    "list": ("items",),
    "sidebar": ("title", "text"),
    "editors_note": ("text",),
}
PARTS = re.compile(r"</?(?:p|li|ul|ol|h[1-6]|blockquote)\b[^>]*>|<hr\s*/?>")
BREAK = re.compile(r"<br\s*/?>")
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Length:
    """Signs with spaces, feuillets of 1,500 of them to one decimal, minutes (one at least).

    `note_signs` are those of the footnotes, which the others leave out.
    """

    signs: int
    feuillets: float
    minutes: int
    note_signs: int = 0


def length_of(article: Any) -> Length:
    """Return the length of an article: a live one, a draft, or a revision's object."""
    return length_of_blocks(article.standfirst, article.body)


def length_of_blocks(standfirst: str, blocks: Iterable[Any]) -> Length:
    """Return the length of a standfirst and some blocks of a body, such as those of one medium."""
    rich = [text for block in blocks for text in _texts(block)]
    parts = [standfirst, *(part for text in rich for part in parts_of(text))]
    notes = [note for text in rich for note in notes_of(text)]
    signs = sum(count_signs(part) for part in parts)
    words = sum(len(WORD.findall(part)) for part in parts)
    return Length(
        signs=signs,
        feuillets=(signs * 10 + SIGNS_A_FEUILLET // 2) // SIGNS_A_FEUILLET / 10,
        minutes=max(1, (2 * words + WORDS_A_MINUTE) // (2 * WORDS_A_MINUTE)),
        note_signs=sum(count_signs(unescape(TAG.sub("", note))) for note in notes),
    )


def count_signs(text: str) -> int:
    """Return the signs of one line of text, its spaces included, a run of them as one."""
    return len(WHITE.sub(" ", text).strip(" "))


def parts_of(html: str) -> list[str]:
    """Return the paragraphs of a rich text as plain text, without its notes."""
    plain = BREAK.sub("\n", without_notes(html))
    return [unescape(TAG.sub("", part)) for part in PARTS.split(plain)]


def _texts(block: Any) -> Iterator[str]:
    """Return what counts of a block, as rich text."""
    for name in COUNTED.get(block.block_type, ()):
        value = block.value[name]
        if isinstance(value, str):
            yield value.replace("&", "&amp;").replace("<", "&lt;")
        elif hasattr(value, "source"):
            yield value.source
        else:
            yield from (item.source for item in value)
