"""Rules on the size of text and lines, and on what stands too near the edge."""

from __future__ import annotations

from collections.abc import Iterator

from print.preflight.findings import Limits, Rule, Spot
from print.preflight.geometry import PT_PER_MM
from print.preflight.painted import Document, Painted
from print.remedies import gettext_noop

GWG = "GWG 2022"
ROUNDING = 0.005


def _many_inks(thing: Painted) -> bool:
    return thing.colour is not None and thing.colour.ink_count > 1


def _is_white(thing: Painted) -> bool:
    return thing.colour is not None and thing.colour.is_white and thing.covers


def _texts(document: Document, limits: Limits) -> Iterator[Painted]:
    for thing in document.painted:
        if thing.kind == "text" and 0 < thing.size < limits.least_text_pt - ROUNDING:
            yield thing


def _lines(document: Document, limits: Limits) -> Iterator[Painted]:
    for thing in document.painted:
        is_line = thing.kind == "stroke" or (thing.kind == "fill" and thing.size > 0)
        if is_line and thing.size < limits.least_line_pt - ROUNDING:
            yield thing


def white_text_is_large(document: Document, limits: Limits) -> Iterator[Spot]:
    """White text on a ground has the least size, or it fills up."""
    for thing in _texts(document, limits):
        if _is_white(thing):
            yield _size(thing, limits.least_text_pt)


def coloured_text_is_large(document: Document, limits: Limits) -> Iterator[Spot]:
    """Text of several inks has the least size, or register shows."""
    for thing in _texts(document, limits):
        if _many_inks(thing):
            yield _size(thing, limits.least_text_pt)


def white_lines_are_thick(document: Document, limits: Limits) -> Iterator[Spot]:
    """White lines on a ground have the least width."""
    for thing in _lines(document, limits):
        if _is_white(thing):
            yield _size(thing, limits.least_line_pt)


def coloured_lines_are_thick(document: Document, limits: Limits) -> Iterator[Spot]:
    """Lines of several inks have the least width."""
    for thing in _lines(document, limits):
        if _many_inks(thing):
            yield _size(thing, limits.least_line_pt)


def no_hairlines(document: Document, limits: Limits) -> Iterator[Spot]:
    """No line, in whatever ink, is thinner than the press holds."""
    for thing in _lines(document, limits):
        if not _many_inks(thing) and not (thing.colour and thing.colour.is_white):
            yield _size(thing, limits.least_line_pt)


def text_keeps_its_distance(document: Document, limits: Limits) -> Iterator[Spot]:
    """Text keeps the safety margin from the trim, unless it runs over the edge on purpose."""
    for thing in document.painted if limits.safety_mm else ():
        if thing.kind != "text" or thing.box is None or not thing.place.startswith("page"):
            continue
        trim = document.page(thing.page).product
        safe = trim.inset(limits.safety_mm * PT_PER_MM)
        if safe.holds(thing.box, 0.5) or not trim.holds(thing.box, 0.5):
            continue
        near = min(
            thing.box.left - trim.left,
            trim.right - thing.box.right,
            thing.box.bottom - trim.bottom,
            trim.top - thing.box.top,
        )
        found, wanted = f"{near / PT_PER_MM:.2g} mm", f"{limits.safety_mm:g} mm"
        yield Spot(thing.page, found, wanted, thing.place, thing.box)


def _size(thing: Painted, least: float) -> Spot:
    return Spot(thing.page, f"{thing.size:.3g} pt", f"≥ {least:g} pt", thing.place, thing.box)


RULES = (
    Rule(
        "R0016",
        gettext_noop("White text is too small to stay open"),
        gettext_noop("Set it larger, or dark on light."),
        GWG,
        white_text_is_large,
    ),
    Rule(
        "R0017",
        gettext_noop("Small text is printed in several inks"),
        gettext_noop("Set it larger, or in one ink."),
        GWG,
        coloured_text_is_large,
    ),
    Rule(
        "R0018",
        gettext_noop("A white line is too thin to stay open"),
        gettext_noop("Draw it at least as wide as wanted."),
        GWG,
        white_lines_are_thick,
    ),
    Rule(
        "R0019",
        gettext_noop("A thin line is printed in several inks"),
        gettext_noop("Draw it wider, or in one ink."),
        GWG,
        coloured_lines_are_thick,
    ),
    Rule(
        "C-HAIRLINE",
        gettext_noop("A line is thinner than the press holds"),
        gettext_noop("Draw it at least as wide as wanted."),
        gettext_noop("Couture; offset printers ask for 0.25 pt"),
        no_hairlines,
    ),
    Rule(
        "C-SAFETY",
        gettext_noop("Text stands too near the trim"),
        gettext_noop("Move it inside the safety margin, or over the edge on purpose."),
        "Couture",
        text_keeps_its_distance,
    ),
)
