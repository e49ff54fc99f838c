"""Offer, for a word that no article holds, the nearest of those that articles hold."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from magazine.search.analysis import Word, folded
from magazine.search.engines.embedded.postings import EXACT_SIGN
from magazine.search.engines.embedded.schema import value_of
from magazine.search.nearness import MOST_OFFERED, edits_allowed, is_mendable


@dataclass
class _Known:
    """The words of one file: by length those without accents, and by those what they stand for."""

    path: Path | None = None
    sequence: int = -1
    by_length: dict[int, dict[str, dict[str, int]]] = field(default_factory=dict)

    def put(self, word: str, articles: int) -> None:
        plain = folded(word)
        same = self.by_length.setdefault(len(plain), {}).setdefault(plain, {})
        if articles:
            same[word] = articles
        else:
            same.pop(word, None)
            if not same:
                self.by_length[len(plain)].pop(plain)


_lock = threading.Lock()
_known: list[_Known] = [_Known()]


def nearest(
    db: sqlite3.Connection, path: Path, words: Collection[Word]
) -> Mapping[str, tuple[str, ...]]:
    """Return the nearest words for those that no article holds, by exact form, best first."""
    unknown = {
        word.exact
        for word in words
        if is_mendable(word.exact) and not _holds(db, (word.stem, EXACT_SIGN + word.exact))
    }
    if not unknown:
        return {}
    with _lock:
        known = _brought_up_to_date(db, path)
        found = {word: _nearest(known, word) for word in sorted(unknown)}
    return {word: others for word, others in found.items() if others}


def _holds(db: sqlite3.Connection, terms: tuple[str, str]) -> bool:
    find = "SELECT 1 FROM postings WHERE term IN (?, ?) LIMIT 1"
    return db.execute(find, terms).fetchone() is not None


def _brought_up_to_date(db: sqlite3.Connection, path: Path) -> _Known:
    sequence = int(value_of(db, "sequence"))
    known = _known[0]
    if known.path != path or known.sequence > sequence:
        known = _known[0] = _Known(path)
    if known.sequence < sequence:
        rows = db.execute(
            "SELECT word, articles FROM vocabulary WHERE sequence > ?", [known.sequence]
        )
        for word, articles in rows:
            known.put(word, articles)
        known.sequence = sequence
    return known


def _nearest(known: _Known, word: str) -> tuple[str, ...]:
    plain = folded(word)
    edits = edits_allowed(word)
    found = []
    for length in range(len(plain) - edits, len(plain) + edits + 1):
        candidates = known.by_length.get(length)
        if not candidates:
            continue
        for other, distance, _place in process.extract(
            plain, candidates.keys(), scorer=OSA.distance, score_cutoff=edits, limit=None
        ):
            found += [
                (distance, other[0] != plain[0], -articles, near)
                for near, articles in candidates[other].items()
            ]
    return tuple(near for *_order, near in sorted(found)[:MOST_OFFERED])
