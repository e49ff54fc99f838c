"""Offer, for a word that no article holds, the nearest of those that articles hold."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from magazine.search.analysis import Word, folded
from magazine.search.engines.embedded.postings import EXACT_SIGN
from magazine.search.engines.embedded.schema import value_of
from magazine.search.nearness import MOST_OFFERED, edits_allowed, edits_between, is_mendable


@dataclass
class _Shelf:
    """Words of one length, without accents: what each stands for, and how many articles hold it."""

    words: dict[str, dict[str, int]] = field(default_factory=dict)
    _letters: NDArray[np.uint32] | None = None

    def put(self, plain: str, word: str, articles: int) -> None:
        if plain not in self.words:
            self.words[plain] = {}
            self._letters = None
        if articles:
            self.words[plain][word] = articles
        else:
            self.words[plain].pop(word, None)
        if not self.words[plain]:
            self.words.pop(plain)
            self._letters = None

    def like(self, plain: str, edits: int) -> list[str]:
        """Return the words that have nearly the same letters: an edit changes two at most."""
        if not self.words:
            return []
        if self._letters is None:
            self._letters = _letters(list(self.words))
        differing = np.bitwise_count(self._letters ^ _letters([plain]))
        words = list(self.words)
        return [words[place] for place in np.flatnonzero(differing <= 2 * edits)]


def _letters(words: list[str]) -> NDArray[np.uint32]:
    """Return which letters are in words of one length, as bits; some share a bit."""
    signs = np.array(words, dtype=f"U{len(words[0])}")
    codes = signs.view(np.uint32).reshape(len(words), -1)
    return np.bitwise_or.reduce(np.left_shift(np.uint32(1), codes & 31), axis=1)


@dataclass
class _Known:
    """The words of one file, by their length without accents."""

    path: Path | None = None
    sequence: int = -1
    by_length: dict[int, _Shelf] = field(default_factory=dict)

    def put(self, word: str, articles: int) -> None:
        plain = folded(word)
        self.by_length.setdefault(len(plain), _Shelf()).put(plain, word, articles)


_lock = threading.Lock()
_known: list[_Known] = [_Known()]


def nearest(
    db: sqlite3.Connection, path: Path, words: Collection[Word]
) -> Mapping[str, tuple[str, ...]]:
    """Return the nearest words for those that no article holds, by exact form, best first."""
    mendable = [word for word in words if is_mendable(word.exact)]
    held = {word.exact for word in mendable if _holds(db, (word.term, EXACT_SIGN + word.exact))}
    unknown = {word.exact for word in mendable} - held
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
        shelf = known.by_length.get(length)
        if shelf is None:
            continue
        for other in shelf.like(plain, edits):
            differing = edits_between(plain, other, edits)
            if differing is not None:
                found += [
                    (differing, -articles, near) for near, articles in shelf.words[other].items()
                ]
    return tuple(near for *_order, near in sorted(found)[:MOST_OFFERED])
