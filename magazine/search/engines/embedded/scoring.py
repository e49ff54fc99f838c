"""Weigh every article for a plan: which hold what it asks for, and what each is worth."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from magazine.search import ranking
from magazine.search.analysis import Word, folded
from magazine.search.engines.embedded import postings
from magazine.search.engines.embedded.postings import EXACT_SIGN
from magazine.search.engines.embedded.shelf import Shelf
from magazine.search.plan import Alternative, Group, Plan

NAMING = "{title people subjects}"
# Neighbours beyond these cost more than they tell.
MOST_NEIGHBOURS = 8

Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Weighed:
    """By slot: is an article there and not left out, is it found, its groups, its score."""

    is_there: Mask
    is_found: Mask
    groups: NDArray[np.int64]
    scores: Scores


class Scales:
    """Weighs the articles of one state of the index for one plan."""

    def __init__(self, db: sqlite3.Connection, shelf: Shelf, plan: Plan) -> None:
        self._db = db
        self._shelf = shelf
        self._plan = plan
        self._articles = int(shelf.is_taken.sum())

    def weighed(self) -> Weighed:
        """Return what the plan finds, facets left aside."""
        shelf, plan = self._shelf, self._plan
        groups = np.zeros(shelf.slots, np.int64)
        scores = np.zeros(shelf.slots)
        is_there = shelf.is_taken & ~np.isin(shelf.article_ids, list(plan.without))
        is_found = is_there.copy()
        for number, group in enumerate(plan.groups):
            is_last = number == len(plan.groups) - 1
            worth = self._begun(group, is_last) if plan.is_prefix else self._group(group)
            holds = worth > 0
            groups += holds
            scores += worth
            if group.is_required:
                is_found &= holds
        is_found &= groups >= plan.needed
        for alternative in plan.excluded:
            is_found &= self._alternative(alternative) <= 0
        if not plan.is_prefix and is_found.any():
            self._add_neighbours(scores)
        return Weighed(is_there, is_found, groups, scores * self._recency())

    def _group(self, group: Group) -> Scores:
        """Return the worth of the best alternative."""
        best = np.zeros(self._shelf.slots)
        for alternative in group.alternatives:
            np.maximum(best, self._alternative(alternative) * alternative.weight, out=best)
        return best

    def _alternative(self, alternative: Alternative) -> Scores:
        worths = [self._word(word) for word in alternative.words]
        if not worths:
            return np.zeros(self._shelf.slots)
        if len(worths) == 1:
            return worths[0]
        holds = np.min(worths, axis=0) > 0
        if alternative.is_phrase:
            holds &= self._holds_phrase(alternative.words)
        return np.where(holds, np.sum(worths, axis=0), 0.0)

    def _word(self, word: Word) -> Scores:
        """Return a word's worth: its term's and its exact form's."""
        exact = EXACT_SIGN + word.exact
        return self._shelf.remembered(
            (word.term, exact),
            lambda: self._term(word.term) + ranking.EXACT * self._term(exact),
        )

    def _term(self, term: str) -> Scores:
        worth = np.zeros(self._shelf.slots)
        slots, held = postings.read(self._db, term)
        worth[slots] = held / (held + ranking.SATURATION) * self._rarity(len(slots))
        return worth

    def _rarity(self, holding: int) -> float:
        return ranking.rarity(holding, max(self._articles, holding))

    def _holds_phrase(self, words: Sequence[Word], columns: str = "") -> Mask:
        phrase = " ".join(word.stem for word in words)
        return self._matching("stems", f'{columns}{":" if columns else ""}"{phrase}"')

    def _matching(self, table: str, question: str) -> Mask:
        return self._shelf.remembered((table, question), lambda: self._matched(table, question))

    def _matched(self, table: str, question: str) -> Mask:
        holds = np.zeros(self._shelf.slots, bool)
        find = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"  # noqa: S608  one of two names
        holds[[slot for (slot,) in self._db.execute(find, [question])]] = True
        return holds

    def _add_neighbours(self, scores: Scores) -> None:
        """Raise what holds neighbours of the question side by side."""
        if len(self._plan.groups) < 2:
            return
        for alternative in self._plan.phrases[:MOST_NEIGHBOURS]:
            held = self._holds_phrase(alternative.words)
            if held.any():
                rarity = sum(self._rarity_of(word) for word in _ends(alternative.words))
                scores += held * rarity * ranking.PHRASE
                named = self._holds_phrase(alternative.words, NAMING)
                scores += named * rarity * ranking.PHRASE_TITLE

    def _rarity_of(self, word: Word) -> float:
        return self._rarity(int(np.count_nonzero(self._word(word))))

    def _begun(self, group: Group, is_last: bool) -> Scores:
        """Return what names, titles and subjects are worth that hold words, the last one begun."""
        best = np.zeros(self._shelf.slots)
        for place, alternative in enumerate(group.alternatives):
            words = [f'"{folded(word.exact)}"' for word in alternative.words]
            if is_last and place == 0:
                words[-1] += " *"
            for column, weight in ranking.BEGINNINGS:
                question = " AND ".join(f"{column} : {word}" for word in words)
                held = self._matching("beginnings", question)
                np.maximum(best, held * weight * alternative.weight, out=best)
        return best

    def _recency(self) -> Scores:
        days = self._shelf.days
        age = np.maximum(self._plan.day.toordinal() - days, 0)
        factor = 1.0 + ranking.RECENCY * 0.5 ** (age / ranking.HALF_LIFE_DAYS)
        return np.where(days > 0, factor, 1.0)


def _ends(words: Sequence[Word]) -> Iterable[Word]:
    """Return first and last of neighbours: what stands between them are small words."""
    return words[0], words[-1]
