"""Answer plans from the embedded index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from magazine.search.analysis import Word, folded
from magazine.search.engines.base import Found, FoundHit, KeptText
from magazine.search.engines.embedded.connections import path_in_use, reading
from magazine.search.engines.embedded.scoring import Mask, Scales, Scores, Weighed
from magazine.search.engines.embedded.shelf import Shelf, Values, shelf_of
from magazine.search.engines.embedded.terms import unpack_shown
from magazine.search.engines.embedded.vocabulary import nearest
from magazine.search.plan import Plan
from magazine.search.query import FACETS, Cursor, Sort

MOST_VALUES = 50
# More than any score: what holds more of what was asked comes first, whatever the scores.
A_GROUP = 1000.0
# The day of what has none, where the oldest come first: they come last.
NO_DAY = 9_999_999


class EmbeddedEngine:
    """The engine of a magazine without a search server, and the one that stands in for it."""

    name = "embedded"

    def find(self, plan: Plan) -> Found:
        """Return the leaf that a plan asks for."""
        with reading() as db:
            shelf = shelf_of(db, path_in_use())
            weighed = Scales(db, shelf, plan).weighed()
        choices = {name: shelf.facets[name].having(values) for name, values in plan.facets}
        is_hit = _all_of(weighed.is_found, choices.values())
        values = _values(plan, shelf, weighed)
        slots, is_last = _leaf(plan, shelf, is_hit, values)
        return Found(
            total=int(is_hit.sum()),
            hits=tuple(FoundHit(int(shelf.article_ids[at]), float(values[at])) for at in slots),
            facets=_Facets(plan, shelf, weighed, choices),
            is_last=is_last,
        )

    def texts(self, article_ids: Sequence[int]) -> Mapping[int, KeptText]:
        """Return what is kept of articles, by id."""
        found = {}
        with reading() as db:
            for article_id in article_ids:
                row = db.execute(
                    "SELECT shown FROM texts JOIN articles USING (slot) WHERE article_id = ?",
                    [article_id],
                ).fetchone()
                if row:
                    found[article_id] = unpack_shown(row[0])
        return found

    def nearly(self, words: Collection[Word]) -> Mapping[str, tuple[str, ...]]:
        """Return the nearest words for those that no article holds."""
        with reading() as db:
            return nearest(db, path_in_use(), words)


class _Facets(Mapping[str, tuple[tuple[str, str, int], ...]]):
    """Counts facets when they are looked at: of many a plan only the number of hits is wanted."""

    def __init__(
        self, plan: Plan, shelf: Shelf, weighed: Weighed, choices: Mapping[str, Mask]
    ) -> None:
        self._count = lru_cache(maxsize=None)(
            lambda name: _counted(plan, name, shelf.facets[name], weighed, choices)
        )

    def __getitem__(self, name: str) -> tuple[tuple[str, str, int], ...]:
        if name not in FACETS:
            raise KeyError(name)
        return self._count(name)

    def __iter__(self) -> Iterator[str]:
        return iter(FACETS)

    def __len__(self) -> int:
        return len(FACETS)


def _values(plan: Plan, shelf: Shelf, weighed: Weighed) -> Scores:
    """Return, by slot, what the order goes by; six digits after the comma are the same anywhere."""
    if plan.sort is Sort.RELEVANCE and plan.groups:
        values: Scores = np.round(weighed.groups * A_GROUP + weighed.scores, 6)
        return values
    if plan.sort is Sort.OLDEST:
        return np.where(shelf.days > 0, shelf.days, NO_DAY).astype(np.float64)
    return shelf.days.astype(np.float64)


def _leaf(plan: Plan, shelf: Shelf, is_hit: Mask, values: Scores) -> tuple[NDArray[np.int64], bool]:
    """Return the slots of the hits after the cursor, in order, and whether none come after them."""
    order = values if plan.sort is Sort.OLDEST else -values
    if plan.cursor:
        is_hit = is_hit & _after(plan.cursor, plan.sort, shelf, order)
    slots = np.flatnonzero(is_hit)
    if len(slots) > plan.size:
        last = np.partition(order[slots], plan.size)[plan.size]
        slots = slots[order[slots] <= last]
    ordered = slots[np.lexsort((shelf.article_ids[slots], order[slots]))]
    return ordered[: plan.size], len(ordered) <= plan.size


def _after(cursor: Cursor, sort: Sort, shelf: Shelf, order: Scores) -> Mask:
    place = cursor.value if sort is Sort.OLDEST else -cursor.value
    is_later: Mask = (order > place) | ((order == place) & (shelf.article_ids > cursor.article_id))
    return is_later


def _all_of(mask: Mask, others: Iterable[Mask]) -> Mask:
    for other in others:
        mask = mask & other
    return mask


@lru_cache(maxsize=50_000)
def _plain(label: str) -> str:
    return folded(label)


def _counted(
    plan: Plan, name: str, values: Values, weighed: Weighed, choices: Mapping[str, Mask]
) -> tuple[tuple[str, str, int], ...]:
    """Return value, label and count, the most frequent first.

    What is chosen is there even if nothing that was found has it, as long as an article does.
    """
    others = (mask for other, mask in choices.items() if other != name)
    counts = values.counts(_all_of(weighed.is_found, others))
    numbers = np.flatnonzero(counts)
    if len(numbers) > MOST_VALUES:
        fewest = np.partition(counts[numbers], -MOST_VALUES)[-MOST_VALUES]
        numbers = numbers[counts[numbers] >= fewest]
    rows = sorted(
        (_row(values, number, counts) for number in numbers.tolist()),
        key=lambda row: (-row[2], _plain(row[1] or row[0]), row[0]),
    )[:MOST_VALUES]
    shown = {row[0] for row in rows}
    chosen = [each for each in dict(plan.facets).get(name, ()) if each not in shown]
    if chosen:
        held = values.counts(weighed.is_there)
        places = [values.names.index(each) for each in chosen if each in values.names]
        rows += [_row(values, place, counts) for place in places if held[place]]
    return tuple(rows)


def _row(values: Values, number: int, counts: NDArray[np.int64]) -> tuple[str, str, int]:
    return values.names[number], values.labels[number], int(counts[number])
