"""Turn entries and their extents into folios, fillers and spreads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from print.remedies import Remedied, gettext_noop

Opens = Literal["any", "recto", "verso"]
Side = Literal["recto", "verso"]

# A blank is added by the plan; a white page was asked for.
COVER, BACK, BLANK, WHITE, ADVERT = "cover", "back", "blank", "white", "advert"
# Kinds that an issue cannot consist of alone.
FURNITURE = frozenset({COVER, BACK, BLANK, WHITE, ADVERT, "contents", "colophon"})


class FlatplanError(Remedied):
    """Entries that make no issue; `remedy` is one readable line."""


@dataclass(frozen=True)
class Extent:
    """One entry to place: its kind, its number of pages, and the side it must open on."""

    key: str
    kind: str
    pages: int
    opens: Opens = "any"


@dataclass(frozen=True)
class ExtentRule:
    """How many pages an edition may have: a multiple, and if set the least and the most."""

    multiple: int = 4
    least: int = 4
    most: int | None = None


@dataclass(frozen=True)
class Placed:
    """An entry with its folios, from first to last inclusive; folio 1 is the cover's recto."""

    key: str
    kind: str
    first: int
    last: int

    @property
    def pages(self) -> int:
        """The number of its pages."""
        return self.last - self.first + 1

    @property
    def folios(self) -> range:
        """Its folios in order."""
        return range(self.first, self.last + 1)

    @property
    def opens(self) -> Side:
        """The side that its first page lies on."""
        return side(self.first)


@dataclass(frozen=True)
class Spread:
    """Two facing pages, by folio; the cover has no verso beside it, the back no recto."""

    verso: int | None
    recto: int | None


@dataclass(frozen=True)
class Flatplan:
    """An issue page by page: every folio belongs to exactly one entry or blank."""

    entries: tuple[Placed, ...]

    @property
    def total(self) -> int:
        """The number of pages."""
        return self.entries[-1].last

    @property
    def blanks(self) -> tuple[Placed, ...]:
        """The pages added so that entries open where they must and the extent is allowed."""
        return tuple(entry for entry in self.entries if entry.kind == BLANK)

    @property
    def spreads(self) -> tuple[Spread, ...]:
        """Facing pages from cover to back."""
        inner = [Spread(folio, folio + 1) for folio in range(2, self.total, 2)]
        return (Spread(None, 1), *inner, Spread(self.total, None))

    def entry(self, key: str) -> Placed:
        """The entry of that key. Raises KeyError."""
        for entry in self.entries:
            if entry.key == key:
                return entry
        raise KeyError(key)

    def at(self, folio: int) -> Placed:
        """The entry that holds a folio. Raises KeyError."""
        for entry in self.entries:
            if folio in entry.folios:
                return entry
        raise KeyError(folio)


def side(folio: int) -> Side:
    """Odd folios are rectos."""
    return "recto" if folio % 2 else "verso"


def plan(placements: Sequence[Extent], rule: ExtentRule | None = None) -> Flatplan:
    """Place the entries in order, with the cover first and the back last.

    A blank page goes before an entry that would open on the wrong side; those that bring the whole
    to the rule's multiple and least stand before the back cover, or at the end without one.
    Raises FlatplanError.
    """
    rule = rule or ExtentRule()
    _check(placements)
    body = [entry for entry in placements if entry.kind != BACK]
    backs = [entry for entry in placements if entry.kind == BACK]
    placed, folio = [], 1
    for entry in body:
        if entry.opens not in ("any", side(folio)):
            placed.append(_blank(folio))
            folio += 1
        placed.append(Placed(entry.key, entry.kind, folio, folio + entry.pages - 1))
        folio += entry.pages
    back_pages = sum(entry.pages for entry in backs)
    used = folio - 1 + back_pages
    total = max(rule.multiple, -(-max(used, rule.least) // rule.multiple) * rule.multiple)
    if rule.most is not None and total > rule.most:
        raise FlatplanError(
            gettext_noop(
                "the issue needs %(pages)s pages and the profile allows %(most)s: "
                "take an article out or cut one"
            ),
            pages=total,
            most=rule.most,
        )
    placed.extend(_blank(each) for each in range(folio, folio + total - used))
    folio = total - back_pages + 1
    for entry in backs:
        _check_back(entry, folio)
        placed.append(Placed(entry.key, entry.kind, folio, folio + entry.pages - 1))
        folio += entry.pages
    return Flatplan(tuple(placed))


def _blank(folio: int) -> Placed:
    return Placed(f"blank-{folio}", BLANK, folio, folio)


def _check(placements: Sequence[Extent]) -> None:
    if all(entry.kind in FURNITURE for entry in placements):
        raise FlatplanError(
            gettext_noop("the issue has no articles: add at least one to its contents")
        )
    for problem in _problems(placements):
        raise problem


def _problems(placements: Sequence[Extent]) -> Iterator[FlatplanError]:
    seen = set()
    for at, entry in enumerate(placements):
        if entry.pages < 1:
            yield FlatplanError(
                gettext_noop("%(key)s has %(pages)s pages: typeset it first"),
                key=entry.key,
                pages=entry.pages,
            )
        if entry.key in seen:
            yield FlatplanError(
                gettext_noop("%(key)s is placed twice: take one out"), key=entry.key
            )
        seen.add(entry.key)
        if entry.kind == COVER and at:
            yield FlatplanError(
                gettext_noop("%(key)s is a cover and not the first entry: move it to the front"),
                key=entry.key,
            )
        if entry.kind == BACK and at != len(placements) - 1:
            yield FlatplanError(
                gettext_noop("%(key)s is a back cover and not the last entry: move it to the end"),
                key=entry.key,
            )


def _check_back(entry: Extent, folio: int) -> None:
    if entry.opens not in ("any", side(folio)):
        raise FlatplanError(
            gettext_noop(
                "%(key)s must open on a %(side)s and falls on folio %(folio)s: "
                "give it an odd number of pages, or let it open anywhere"
            ),
            key=entry.key,
            side=entry.opens,
            folio=folio,
        )
