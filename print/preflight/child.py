"""Examine one PDF in a process of its own: one request on standard input, one answer on output."""

from __future__ import annotations

import ctypes
import gc
import json
import resource
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from print.preflight.coverage import CoverageError, heat_map, measure, too_heavy
from print.preflight.document import UnreadablePdf, read_document
from print.preflight.findings import Finding, Limits, Spot, Verdict
from print.preflight.geometry import Box
from print.preflight.painted import Document
from print.preflight.telling import as_data
from print.preflight.variants import VARIANTS, Variant, examine, in_order
from print.remedies import gettext_noop

PR_SET_PDEATHSIG = 1
PICTURE_DPI = 72
MOST_PICTURES = 200
LARGEST_PIXELS = 2_000
LARGEST_FILE = 512 * 1024 * 1024

# Limits that are sets: lists where they travel as JSON.
SETS = frozenset({"spots", "families", "white_pages"})


MEMORY = gettext_noop("uses too much memory")


def unreadable(variant: str, what: str) -> Verdict:
    """The verdict on a file that nobody could read."""
    finding = Finding(
        "C-READ",
        "error",
        gettext_noop("The file can’t be read"),
        gettext_noop("Export the file anew: it is damaged, locked, or no PDF."),
        "Couture",
        Spot(0, what, "PDF"),
    )
    return Verdict(variant, 0, (finding,))


def too_much(variant: str, what: str, limit: str) -> Verdict:
    """The verdict on a file whose examination met a limit: which one, and how much it allows."""
    finding = Finding(
        "C-LIMITS",
        "error",
        gettext_noop("The file takes more than its examination may: nobody knows what is in it"),
        gettext_noop("Export the file anew, simpler or in parts: fewer pages, fewer paths."),
        "Couture",
        Spot(0, what, limit),
    )
    return Verdict(variant, 0, (finding,))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Read the file, hold it against the rules, measure its ink where asked."""
    variant = _variant(request)
    path = Path(request["path"])
    try:
        document = read_document(path)
    except UnreadablePdf as error:
        return as_data(unreadable(variant.name, str(error))) | {"facts": []}
    verdict = examine(document, variant)
    folder = Path(request["pictures"]) if request.get("pictures") else None
    plates: dict[int, dict[str, float]] = {}
    if request.get("ink", True) and document.pages:
        verdict = _with_ink(verdict, document, variant, request, folder, plates)
    return as_data(verdict) | {
        "facts": [_page(facts, plates.get(facts.number, {})) for facts in document.pages]
    }


def _variant(request: dict[str, Any]) -> Variant:
    numbers: dict[str, Any] = {
        name: frozenset(value) if name in SETS else value
        for name, value in request.get("limits", {}).items()
    }
    for name in ("contone_ppi", "line_art_ppi", "trim_mm"):
        if numbers.get(name) is not None:
            numbers[name] = tuple(numbers[name])
    variant = VARIANTS[request["variant"]]
    return replace(variant, limits=replace(variant.limits, **numbers)) if numbers else variant


def limits_as_data(limits: Limits) -> dict[str, Any]:
    """The numbers as JSON knows them."""
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in vars(limits).items()
    }


def _with_ink(
    verdict: Verdict,
    document: Document,
    variant: Variant,
    request: dict[str, Any],
    folder: Path | None,
    plates: dict[int, dict[str, float]],
) -> Verdict:
    """The verdict with what the ink adds to it; `plates` gets each page's coverage by plate."""
    icc = Path(request["icc"]) if request.get("icc") else None
    found: list[Finding] = []
    try:
        spots = bool(variant.limits.spots)
        for ink in measure(Path(request["path"]), document, icc, spots=spots):
            plates[ink.page] = ink.plates
            found += too_heavy([ink], variant.limits.ink_percent)
            if folder and ink.page <= MOST_PICTURES:
                heat_map(ink, variant.limits.ink_percent).save(folder / f"ink-{ink.page}.png")
    except (CoverageError, MemoryError) as error:
        found.append(
            Finding(
                "R0026",
                "warning",
                gettext_noop("The ink could not be measured"),
                gettext_noop("Export the file anew, or have the printer measure it."),
                "GWG 2022",
                _limited(error, request),
            )
        )
    passed = verdict.passed if found else (*verdict.passed, "R0026")
    return replace(verdict, findings=in_order((*verdict.findings, *found)), passed=passed)


def _limited(error: Exception, request: dict[str, Any]) -> Spot:
    if isinstance(error, MemoryError):
        return Spot(0, MEMORY, f"≤ {request['megabytes']} MB")
    return Spot(0, str(error), "—")


def draw_pages(path: Path, folder: Path) -> None:
    """Draw each page upright and whole, so that places on it can be marked."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        for number in range(min(len(pdf), MOST_PICTURES)):
            page = pdf[number]
            page.set_rotation(0)
            page.set_cropbox(*page.get_mediabox())
            scale = min(PICTURE_DPI / 72, LARGEST_PIXELS / max(*page.get_size(), 1))
            picture = page.render(scale=scale).to_pil()
            picture.convert("RGB").save(folder / f"page-{number + 1}.jpg", quality=80)


def _page(facts: Any, plates: dict[str, float]) -> dict[str, Any]:
    def sides(box: Box) -> list[float]:
        return [box.left, box.bottom, box.right, box.top]

    return {
        "number": facts.number,
        "media": sides(facts.media),
        "product": sides(facts.product),
        "plates": {name: round(covered, 1) for name, covered in plates.items()},
    }


def set_limits(*, megabytes: int, seconds: int) -> None:
    """Hold this process, and what it starts, to memory and processor time; no big files."""
    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Set the limits, answer, then draw: a page that can't be drawn costs no verdict."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    gc.disable()  # this process ends before there is anything to collect
    request = json.load(sys.stdin)
    set_limits(megabytes=int(request["megabytes"]), seconds=int(request["seconds"]))
    told = answer(request)
    json.dump(told, sys.stdout)
    sys.stdout.flush()
    if request.get("pictures") and told["facts"]:
        draw_pages(Path(request["path"]), Path(request["pictures"]))


if __name__ == "__main__":
    main()
