"""Lay folios and running heads over assembled pages, and supplied adverts on theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from print.pdf_spaces import streams_of
from print.press_parts import (
    FOLIOS,
    PT_PER_MM,
    Part,
    PressError,
    check_sheet,
    open_part,
    read_part,
)
from print.press_sheets import Size, number
from print.remedies import gettext_noop

PAINTS = frozenset(
    {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do"}
)


@dataclass(frozen=True)
class AdvertOnPage:
    """A supplied PDF and where it stands: the page from 1, and its box in mm from the trim's top
    left corner (left, top, width, height). A full page runs on into the bleed.
    """

    part: Part
    page: int
    box_mm: tuple[float, float, float, float]
    bleeds: bool


def lay_over(pdf: Pdf, overlay: bytes | Path, sheet: Size) -> None:
    """Draw page n of the overlay over page n, as a form; pages that paint nothing add nothing.

    Raises PressError for an overlay of another extent or size.
    """
    with open_part(read_part(overlay, FOLIOS), FOLIOS) as source:
        if len(source.pages) != len(pdf.pages):
            raise PressError(
                gettext_noop("there are %(folios)s pages of folios for %(pages)s: build again"),
                folios=len(source.pages),
                pages=len(pdf.pages),
            )
        for at, (page, over) in enumerate(zip(pdf.pages, source.pages, strict=True), 1):
            check_sheet(over.obj, at, FOLIOS, sheet)
            if not _paints(over.obj):
                continue
            form = pdf.copy_foreign(over.as_form_xobject(handle_transformations=False))
            resources = _own_resources(page.obj)
            resources.XObject[Name.Over] = form
            corners = zip(page.obj.MediaBox, over.obj.MediaBox, strict=True)
            x, y = (float(under) - float(above) for under, above in list(corners)[:2])
            placed = b"\nQ q 1 0 0 1 %s %s cm /Over Do Q" % (number(x), number(y))
            content = b"q\n" + streams_of(page.obj.get("/Contents")) + placed
            page.obj.Contents = pdf.make_stream(content)


def _own_resources(page: Any) -> Any:
    """Resources of this page alone: the pages of a part share theirs."""
    resources: Any = Dictionary()
    for key, value in page.get("/Resources", Dictionary()).items():
        resources[key] = value
    resources.XObject = Dictionary()
    for key, value in page.get("/Resources", Dictionary()).get("/XObject", Dictionary()).items():
        resources.XObject[key] = value
    page.Resources = resources
    return resources


def _paints(page: Any) -> bool:
    return any(str(each.operator) in PAINTS for each in pikepdf.parse_content_stream(page))


def place_adverts(pdf: Pdf, adverts: Sequence[AdvertOnPage]) -> None:
    """Draw supplied adverts where they stand, as they are: colours, spots and fonts untouched.

    The trim of each stands in the middle of its box. Raises PressError.
    """
    for at, advert in enumerate(adverts, 1):
        page: Any = pdf.pages[advert.page - 1].obj
        with open_part(read_part(advert.part.pdf, advert.part.key), advert.part.key) as source:
            supplied = source.pages[0]
            trim = [float(value) for value in supplied.trimbox]
            form = pdf.copy_foreign(supplied.as_form_xobject(handle_transformations=False))
        left, top, width, height = (value * PT_PER_MM for value in advert.box_mm)
        sheet_trim = [float(value) for value in page.TrimBox]
        x, y = sheet_trim[0] + left, sheet_trim[3] - top - height
        spare_x, spare_y = width - (trim[2] - trim[0]), height - (trim[3] - trim[1])
        clip = (
            [float(value) for value in page.BleedBox]
            if advert.bleeds
            else [x, y, x + width, y + height]
        )
        name = f"/Advert{at}"
        _own_resources(page).XObject[name] = form
        window = b" ".join(
            number(value) for value in (*clip[:2], clip[2] - clip[0], clip[3] - clip[1])
        )
        moved = number(x + spare_x / 2 - trim[0]), number(y + spare_y / 2 - trim[1])
        placed = b"\nQ q %s re W n 1 0 0 1 %s %s cm %s Do Q" % (window, *moved, name.encode())
        page.Contents = pdf.make_stream(b"q\n" + streams_of(page.get("/Contents")) + placed)
