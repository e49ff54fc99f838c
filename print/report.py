"""Tell a verdict to people: one line, or a page with pictures on which each place is marked."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from print.preflight.findings import Finding, Verdict
from print.preflight.geometry import Box
from print.preflight.guarded import Examined
from print.preflight.telling import gathered

MARKS_A_PAGE = 60


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
    """A page of the report: its picture and ink as data addresses, its marks and findings."""

    number: int
    picture: str
    ink: str
    marks: tuple[Mark, ...]
    findings: tuple[tuple[int, Finding, int], ...]


def one_line(name: str, verdict: Verdict) -> str:
    """The verdict in one line, in the language of the moment."""
    pages = ngettext("%(count)s page", "%(count)s pages", verdict.pages) % {"count": verdict.pages}
    if not verdict.findings:
        return _("%(name)s: passes %(variant)s, %(pages)s, no error, no warning.") % {
            "name": name,
            "variant": verdict.variant,
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
        "variant": verdict.variant,
        "pages": pages,
        "errors": errors % {"count": verdict.errors},
        "warnings": warnings % {"count": verdict.warnings},
    }


def as_html(name: str, examined: Examined, pictures: Path) -> str:
    """The report as one HTML page that needs nothing else; `pictures` as `examine_file` left it."""
    verdict = examined.verdict
    found = list(enumerate(gathered(verdict), 1))
    pages = [_page(facts, verdict, found, pictures) for facts in examined.pages]
    context: dict[str, Any] = {
        "name": name,
        "line": one_line(name, verdict),
        "verdict": verdict,
        "of_the_file": [
            (number, finding, count) for number, (finding, count) in found if not finding.spot.page
        ],
        "pages": [page for page in pages if page.findings],
        "clean_pages": [page for page in pages if not page.findings],
    }
    return render_to_string("print/preflight.html", context)


def _page(
    facts: dict[str, Any],
    verdict: Verdict,
    found: list[tuple[int, tuple[Finding, int]]],
    pictures: Path,
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
        picture=_data(pictures / f"page-{number}.jpg", "image/jpeg"),
        ink=_data(pictures / f"ink-{number}.png", "image/png"),
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
