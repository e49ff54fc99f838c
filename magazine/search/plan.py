"""Turn a question into what engines look for: groups of words that mean the same.

No Django here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from magazine.search.accents import FINAL_É, sounded_term
from magazine.search.analysis import Word, is_stop_word, words_of
from magazine.search.query import Clause, Cursor, SearchQuery, Sort

# Of several ways to say a thing, one of many words would be worth the sum of its words: too much.
LENGTH_EXPONENT = 0.5
NEARLY_WEIGHT = 0.5
# What “marche” is worth to somebody who typed “marché”.
SILENT_WEIGHT = 0.25
# Words between two that are said, such as the “de la” of “prise de la parole”, plus one.
FURTHEST_NEIGHBOUR = 3
LONGEST_SYNONYM = 5


@dataclass(frozen=True)
class Alternative:
    """Words that satisfy a group: all in this order where it is a phrase, else all, anywhere."""

    words: tuple[Word, ...]
    is_phrase: bool = True
    weight: float = 1.0

    @property
    def text(self) -> str:
        """Return the words' exact forms, with spaces."""
        return " ".join(word.exact for word in self.words)


@dataclass(frozen=True)
class Group:
    """One thing that is looked for, and every way to say it; the first way is the typed one."""

    alternatives: tuple[Alternative, ...]
    is_required: bool = False


@dataclass(frozen=True)
class Plan:
    """What an engine looks for.

    A text must hold `needed` of the groups, every quoted one, and none of the excluded. `near` are
    neighbours that raise the score of a text in which they stand together. Articles in `without`
    are as if they weren't there. `day` is the one from which recency is counted. `is_prefix` looks
    for what begins with the last word, in names, titles and subjects alone: search while typing.
    """

    groups: tuple[Group, ...]
    excluded: tuple[Alternative, ...]
    phrases: tuple[Alternative, ...]
    needed: int
    facets: tuple[tuple[str, tuple[str, ...]], ...]
    sort: Sort
    size: int
    cursor: Cursor | None
    day: dt.date
    without: frozenset[int] = frozenset()
    is_prefix: bool = False


Synonyms = Mapping[tuple[str, ...], Sequence[tuple[Word, ...]]]


def plan_of(query: SearchQuery, synonyms: Synonyms, day: dt.date) -> Plan:
    """Return the plan of a question; `synonyms` lead from stems to what means the same."""
    groups, phrases = _groups(query.wanted, synonyms)
    needed = query.cursor.needed if query.cursor else len(groups)
    return Plan(
        groups=groups,
        excluded=tuple(Alternative(clause.words) for clause in query.excluded),
        phrases=phrases,
        needed=min(needed, len(groups)),
        facets=query.facets,
        sort=query.sort,
        size=query.size,
        cursor=query.cursor,
        day=query.cursor.day if query.cursor else day,
    )


def relaxed(plan: Plan, rarest: int | None = None) -> Plan | None:
    """Return the plan that asks for fewer of the groups, or None where all are wanted.

    Two thirds of three or more; what was quoted is always wanted, and so is the group whose number
    is `rarest`: what holds all but that isn't what was meant.
    """
    free = [group for group in plan.groups if not group.is_required]
    quoted = len(plan.groups) - len(free)
    if len(free) < 2:
        return None
    needed = quoted + (1 if len(free) == 2 else -(-2 * len(free) // 3))
    if needed >= plan.needed:
        return None
    groups = [
        replace(group, is_required=group.is_required or number == rarest)
        for number, group in enumerate(plan.groups)
    ]
    return replace(plan, needed=needed, groups=tuple(groups))


def synonyms_of(sets: Sequence[Sequence[str]]) -> dict[tuple[str, ...], list[tuple[Word, ...]]]:
    """Return, by the stems of each text, the others of its sets."""
    found: dict[tuple[str, ...], list[tuple[Word, ...]]] = {}
    for texts in sets:
        terms = [tuple(words_of(text)) for text in texts]
        for term in terms:
            others = [other for other in terms if other and stems(other) != stems(term)]
            if term and others:
                found.setdefault(stems(term), []).extend(others)
    return found


def stems(words: Sequence[Word]) -> tuple[str, ...]:
    """Return the stems of words, in order."""
    return tuple(word.stem for word in words)


def terms(words: Sequence[Word]) -> tuple[str, ...]:
    """Return what words are looked for by, in order."""
    return tuple(word.term for word in words)


def with_nearly(plan: Plan, near: Mapping[str, Sequence[str]]) -> Plan:
    """Return the plan in which those near them stand beside words that nothing holds."""

    def widened(group: Group) -> Group:
        typed = group.alternatives[0]
        others = near.get(typed.words[0].exact, ()) if len(typed.words) == 1 else ()
        more = tuple(Alternative(tuple(words_of(other)), weight=NEARLY_WEIGHT) for other in others)
        return replace(group, alternatives=(*group.alternatives, *more))

    return replace(plan, groups=tuple(widened(group) for group in plan.groups))


def _groups(
    clauses: Sequence[Clause], synonyms: Synonyms
) -> tuple[tuple[Group, ...], tuple[Alternative, ...]]:
    words = [clause for clause in clauses if not clause.is_phrase]
    all_words = tuple(clause.words[0] for clause in words)
    said = [place for place, word in enumerate(all_words) if not is_stop_word(word.exact)]
    if not said and len(words) == len(clauses):
        said = list(range(len(all_words)))
    groups = [
        Group((Alternative(clause.words),), is_required=True)
        for clause in clauses
        if clause.is_phrase
    ]
    place = 0
    while place < len(all_words):
        length = _longest_synonym(all_words, place, synonyms)
        if length:
            term = all_words[place : place + length]
            groups.append(_widened(term, synonyms))
        elif place in said:
            groups.append(Group(_forms_of(all_words[place])))
        place += length or 1
    neighbours = tuple(
        Alternative(all_words[first : second + 1])
        for first, second in pairwise(said)
        if second - first <= FURTHEST_NEIGHBOUR
    )
    return _each_once(groups), neighbours


def _forms_of(word: Word) -> tuple[Alternative, ...]:
    """Return the ways to write a typed word: by its term, then by what may be meant besides."""
    typed = Alternative((word,))
    if FINAL_É.search(word.exact):
        return typed, Alternative((replace(word, term=word.stem),), weight=SILENT_WEIGHT)
    sounded = sounded_term(word.exact)
    return (typed, Alternative((replace(word, term=sounded),))) if sounded else (typed,)


def _longest_synonym(words: Sequence[Word], place: int, synonyms: Synonyms) -> int:
    for length in range(min(LONGEST_SYNONYM, len(words) - place), 0, -1):
        if stems(words[place : place + length]) in synonyms:
            return length
    return 0


def _widened(term: tuple[Word, ...], synonyms: Synonyms) -> Group:
    ways = [Alternative(way, weight=_weight(way)) for way in (term, *synonyms[stems(term)])]
    if len(term) > 1:
        said = _said(term)
        ways.insert(1, Alternative(said, is_phrase=False, weight=_weight(said)))
    return Group(tuple(ways))


def _weight(words: tuple[Word, ...]) -> float:
    return 1 / len(_said(words)) ** LENGTH_EXPONENT


def _said(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the words that say something; all of them where none does."""
    return tuple(word for word in words if not is_stop_word(word.exact)) or words


def _each_once(groups: Sequence[Group]) -> tuple[Group, ...]:
    seen: dict[tuple[str, ...], Group] = {}
    for group in groups:
        seen.setdefault(terms(group.alternatives[0].words), group)
    return tuple(seen.values())
