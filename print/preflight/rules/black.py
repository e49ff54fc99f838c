"""Rules on black, white and overprint."""

from __future__ import annotations

from collections.abc import Iterator

from print.preflight.colours import Colour
from print.preflight.findings import Limits, Rule, Spot
from print.preflight.painted import Document, Painted
from print.remedies import gettext_noop

Inked = tuple[Painted, Colour]
GWG = "GWG 2022"
DARK, HEAVY = 0.85, 2.80
ROUNDING = 0.005


def _small_text(document: Document, limits: Limits) -> Iterator[Inked]:
    """Black text under 12 pt. Masks have no inks of their own and don't count."""
    for thing, colour in _inked(document, "text"):
        if colour.is_black and thing.size < limits.small_text_pt - ROUNDING:
            yield thing, colour


def _thin_lines(document: Document, limits: Limits) -> Iterator[Inked]:
    """Black lines under 2 pt, filled ones too."""
    for thing, colour in _inked(document, "stroke", "fill"):
        if colour.is_black and thing.size < limits.thin_line_pt - ROUNDING:
            yield thing, colour


def _inked(document: Document, *kinds: str) -> Iterator[Inked]:
    for thing in document.painted:
        if thing.kind in kinds and thing.colour is not None and "soft mask" not in thing.place:
            yield thing, thing.colour


def white_text_knocks_out(document: Document, limits: Limits) -> Iterator[Spot]:
    """White text doesn't overprint: it would vanish."""
    return _overprinting_white(_inked(document, "text"))


def white_paths_knock_out(document: Document, limits: Limits) -> Iterator[Spot]:
    """White paths don't overprint."""
    return _overprinting_white(_inked(document, "fill", "stroke"))


def _overprinting_white(things: Iterator[Inked]) -> Iterator[Spot]:
    for thing, colour in things:
        if thing.overprints and colour.is_white:
            yield Spot(
                thing.page,
                gettext_noop("overprint"),
                gettext_noop("knockout"),
                thing.place,
                thing.box,
            )


def small_black_text_overprints(document: Document, limits: Limits) -> Iterator[Spot]:
    """Black text under 12 pt that lies over something overprints."""
    return _knocking_out(_small_text(document, limits))


def thin_black_lines_overprint(document: Document, limits: Limits) -> Iterator[Spot]:
    """Black lines under 2 pt that lie over something overprint."""
    return _knocking_out(_thin_lines(document, limits))


def _knocking_out(things: Iterator[Inked]) -> Iterator[Spot]:
    for thing, _colour in things:
        if thing.covers and not thing.overprints:
            wanted = gettext_noop("overprint")
            yield Spot(thing.page, f"{thing.size:.3g} pt", wanted, thing.place, thing.box)


def small_black_text_is_no_grey(document: Document, limits: Limits) -> Iterator[Spot]:
    """Small black text isn't in DeviceGray, where overprinting does nothing."""
    return _grey(_small_text(document, limits))


def thin_black_lines_are_no_grey(document: Document, limits: Limits) -> Iterator[Spot]:
    """Thin black lines aren't in DeviceGray."""
    return _grey(_thin_lines(document, limits))


def _grey(things: Iterator[Inked]) -> Iterator[Spot]:
    for thing, colour in things:
        if colour.space.family == "DeviceGray":
            yield Spot(thing.page, "DeviceGray", "DeviceCMYK", thing.place, thing.box)


def text_is_no_rich_black(document: Document, limits: Limits) -> Iterator[Spot]:
    """No text with 85 % of black or more carries over 280 % of ink."""
    for thing in document.painted:
        inks = thing.colour.inks if thing.kind == "text" and thing.colour else None
        if inks and inks[3] >= DARK and sum(inks) > HEAVY:
            yield Spot(thing.page, f"{sum(inks):.0%}", "280%", thing.place, thing.box)


RULES = (
    Rule(
        "R0007",
        gettext_noop("White text overprints and will vanish"),
        gettext_noop("Switch overprint off for it."),
        GWG,
        white_text_knocks_out,
    ),
    Rule(
        "R0008",
        gettext_noop("A white area or line overprints and will vanish"),
        gettext_noop("Switch overprint off for it."),
        GWG,
        white_paths_knock_out,
    ),
    Rule(
        "R0009",
        gettext_noop("Small black text knocks out what lies under it"),
        gettext_noop("Let black text under 12 pt overprint."),
        GWG,
        small_black_text_overprints,
    ),
    Rule(
        "R0010",
        gettext_noop("A thin black line knocks out what lies under it"),
        gettext_noop("Let black lines under 2 pt overprint."),
        GWG,
        thin_black_lines_overprint,
    ),
    Rule(
        "R0011",
        gettext_noop("Small black text is grey, so it can’t overprint"),
        gettext_noop("Set it in CMYK, black alone."),
        GWG,
        small_black_text_is_no_grey,
    ),
    Rule(
        "R0012",
        gettext_noop("A thin black line is grey, so it can’t overprint"),
        gettext_noop("Set it in CMYK, black alone."),
        GWG,
        thin_black_lines_are_no_grey,
    ),
    Rule(
        "R0015",
        gettext_noop("Text is set in a heavy rich black"),
        gettext_noop("Set it in black ink alone."),
        GWG,
        text_is_no_rich_black,
    ),
)
