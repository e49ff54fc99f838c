"""Rules on fonts: they come along, they have every sign, they are the house's."""

from __future__ import annotations

from collections.abc import Iterator

from print.preflight.findings import Limits, Rule, Spot
from print.preflight.painted import Document, FontFacts
from print.remedies import gettext_noop


def _used(document: Document) -> Iterator[FontFacts]:
    return (font for font in document.fonts if font.pages)


def fonts_are_embedded(document: Document, limits: Limits) -> Iterator[Spot]:
    """Every font that is used is in the file."""
    for font in _used(document):
        if not font.embedded:
            yield Spot(font.pages[0], font.name, gettext_noop("embedded"), font.kind)


def signs_are_there(document: Document, limits: Limits) -> Iterator[Spot]:
    """No sign is shown as the empty box of its font."""
    for font in document.fonts:
        for page, box in font.missing:
            yield Spot(page, ".notdef", font.name, "page", box)


def fonts_are_the_houses(document: Document, limits: Limits) -> Iterator[Spot]:
    """No font has stepped in for one of the house."""
    known = {_plain(family) for family in limits.families}
    for font in _used(document) if known else ():
        if not any(_plain(font.name).startswith(family) for family in known):
            wanted = ", ".join(sorted(limits.families))
            yield Spot(font.pages[0], font.name, wanted, font.kind)


def _plain(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalnum())


RULES = (
    Rule(
        "X-FONT",
        gettext_noop("A font is not in the file"),
        gettext_noop("Embed all fonts."),
        "ISO 15930-7, 6.3",
        fonts_are_embedded,
    ),
    Rule(
        "C-SIGN",
        gettext_noop("A sign is missing in its font and prints as an empty box"),
        gettext_noop("Use another sign or another font."),
        "Couture",
        signs_are_there,
    ),
    Rule(
        "C-FONT",
        gettext_noop("A font has stepped in for one of the house"),
        gettext_noop("Replace the sign that the house’s fonts don’t have."),
        "Couture",
        fonts_are_the_houses,
    ),
)
