"""Keep, in each process, which articles there are, their days and their facets, for counting.

Arrays by slot, never changed once they are handed out; after a write, only the articles that it
concerned are read again.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from magazine.search.engines.embedded.schema import value_of
from magazine.search.query import FACETS

NOBODY = -1
# Of a word at 20,000 articles: 160 kB.
MOST_REMEMBERED = 48
# Slots are added by so many.
STEP = 256


@dataclass(frozen=True)
class Values:
    """A facet's values: by number their name and label, by slot and place their numbers."""

    names: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    by_slot: NDArray[np.int32] = field(default_factory=lambda: np.full((0, 1), NOBODY, np.int32))

    def having(self, chosen: Sequence[str]) -> NDArray[np.bool_]:
        """Tell, by slot, which articles have one of the values."""
        numbers = [number for number, name in enumerate(self.names) if name in chosen]
        return np.logical_or.reduce(np.isin(self.by_slot, numbers), axis=1)

    def counts(self, is_counted: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return, by number, how many of the articles have each value."""
        held = self.by_slot[np.flatnonzero(is_counted)].ravel()
        # Empty places are -1: counted first, and left out.
        return np.bincount(held + 1, minlength=len(self.names) + 1)[1:]


@dataclass(frozen=True)
class Shelf:
    """All articles of one state of one file. `days` are ordinals, 0 where there is no date.

    An answer asks for the same words several times, all of them and then fewer: what was found
    last is remembered.
    """

    path: Path
    sequence: int
    article_ids: NDArray[np.int64]
    days: NDArray[np.int64]
    facets: Mapping[str, Values]
    _found: dict[Hashable, NDArray[Any]] = field(default_factory=dict)

    def remembered(self, question: Hashable, find: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """Return what was found for a question in this state, by slot; nobody may change it."""
        found = self._found.get(question)
        if found is None:
            found = find()
            found.flags.writeable = False
            for oldest in list(self._found)[: 1 - MOST_REMEMBERED]:
                self._found.pop(oldest, None)
            self._found[question] = found
        return found

    @property
    def slots(self) -> int:
        """Return how many slots there are, empty ones included."""
        return len(self.article_ids)

    @property
    def is_taken(self) -> NDArray[np.bool_]:
        """Tell, by slot, whether an article is there."""
        return self.article_ids != NOBODY


_lock = threading.Lock()
_latest: dict[str, Shelf] = {}


def shelf_of(db: sqlite3.Connection, path: Path) -> Shelf:
    """Return the articles as the transaction that is open on `path` sees them."""
    sequence = int(value_of(db, "sequence"))
    known = _latest.get("readers")
    if known and known.path == path and known.sequence == sequence:
        return known
    if not known or known.path != path or known.sequence > sequence:
        known = Shelf(path, -1, np.zeros(0, np.int64), np.zeros(0, np.int64), {})
    shelf = _brought_up_to(sequence, known, db)
    with _lock:
        latest = _latest.get("readers")
        if not latest or latest.path != path or latest.sequence < sequence:
            _latest["readers"] = shelf
    return shelf


def _brought_up_to(sequence: int, known: Shelf, db: sqlite3.Connection) -> Shelf:
    rows = db.execute(
        "SELECT slot, article_id, day, facets FROM articles WHERE sequence > ? ORDER BY sequence",
        [known.sequence],
    ).fetchall()
    last = max((row[0] for row in rows), default=-1)
    slots = max(known.slots, -(-(last + 1) // STEP) * STEP)
    article_ids = _grown(known.article_ids, slots, NOBODY)
    days = _grown(known.days, slots, 0)
    places = [row[0] for row in rows]
    article_ids[places] = [NOBODY if row[1] is None else row[1] for row in rows]
    days[places] = [row[2] or 0 for row in rows]
    held = json.loads("[" + ",".join(row[3] or "{}" for row in rows) + "]")
    facets = {
        name: _with(
            known.facets.get(name, Values()), slots, places, [d.get(name, ()) for d in held]
        )
        for name in FACETS
    }
    return Shelf(known.path, sequence, article_ids, days, facets)


def _with(
    known: Values, slots: int, places: Sequence[int], held: Sequence[Sequence[Sequence[str]]]
) -> Values:
    """Return a facet's values with those of some slots replaced; a value's latest label wins."""
    numbers = {name: number for number, name in enumerate(known.names)}
    labels = list(known.labels)
    width = max([known.by_slot.shape[1], *(len(pairs) for pairs in held)])
    by_slot = np.full((slots, width), NOBODY, np.int32)
    by_slot[: len(known.by_slot), : known.by_slot.shape[1]] = known.by_slot
    by_slot[places] = NOBODY
    for slot, pairs in zip(places, held, strict=True):
        for place, (name, label) in enumerate(pairs):
            number = numbers.setdefault(name, len(numbers))
            if number == len(labels):
                labels.append(label)
            labels[number] = label
            by_slot[slot, place] = number
    return Values(tuple(numbers), tuple(labels), by_slot)


def _grown(array: NDArray[np.int64], slots: int, empty: int) -> NDArray[np.int64]:
    grown = np.full(slots, empty, np.int64)
    grown[: len(array)] = array
    return grown
