"""Read what a reader typed into the search field, within bounds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST_TEXT = 200
MOST_WORDS = 8
LAST_LEAF = 500
APART = {"œ": "oe", "æ": "ae", "ß": "ss"}
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class SearchQuery:
    """A text as typed (at most 200 signs), its folded words (at most 8), the leaf asked for."""

    text: str
    words: tuple[str, ...]
    leaf: int = 1


def read_query(text: str, leaf: str | int | None = 1) -> SearchQuery:
    """Return a query from any two strings a browser may send; never raises."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text[:LONGEST_TEXT])
    shown = " ".join(shown.split())
    words = tuple(dict.fromkeys(WORD.findall(fold(shown))))[:MOST_WORDS]
    return SearchQuery(text=shown, words=words, leaf=_leaf(leaf))


def fold(text: str) -> str:
    """Return a text in small letters without accents; ligatures are taken apart."""
    return fold_with_places(text)[0]


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its signs, where it stood in the original."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for part in unicodedata.normalize("NFKD", sign.lower()):
            if unicodedata.combining(part):
                continue
            for letter in APART.get(part, part):
                signs.append(letter)
                places.append(place)
    return "".join(signs), places


def _leaf(number: str | int | None) -> int:
    written = str(number or "")
    if not (written.isascii() and written.isdigit() and len(written) < 6):
        return 1
    return min(max(int(written), 1), LAST_LEAF)
