"""Gather what the archive and an issue's page show: issues of the site and older ones alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import prefetch_related_objects
from django.utils import timezone

from magazine.models import Issue, PastIssue, PastPiece, Section
from magazine.shown import note
from website.lists import Listed, contents_of

AnyIssue = Issue | PastIssue


@dataclass(frozen=True)
class Year:
    """The issues of one year, the latest first."""

    label: int
    issues: tuple[AnyIssue, ...]


def years_of_issues() -> list[Year]:
    """Return every issue that readers may see, by year, with its cover's sizes."""
    issues: list[AnyIssue] = [
        *Issue.objects.for_readers().select_related("cover"),
        *PastIssue.objects.for_readers().select_related("cover"),
    ]
    prefetch_related_objects([issue.cover for issue in issues if issue.cover], "renditions")
    issues.sort(key=lambda issue: (_day(issue).year, issue.number), reverse=True)
    by_year = groupby(issues, key=lambda issue: _day(issue).year)
    return [Year(year, tuple(found)) for year, found in by_year]


def _day(issue: AnyIssue) -> dt.date:
    if issue.on_sale_date:
        return issue.on_sale_date
    moment = issue.first_published_at or timezone.now()
    return timezone.localdate(moment)


def neighbours_of(issue: AnyIssue) -> tuple[AnyIssue | None, AnyIssue | None]:
    """Return the issues before and after this one by number, of those that readers may see."""
    note("issues")
    numbers = [
        (number, model, pk)
        for model in (Issue, PastIssue)
        for number, pk in model.objects.for_readers().order_by().values_list("number", "pk")
    ]
    before = max((row for row in numbers if row[0] < issue.number), default=None, key=_number)
    after = min((row for row in numbers if row[0] > issue.number), default=None, key=_number)
    return _fetched(before), _fetched(after)


def _number(row: tuple[int, type[AnyIssue], int]) -> int:
    return row[0]


def _fetched(row: tuple[int, type[AnyIssue], int] | None) -> AnyIssue | None:
    if row is None:
        return None
    _number, model, pk = row
    found = model.objects.select_related("cover").prefetch_related("cover__renditions")
    return found.filter(pk=pk).first()


@dataclass(frozen=True)
class Counter:
    """What one section called in an issue: articles, or lines of an older issue's contents."""

    section: Section | None
    rows: tuple[Listed | PastPiece, ...]


def counters_of(issue: Issue) -> list[Counter]:
    """Return an issue's contents by section, each in the order of its pages."""
    return _by_section(contents_of(issue))


def past_counters_of(issue: PastIssue) -> list[Counter]:
    """Return an older issue's contents by section, those of no section last."""
    pieces = sorted(issue.pieces.all(), key=lambda piece: piece.sort_order or 0)
    prefetch_related_objects(pieces, "contributor")
    named = {piece.section_id for piece in pieces if piece.section_id}
    # A section that was taken back, or made private, isn't named.
    shown = Section.objects.live().public().in_bulk(list(named)) if named else {}
    for piece in pieces:
        piece.section = shown.get(piece.section_id)
    return _by_section(pieces)


def _by_section(rows: Iterable[Listed | PastPiece]) -> list[Counter]:
    """Sort rows to their sections, in the order in which the site's header has these."""
    found: dict[str, list[Listed | PastPiece]] = {}
    for row in rows:
        found.setdefault(row.section.path if row.section else "", []).append(row)
    last = found.pop("", None)
    counters = [Counter(held[0].section, tuple(held)) for _path, held in sorted(found.items())]
    return [*counters, *([Counter(None, tuple(last))] if last else [])]
