"""Name the sets of rules: which count as errors, which as warnings, with which numbers.

GWG 2022 for PDF/X-4: sheet-fed CMYK, the same with spot inks, magazine adverts, newspaper
adverts; PDF/X-1a:2003 on top of sheet-fed; and our own set for jobs in spot inks alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from print.preflight.findings import Finding, Limits, Severity, Verdict
from print.preflight.painted import Document
from print.preflight.rules import RULES
from print.remedies import gettext_noop

OF_SHEET: dict[str, Severity] = {
    "X4-CLAIM": "error",
    "X-INTENT": "error",
    "R0035": "error",
    "X-TRAPPED": "error",
    "X-INFO": "error",
    "X-CARRIES": "error",
    "X-ANNOTATION": "error",
    "X-TRIM": "error",
    "X-FONT": "error",
    "C-READ": "error",
    "C-SIGN": "error",
    "C-TRIM": "error",
    "C-BLEED": "error",
    "C-EXTENT": "error",
    "C-FONT": "warning",
    "C-SAFETY": "warning",
    "C-HAIRLINE": "warning",
    "R0002": "error",
    "R0003": "error",
    "R0004": "warning",
    "R0005": "warning",
    "R0007": "error",
    "R0008": "warning",
    "R0009": "warning",
    "R0010": "warning",
    "R0011": "warning",
    "R0012": "warning",
    "R0015": "warning",
    "R0016": "warning",
    "R0017": "warning",
    "R0018": "warning",
    "R0019": "warning",
    "R0020": "error",
    "R0024": "warning",
    "R0026": "warning",
    "R0027": "error",
    "R0030": "error",
    "R0031": "error",
    "R0031-W": "warning",
    "R0032": "error",
    "R0032-W": "warning",
}
OF_SPOTS: dict[str, Severity] = {
    name: severity
    for name, severity in OF_SHEET.items()
    if name not in ("R0020", "R0030", "R0009", "R0010", "R0011", "R0012", "R0015")
} | {"C-SPOT": "error", "C-PROCESS": "error"}
OF_ADVERTS: dict[str, Severity] = {
    name: severity for name, severity in OF_SHEET.items() if name != "R0004"
} | {"R0005": "error", "R0006": "error"}
OF_X1A: dict[str, Severity] = {
    name: severity for name, severity in OF_SHEET.items() if name != "X4-CLAIM"
} | {"X1A-CLAIM": "error", "X1A-TRANSPARENCY": "error", "X-LZW": "error"}

# Nobody reads more places that break one rule.
MOST_PLACES = 1_000


@dataclass(frozen=True)
class Variant:
    """A set of rules under one name, with its numbers."""

    code: str
    name: str
    severities: dict[str, Severity]
    limits: Limits = field(default_factory=Limits)

    def with_limits(self, **numbers: object) -> Variant:
        """The same rules with other numbers."""
        return replace(self, limits=replace(self.limits, **numbers))  # type: ignore[arg-type]


VARIANTS = {
    variant.code: variant
    for variant in (
        Variant("sheet-cmyk", "GWG 2022 SheetCMYK", OF_SHEET),
        Variant(
            "sheet-spot",
            "GWG 2022 SheetSpot",
            OF_SHEET | {"C-SPOT": "error"},
            Limits(spot_count=2),
        ),
        Variant(
            "magazine-adverts",
            "GWG 2022 MagazineAds",
            OF_ADVERTS,
            Limits(ink_percent=305, least_text_pt=9, page_count=1),
        ),
        Variant(
            "newspaper-adverts",
            "GWG 2022 NewspaperAds",
            OF_ADVERTS,
            Limits(ink_percent=245, least_text_pt=10, contone_ppi=(99, 149), page_count=1),
        ),
        Variant("x1a", "PDF/X-1a:2003 sheet", OF_X1A),
        Variant("spots", gettext_noop("Couture spots alone"), OF_SPOTS, Limits(spot_count=8)),
    )
}


def examine(document: Document, variant: Variant) -> Verdict:
    """Hold a document against a variant's rules; ink coverage is added apart (coverage.py)."""
    findings: list[Finding] = []
    passed: list[str] = []
    for name, severity in variant.severities.items():
        rule = RULES.get(name)
        if rule is None:
            continue
        found = [
            Finding(rule.id, severity, rule.title, rule.remedy, rule.source, spot)
            for spot in islice(rule.check(document, variant.limits), MOST_PLACES)
        ]
        findings += found
        if not found:
            passed.append(name)
    return Verdict(variant.name, len(document.pages), in_order(findings), tuple(passed))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then by page, then by rule."""
    return tuple(sorted(findings, key=_order))


def _order(finding: Finding) -> tuple[str, int, str, str]:
    return finding.severity, finding.spot.page, finding.rule, finding.spot.place
