"""Write a verdict as plain data and read it back: it travels between processes and to printers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from print.preflight.findings import Finding, Spot, Verdict
from print.preflight.geometry import Box


def as_data(verdict: Verdict) -> dict[str, Any]:
    """The verdict as JSON knows it; boxes are [left, bottom, right, top] in points."""
    return {
        "variant": verdict.variant,
        "pages": verdict.pages,
        "errors": verdict.errors,
        "warnings": verdict.warnings,
        "passed": list(verdict.passed),
        "findings": [_finding(finding) for finding in verdict.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    data = asdict(finding)
    spot = data.pop("spot")
    box = finding.spot.box
    spot["box"] = (
        [round(side, 2) for side in (box.left, box.bottom, box.right, box.top)] if box else None
    )
    return data | spot


def from_data(data: dict[str, Any]) -> Verdict:
    """The verdict that `as_data` wrote."""
    return Verdict(
        variant=data["variant"],
        pages=data["pages"],
        passed=tuple(data["passed"]),
        findings=tuple(
            Finding(
                rule=each["rule"],
                severity=each["severity"],
                title=each["title"],
                remedy=each["remedy"],
                source=each["source"],
                spot=Spot(
                    page=each["page"],
                    found=each["found"],
                    wanted=each["wanted"],
                    place=each["place"],
                    box=Box(*each["box"]) if each["box"] else None,
                ),
            )
            for each in data["findings"]
        ),
    )


def gathered(verdict: Verdict) -> list[tuple[Finding, int]]:
    """The first finding of each rule on each page, with how many there are."""
    found: dict[tuple[str, int], list[Finding]] = {}
    for finding in verdict.findings:
        found.setdefault((finding.rule, finding.spot.page), []).append(finding)
    return [(each[0], len(each)) for each in found.values()]
