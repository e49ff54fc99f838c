"""Read what somebody asks, text and facets, into a question that every engine understands.

A text is words, “phrases” and -words that are left out; nothing else in it is an operator. No
Django here but its translations and its signatures.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.core import signing
from django.utils.translation import gettext as _

from magazine.search.analysis import LIGATURES, Word, words_of

LONGEST_TEXT = 200
MOST_WORDS = 24
MOST_FACET_VALUES = 30
LONGEST_FACET_VALUE = 200
HITS_A_LEAF = 10
MOST_HITS_A_LEAF = 50
FACETS = ("kind", "issue", "section", "topic", "person", "organisation", "sector", "year")

# A phrase between any pair of quotation marks; a mark that has no partner is no operator. A figure
# is one word with the spaces between its thousands; a time of the day stands together (17 h 42).
PIECE = re.compile(
    r'(?P<minus>(?<!\S)-)?(?:"(?P<straight>[^"]*)"|«(?P<french>[^«»]*)»|“(?P<curly>[^“”]*)”'
    r"|(?P<time>(?<!\w)\d{1,2} ?[hH](?: ?\d{2})?(?!\w))"
    r"|(?P<word>(?<!\w)\d{1,3}(?: \d{3})+(?!\d)[^\s\"«»“”]*|[^\s\"«»“”]+|[\"«»“”]))"
)
# The parts of a piece whose words stand in this order.
TOGETHER = ("straight", "french", "curly", "time")
# Without the time of day: the same leaf has the same cursor, and caches may keep it.
_SIGNER = signing.Signer(salt="search.cursor")


class QueryError(Exception):
    """A question can't be answered as it was asked; the message is for whoever asked."""


class Sort(StrEnum):
    """The order of what is found."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True)
class Clause:
    """What a text must hold, or must not: one word, or words in this order."""

    words: tuple[Word, ...]
    is_phrase: bool = False
    is_excluded: bool = False


@dataclass(frozen=True)
class Cursor:
    """Where a leaf of results ended: the last hit's place in the order, and how it was counted.

    `needed` is the number of clauses that hits had to hold, `day` the one that recency was
    counted from.
    """

    value: float
    article_id: int
    day: dt.date
    needed: int


@dataclass(frozen=True)
class SearchQuery:
    """A question: its text as shown back, its clauses, chosen facets by name, order and place."""

    text: str
    clauses: tuple[Clause, ...]
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: Sort = Sort.RELEVANCE
    size: int = HITS_A_LEAF
    cursor: Cursor | None = None

    @property
    def wanted(self) -> tuple[Clause, ...]:
        """Return the clauses that a text must hold."""
        return tuple(clause for clause in self.clauses if not clause.is_excluded)

    @property
    def excluded(self) -> tuple[Clause, ...]:
        """Return the clauses that a text must not hold."""
        return tuple(clause for clause in self.clauses if clause.is_excluded)

    @property
    def asks_something(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self.wanted or self.facets)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the values that were chosen of a facet."""
        return dict(self.facets).get(facet, ())


def read_query(
    text: str,
    facets: Mapping[str, Iterable[str]] | None = None,
    *,
    sort: str = "",
    cursor: str = "",
    size: int = HITS_A_LEAF,
) -> SearchQuery:
    """Return the question that strings from anywhere ask.

    Raises QueryError for a text of more than 200 signs or 24 words, an unknown facet or order, too
    many facets, a size outside 1 to 50, and for a cursor that we didn't write for this very
    question.
    """
    if len(text) > LONGEST_TEXT:
        raise QueryError(
            _("A question has %(most)d signs at most; this one has %(signs)d.")
            % {"most": LONGEST_TEXT, "signs": len(text)}
        )
    shown = " ".join("".join(map(_shown, text)).split())
    clauses = tuple(_clauses(shown))
    if sum(len(clause.words) for clause in clauses) > MOST_WORDS:
        raise QueryError(_("A question has %(most)d words at most.") % {"most": MOST_WORDS})
    if not 1 <= size <= MOST_HITS_A_LEAF:
        raise QueryError(
            _("A page of results holds 1 to %(most)d articles.") % {"most": MOST_HITS_A_LEAF}
        )
    query = SearchQuery(
        text=shown,
        clauses=clauses,
        facets=tuple(_facets(facets or {})),
        sort=_sort(sort),
        size=size,
    )
    if not cursor:
        return query
    return SearchQuery(
        **{**query.__dict__, "cursor": _read_cursor(cursor, query)},
    )


def write_cursor(query: SearchQuery, cursor: Cursor) -> str:
    """Return a cursor as an opaque, signed text, good for this question alone."""
    parts = [cursor.value, cursor.article_id, cursor.day.isoformat(), cursor.needed]
    return _SIGNER.sign_object([*parts, _fingerprint(query)], compress=True)


def fold(text: str) -> str:
    """Return a text in small letters without accents; ligatures are taken apart."""
    signs: list[str] = []
    for sign in text:
        for part in unicodedata.normalize("NFKD", sign.lower()):
            if not unicodedata.combining(part):
                signs.append(LIGATURES.get(part, part))  # noqa: PERF401  two loops read better
    return "".join(signs)


def _shown(sign: str) -> str:
    """Return a sign, nothing for one that nobody sees, a space for one that stands for no sign."""
    category = unicodedata.category(sign)
    if category == "Cf":  # soft hyphens, and what changes the direction of the text around
        return ""
    return " " if category in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} else sign


def _clauses(text: str) -> Iterable[Clause]:
    for piece in PIECE.finditer(text):
        is_excluded = bool(piece["minus"])
        phrase = next((piece[name] for name in TOGETHER if piece[name] is not None), None)
        if phrase is not None:
            words = tuple(words_of(phrase))
            if words:
                yield Clause(words, is_phrase=len(words) > 1, is_excluded=is_excluded)
            continue
        words = tuple(words_of(piece["word"]))
        if is_excluded and words:
            yield Clause(words, is_phrase=len(words) > 1, is_excluded=True)
        else:
            yield from (Clause((each,)) for each in words)


def _facets(given: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, tuple[str, ...]]]:
    values_in_all = 0
    for name in FACETS:
        values = tuple(sorted({value for value in given.get(name, ()) if value}))
        values_in_all += len(values)
        if any(len(value) > LONGEST_FACET_VALUE or not value.isprintable() for value in values):
            raise QueryError(_("One of the filters can’t be read."))
        if values:
            yield name, values
    unknown = set(given) - set(FACETS)
    if unknown:
        raise QueryError(_("There is no filter called “%(name)s”.") % {"name": min(unknown)[:40]})
    if values_in_all > MOST_FACET_VALUES:
        raise QueryError(_("At most %(most)d filters at once.") % {"most": MOST_FACET_VALUES})


def _sort(name: str) -> Sort:
    try:
        return Sort(name) if name else Sort.RELEVANCE
    except ValueError:
        raise QueryError(_("There is no order called “%(name)s”.") % {"name": name[:40]}) from None


def _read_cursor(written: str, query: SearchQuery) -> Cursor:
    try:
        value, article_id, day, needed, fingerprint = _SIGNER.unsign_object(written)
    except (signing.BadSignature, ValueError, TypeError):
        fingerprint = None
    if fingerprint != _fingerprint(query):
        raise QueryError(_("This link to a further page of results isn’t valid: search again."))
    return Cursor(float(value), int(article_id), dt.date.fromisoformat(day), int(needed))


def _fingerprint(query: SearchQuery) -> str:
    question = [query.text, query.facets, query.sort.value, query.size]
    return signing.Signer(salt="search.question").signature(repr(question))[:16]
