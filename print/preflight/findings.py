"""Say what a rule found: where, what is there, what is wanted, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from print.preflight.geometry import Box
from print.preflight.painted import Document

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that breaks a rule; page 0 is the whole file, `box` in points of the page."""

    page: int
    found: str
    wanted: str
    place: str = ""
    box: Box | None = None


@dataclass(frozen=True)
class Limits:
    """The numbers that rules are held against: points, millimetres, pixels per inch, percent.

    A trim of None is not asked for; `white_pages` are meant to be empty. `spots` are the inks a
    job declares; `spot_count` is how many
    it may use. `families` are the font families of the house; empty: any.
    """

    contone_ppi: tuple[float, float] = (149, 224)
    line_art_ppi: tuple[float, float] = (549, 799)
    ink_percent: float = 320
    least_text_pt: float = 8
    least_line_pt: float = 0.25
    small_text_pt: float = 12
    thin_line_pt: float = 2
    spot_count: int = 0
    spots: frozenset[str] = frozenset()
    page_count: int = 0
    extent_multiple: int = 1
    trim_mm: tuple[float, float] | None = None
    bleed_mm: float = 0
    safety_mm: float = 0
    families: frozenset[str] = frozenset()
    white_pages: frozenset[int] = frozenset()


Check = Callable[[Document, Limits], Iterator[Spot]]


@dataclass(frozen=True)
class Rule:
    """A rule: its id (GWG 2022 where it begins with R), in words, with its remedy and source.

    `title` and `remedy` are msgids.
    """

    id: str
    title: str
    remedy: str
    source: str
    check: Check


@dataclass(frozen=True)
class Finding:
    """What one rule found in one place."""

    rule: str
    severity: Severity
    title: str
    remedy: str
    source: str
    spot: Spot


@dataclass(frozen=True)
class Verdict:
    """All findings on a file, errors first, each rule by page."""

    variant: str
    pages: int
    findings: tuple[Finding, ...]
    passed: tuple[str, ...] = field(default=())

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(1 for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return len(self.findings) - self.errors
