"""Read a whole PDF into the facts that the rules ask about."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Pdf

from print.preflight.annotations import read_annotations
from print.preflight.catalogue import read_catalogue
from print.preflight.colours import BROKEN
from print.preflight.declared import declare_fonts
from print.preflight.fonts import Font
from print.preflight.geometry import Box, box_of
from print.preflight.layers import Layers
from print.preflight.painted import (
    AnnotationFacts,
    Document,
    FontFacts,
    GroupFacts,
    PageFacts,
    Painted,
    Trouble,
)
from print.preflight.reading import MOST_INSTRUCTIONS, FileReading, PageReading, TooMuch
from print.remedies import gettext_noop

MOST_PAGES = 5_000
MOST_PARENTS = 40
REPAIRED = gettext_noop("damaged, and repaired as far as that goes")
MORE_PAGES = gettext_noop("more than 5,000 pages")
TOO_MANY = gettext_noop("too many instructions to read them all")
A4 = Box(0, 0, 595.276, 841.89)


class UnreadablePdf(Exception):
    """The file is no PDF, is locked, or is broken beyond repair; the message says which."""


def read_document(source: Path | bytes, *, budget: int = MOST_INSTRUCTIONS) -> Document:
    """Read all of a PDF. Raises UnreadablePdf; anything less is noted as trouble.

    After `budget` instructions the rest is left unread, and that is said.
    """
    try:
        opened = Pdf.open(
            BytesIO(source) if isinstance(source, bytes) else source, suppress_warnings=True
        )
    except pikepdf.PasswordError as error:
        raise UnreadablePdf(gettext_noop("locked by a password")) from error
    except (*BROKEN, OSError) as error:
        raise UnreadablePdf(gettext_noop("not a PDF, or broken beyond repair")) from error
    with opened as pdf:
        try:
            document = _read(FileReading(pdf, Layers(pdf.Root), budget))
        except BROKEN as error:
            raise UnreadablePdf(gettext_noop("broken beyond repair")) from error
    if not document.pages:
        raise UnreadablePdf(gettext_noop("there is no page in it"))
    return document


def _read(file: FileReading) -> Document:
    pdf = file.pdf
    pages: list[PageFacts] = []
    painted: list[Painted] = []
    groups: list[GroupFacts] = []
    annotations: list[AnnotationFacts] = []
    troubles: list[Trouble] = []
    if pdf.get_warnings():
        troubles.append(Trouble(0, "file", REPAIRED))
    for number, page in enumerate(pdf.pages, 1):
        if number > MOST_PAGES:
            troubles.append(Trouble(0, "file", MORE_PAGES))
            break
        facts = _page(page.obj, number)
        reading = PageReading(number, facts.media, file)
        try:
            resources = _inherited(page.obj, "/Resources") or Dictionary()
            reading.read(page.obj, resources, "page")
            annotations += read_annotations(page.obj, reading)
            declare_fonts(page.obj, resources, reading)
        except TooMuch:
            troubles.append(Trouble(number, "page", TOO_MANY))
            file.budget = 0
        pages.append(_with_content(facts, reading))
        painted += reading.painted
        groups += reading.groups
        troubles += reading.troubles
        if not file.budget:
            break
    facts_of_file, unread = read_catalogue(pdf)
    troubles += unread
    return Document(
        pages=tuple(pages),
        painted=tuple(painted),
        fonts=tuple(_font_facts(font) for font in file.fonts.values()),
        groups=tuple(groups),
        annotations=tuple(annotations),
        troubles=tuple(troubles),
        **facts_of_file,
    )


def _inherited(page: Any, key: str) -> Any:
    """A page attribute, taken from the nodes above where the page has none (7.7.3.4)."""
    node = page
    for _step in range(MOST_PARENTS):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _page(page: Any, number: int) -> PageFacts:
    boxes = {
        key: _box(_inherited(page, key) if key in ("/MediaBox", "/CropBox") else page.get(key))
        for key in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
    }
    rotate, unit = _inherited(page, "/Rotate"), page.get("/UserUnit")
    return PageFacts(
        number=number,
        media=boxes["/MediaBox"] or A4,
        crop=boxes["/CropBox"],
        bleed=boxes["/BleedBox"],
        trim=boxes["/TrimBox"],
        art=boxes["/ArtBox"],
        rotate=int(rotate) % 360 if isinstance(rotate, int) else 0,
        user_unit=float(unit) if isinstance(unit, int | Decimal) and unit > 0 else 1.0,
        is_empty=True,
    )


def _box(numbers: Any) -> Box | None:
    """A box of a page; one that encloses nothing is none."""
    box = box_of(numbers)
    return box if box and box.width and box.height else None


def _with_content(facts: PageFacts, reading: PageReading) -> PageFacts:
    product = facts.product
    seen = any(
        thing.box and thing.box.meets(product) and not (thing.colour and thing.colour.is_white)
        for thing in reading.painted
    )
    return PageFacts(
        facts.number,
        facts.media,
        facts.crop,
        facts.bleed,
        facts.trim,
        facts.art,
        facts.rotate,
        facts.user_unit,
        is_empty=not seen,
    )


def _font_facts(font: Font) -> FontFacts:
    return FontFacts(
        name=font.name,
        kind=font.kind,
        embedded=font.embedded,
        subset=font.subset,
        pages=tuple(sorted(font.pages)),
        missing=tuple(font.missing),
    )
