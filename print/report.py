"""Tell a verdict to people: one line, or a page with pictures on which each place is marked."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from print.preflight.findings import Finding, Verdict
from print.preflight.geometry import Box
from print.preflight.guarded import Examined
from print.preflight.telling import from_data, gathered

MARKS_A_PAGE = 60
Address = Callable[[int], str]


@dataclass(frozen=True)
class Mark:
    """A place on a page's picture, in percent of the MediaBox from the top left."""

    left: float
    top: float
    width: float
    height: float
    severity: str
    number: int


@dataclass(frozen=True)
class ReportPage:
    """A page of the report: the addresses of its picture and its ink, its marks and findings."""

    number: int
    picture: str
    ink: str
    marks: tuple[Mark, ...]
    findings: tuple[tuple[int, Finding, int], ...]


@dataclass(frozen=True)
class PlateCoverage:
    """How much of the trim one plate covers, in percent: on average, and on its fullest page."""

    name: str
    mean: float
    most: float
    page: int


@dataclass(frozen=True)
class Report:
    """A verdict by pages; findings are (number, the first one, how many there are)."""

    verdict: Verdict
    of_the_file: tuple[tuple[int, Finding, int], ...]
    plates: tuple[PlateCoverage, ...]
    pages: tuple[ReportPage, ...]
    clean_pages: tuple[ReportPage, ...]


def one_line(name: str, verdict: Verdict) -> str:
    """The verdict in one line, in the language of the moment."""
    pages = ngettext("%(count)s page", "%(count)s pages", verdict.pages) % {"count": verdict.pages}
    if not verdict.findings:
        return _("%(name)s: passes %(variant)s, %(pages)s, no error, no warning.") % {
            "name": name,
            "variant": _(verdict.variant),
            "pages": pages,
        }
    errors = ngettext("%(count)s error", "%(count)s errors", verdict.errors)
    warnings = ngettext("%(count)s warning", "%(count)s warnings", verdict.warnings)
    line = (
        _("%(name)s: fails %(variant)s, %(pages)s, %(errors)s, %(warnings)s.")
        if verdict.errors
        else _("%(name)s: passes %(variant)s, %(pages)s, %(errors)s, %(warnings)s.")
    )
    return line % {
        "name": name,
        "variant": _(verdict.variant),
        "pages": pages,
        "errors": errors % {"count": verdict.errors},
        "warnings": warnings % {"count": verdict.warnings},
    }


def examined_from(data: dict[str, Any]) -> Examined:
    """Read back what a press file keeps of its preflight."""
    return Examined(from_data(data), tuple(data["facts"]))


def tell(examined: Examined, picture: Address, ink: Address) -> Report:
    """The report on a file; `picture` and `ink` give the address of a page's pictures, or ""."""
    verdict = examined.verdict
    found = list(enumerate(gathered(verdict), 1))
    pages = [_page(facts, verdict, found, picture, ink) for facts in examined.pages]
    return Report(
        verdict=verdict,
        of_the_file=tuple(
            (number, finding, count) for number, (finding, count) in found if not finding.spot.page
        ),
        plates=_plates(examined.pages),
        pages=tuple(page for page in pages if page.findings),
        clean_pages=tuple(page for page in pages if not page.findings),
    )


def _plates(pages: Sequence[dict[str, Any]]) -> tuple[PlateCoverage, ...]:
    covered: dict[str, list[tuple[float, int]]] = {}
    for facts in pages:
        for name, percent in facts.get("plates", {}).items():
            covered.setdefault(name, []).append((percent, facts["number"]))
    return tuple(
        PlateCoverage(
            name=name,
            mean=round(sum(percent for percent, _page in each) / len(each), 1),
            most=max(each)[0],
            page=min(page for percent, page in each if percent == max(each)[0]),
        )
        for name, each in sorted(covered.items())
    )


def as_html(name: str, examined: Examined, pictures: Path) -> str:
    """The report as one HTML page that needs nothing else; `pictures` as `examine_file` left it."""
    report = tell(
        examined,
        lambda number: _data(pictures / f"page-{number}.jpg", "image/jpeg"),
        lambda number: _data(pictures / f"ink-{number}.png", "image/png"),
    )
    context = {"name": name, "line": one_line(name, report.verdict), "report": report}
    return render_to_string("print/preflight.html", context)


def _page(
    facts: dict[str, Any],
    verdict: Verdict,
    found: list[tuple[int, tuple[Finding, int]]],
    picture: Address,
    ink: Address,
) -> ReportPage:
    number = facts["number"]
    numbers = {(finding.rule, finding.spot.page): at for at, (finding, _count) in found}
    media = Box(*facts["media"])
    boxes = [
        (finding, finding.spot.box)
        for finding in verdict.findings
        if finding.spot.page == number and finding.spot.box
    ]
    return ReportPage(
        number=number,
        picture=picture(number),
        ink=ink(number),
        marks=tuple(
            _mark(box.cut(media), media, finding, numbers[finding.rule, number])
            for finding, box in boxes[:MARKS_A_PAGE]
        ),
        findings=tuple(
            (at, finding, count) for at, (finding, count) in found if finding.spot.page == number
        ),
    )


def _mark(box: Box, media: Box, finding: Finding, number: int) -> Mark:
    wide, high = max(media.width, 1), max(media.height, 1)
    return Mark(
        left=round(100 * (box.left - media.left) / wide, 2),
        top=round(100 * (media.top - box.top) / high, 2),
        width=round(100 * max(box.width, 2) / wide, 2),
        height=round(100 * max(box.height, 2) / high, 2),
        severity=finding.severity,
        number=number,
    )


def _data(path: Path, kind: str) -> str:
    if not path.exists():
        return ""
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
