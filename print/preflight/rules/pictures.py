"""Rules on pictures: how fine they are at the size at which they are placed."""

from __future__ import annotations

from collections.abc import Iterator

from print.preflight.findings import Check, Limits, Rule, Spot
from print.preflight.painted import Document, Painted
from print.remedies import gettext_noop

GWG = "GWG 2022"
# GWG leaves out pictures of few pixels: they are no photographs.
FEW_PIXELS = 16


def _too_coarse(things: Iterator[Painted], least: float, above: float = 0) -> Iterator[Spot]:
    for thing in things:
        picture = thing.picture
        if picture and above < picture.least_ppi <= least:
            found = f"{picture.least_ppi:.0f} ppi"
            yield Spot(thing.page, found, f"> {least:g} ppi", thing.place, thing.box)


def _pictures(document: Document, *, line_art: bool) -> Iterator[Painted]:
    for thing in document.painted:
        picture = thing.picture
        if picture is None or picture.is_line_art != line_art:
            continue
        if min(picture.width, picture.height) and max(picture.width, picture.height) > FEW_PIXELS:
            yield thing


def contone_error(document: Document, limits: Limits) -> Iterator[Spot]:
    """A photograph has more than 149 ppi."""
    return _too_coarse(_pictures(document, line_art=False), limits.contone_ppi[0])


def contone_warning(document: Document, limits: Limits) -> Iterator[Spot]:
    """A photograph had better have more than 224 ppi."""
    low, high = limits.contone_ppi
    return _too_coarse(_pictures(document, line_art=False), high, above=low)


def line_art_error(document: Document, limits: Limits) -> Iterator[Spot]:
    """Line art has more than 549 ppi."""
    return _too_coarse(_pictures(document, line_art=True), limits.line_art_ppi[0])


def line_art_warning(document: Document, limits: Limits) -> Iterator[Spot]:
    """Line art had better have more than 799 ppi."""
    low, high = limits.line_art_ppi
    return _too_coarse(_pictures(document, line_art=True), high, above=low)


def _rule(name: str, title: str, check: Check) -> Rule:
    return Rule(
        name,
        title,
        gettext_noop("Place it smaller, or bring a picture with more pixels."),
        GWG,
        check,
    )


RULES = (
    _rule("R0031", gettext_noop("A picture is too coarse"), contone_error),
    _rule("R0031-W", gettext_noop("A picture is coarser than it should be"), contone_warning),
    _rule("R0032", gettext_noop("Line art is too coarse"), line_art_error),
    _rule("R0032-W", gettext_noop("Line art is coarser than it should be"), line_art_warning),
)
