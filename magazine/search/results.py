"""Hold what a search found, and show the words that were found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from magazine.search.query import SearchQuery, fold_with_places
from magazine.typography import typeset_html

SNIPPET = 220


@dataclass(frozen=True)
class SearchHit:
    """An article that was found: its identifier, score, and a snippet of escaped, typeset HTML."""

    article_id: int
    score: float
    snippet: str


@dataclass(frozen=True)
class SearchResults:
    """One leaf of hits, best first, and how many there are in all."""

    query: SearchQuery
    hits: tuple[SearchHit, ...]
    total: int
    leaves: int


def snippet_of(text: str, words: tuple[str, ...]) -> str:
    """Return the passage of `text` where the first word stands, every word in `<mark>`."""
    folded, places = fold_with_places(text)
    words = tuple(word for word in words if len(word) > 2) or words
    found = [(places[a], places[b - 1] + 1) for a, b in occurrences(folded, words)]
    start, end = _window(text, found[0][0] if found else 0)
    parts, done = [], start
    for first, last in found:
        if first < done or last > end:
            continue
        parts += [escape(text[done:first]), "<mark>", escape(text[first:last]), "</mark>"]
        done = last
    parts.append(escape(text[done:end]))
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return typeset_html(before + "".join(parts).strip() + after)


def occurrences(folded: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return where the words begin a word of the folded text, to the end of that word."""
    if not words:
        return []
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return [found.span() for found in re.finditer(rf"(?<![^\W_])(?:{wanted})[^\W_]*", folded)]


def _window(text: str, place: int) -> tuple[int, int]:
    start = max(0, place - SNIPPET // 3)
    if start:
        start = text.find(" ", start) + 1 or start
    start = min(start, place)
    end = min(len(text), start + SNIPPET)
    if end < len(text):
        end = max(text.rfind(" ", place, end), place) if " " in text[place:end] else end
    return start, end
