"""Lay pages side by side as they are bound: saddle-stitched spreads, or a cover with spine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from print.marks import MarkSpec, add_marks
from print.press_parts import PT_PER_MM
from print.remedies import Remedied, gettext_noop

PAGES_PER_SHEET = 4
NO_MARKS = MarkSpec("none", 0)


class ImpositionError(Remedied):
    """Pages that can't be imposed so; `remedy` says what to do."""


@dataclass(frozen=True)
class Spread:
    """Two pages side by side, by number from 1, and how far each moves to the spine, in mm."""

    left: int
    right: int
    creep_mm: float = 0.0


def saddle_stitch(pages: int, caliper_mm: float = 0.0) -> tuple[Spread, ...]:
    """The spreads of a saddle-stitched booklet, outermost sheet first, front before back.

    Inner sheets stick out by the paper folded around them: each sheet's pages move towards the
    spine by one caliper more than those of the sheet around it. Raises ImpositionError.
    """
    if pages < PAGES_PER_SHEET or pages % PAGES_PER_SHEET:
        raise ImpositionError(
            gettext_noop("%(pages)s pages can’t be saddle-stitched: make it a multiple of 4"),
            pages=pages,
        )
    return tuple(_spreads(pages, caliper_mm))


def _spreads(pages: int, caliper_mm: float) -> Iterator[Spread]:
    for sheet in range(pages // PAGES_PER_SHEET):
        creep = sheet * caliper_mm
        yield Spread(pages - 2 * sheet, 1 + 2 * sheet, creep)
        yield Spread(2 + 2 * sheet, pages - 1 - 2 * sheet, creep)


def spine_mm(pages: int, caliper_mm: float) -> float:
    """The width of a perfect-bound spine: one caliper for each leaf (facts/print.md, A)."""
    return pages / 2 * caliper_mm


def impose(
    source: Path | bytes,
    spreads: tuple[Spread, ...],
    marks: MarkSpec = NO_MARKS,
    first_page: int = 1,
) -> bytes:
    """A PDF of spreads: each page cut at the spine, its bleed kept on the three outer sides.

    The marks of the pages give way to the sheet's own, which name its pages, counted from
    `first_page`, and say where to fold. Same input, same bytes. Raises ImpositionError for pages
    of different trim.
    """
    with _opened(source) as pages, Pdf.new() as pdf:
        trim, bleed = _sizes(pages)
        for spread in spreads:
            _add_sheet(
                pdf,
                pages,
                [(spread.left, 0.0, spread.creep_mm), (spread.right, trim[0], -spread.creep_mm)],
                (2 * trim[0], trim[1]),
                trim,
                bleed,
            )
        before = first_page - 1
        names = [f"{spread.left + before} + {spread.right + before}" for spread in spreads]
        add_marks(pdf, replace(marks, folds=[trim[0] / PT_PER_MM]), names)
        _keep_intent(pdf, pages)
        return _saved(pdf)


def cover_sheet(source: Path | bytes, spine: float, marks: MarkSpec = NO_MARKS) -> bytes:
    """A perfect-bound cover in one piece: back cover, spine of so many mm, front cover.

    The first page of the file is the front, the last the back. The bleed of the inner edges runs
    over the spine half way; marks say where the spine is folded. Raises ImpositionError.
    """
    with _opened(source) as pages, Pdf.new() as pdf:
        trim, bleed = _sizes(pages)
        width = spine * PT_PER_MM
        placed = [(len(pages.pages), 0.0, 0.0), (1, trim[0] + width, 0.0)]
        _add_sheet(pdf, pages, placed, (2 * trim[0] + width, trim[1]), trim, bleed, over=width / 2)
        folds = sorted({trim[0] / PT_PER_MM, trim[0] / PT_PER_MM + spine})
        add_marks(pdf, replace(marks, folds=folds), [f"{len(pages.pages)} + 1"])
        _keep_intent(pdf, pages)
        return _saved(pdf)


def _opened(source: Path | bytes) -> Pdf:
    try:
        return Pdf.open(BytesIO(source) if isinstance(source, bytes) else source)
    except (pikepdf.PdfError, OSError) as error:
        raise ImpositionError(
            gettext_noop("the press file can’t be read: build it again")
        ) from error


def _sizes(pages: Pdf) -> tuple[tuple[float, float], float]:
    """Width and height of the trim that all pages share, and their bleed, in points."""
    found = set()
    bleed = 0.0
    for page in pages.pages:
        left, bottom, right, top = (float(value) for value in page.obj.TrimBox)
        found.add((round(right - left, 2), round(top - bottom, 2)))
        bleed = left - float(page.obj.BleedBox[0])
    if len(found) != 1:
        raise ImpositionError(
            gettext_noop("the pages have different sizes: they can’t share a sheet")
        )
    return found.pop(), bleed


def _add_sheet(
    pdf: Pdf,
    pages: Pdf,
    placed: list[tuple[int, float, float]],
    size: tuple[float, float],
    trim: tuple[float, float],
    bleed: float,
    over: float = 0.0,
) -> None:
    """Add a sheet: pages by number, the left of each trim from the sheet's own, its creep."""
    forms = Dictionary()
    content = []
    for at, (number, x, creep_mm) in enumerate(placed):
        page: Any = pages.pages[number - 1]
        form = pdf.copy_foreign(page.as_form_xobject(handle_transformations=False))
        form.BBox = Array([float(value) for value in page.obj.BleedBox])
        forms[f"/P{at}"] = form
        first = at == 0
        clip_left = x if first else x + bleed - over
        clip_width = trim[0] + bleed + over
        left = bleed + x - float(page.obj.TrimBox[0]) + creep_mm * PT_PER_MM
        up = bleed - float(page.obj.TrimBox[1])
        content.append(
            f"q {clip_left:.4f} 0 {clip_width:.4f} {trim[1] + 2 * bleed:.4f} re W n "
            f"1 0 0 1 {left:.4f} {up:.4f} cm /P{at} Do Q"
        )
    whole = [0, 0, round(size[0] + 2 * bleed, 4), round(size[1] + 2 * bleed, 4)]
    pdf.add_blank_page(page_size=(whole[2], whole[3]))
    sheet: Any = pdf.pages[-1].obj
    sheet.MediaBox = sheet.CropBox = sheet.BleedBox = Array(whole)
    cut = (bleed, bleed, bleed + size[0], bleed + size[1])
    sheet.TrimBox = Array([round(value, 4) for value in cut])
    sheet.Resources = Dictionary(XObject=forms)
    sheet.Contents = pdf.make_stream("\n".join(content).encode())
    group = pages.pages[placed[0][0] - 1].obj.get("/Group")
    if group is not None:
        sheet.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)


def _keep_intent(pdf: Pdf, pages: Pdf) -> None:
    """The sheets are for the same press as the pages."""
    intents = pages.Root.get("/OutputIntents")
    if intents is not None:
        pdf.Root.OutputIntents = pdf.copy_foreign(pages.make_indirect(intents))
    if "/Metadata" in pages.Root:
        pdf.Root.Metadata = pdf.copy_foreign(pages.Root.Metadata)
    info = pages.trailer.get("/Info")
    if info is not None:
        pdf.trailer.Info = pdf.copy_foreign(pages.make_indirect(info))


def _saved(pdf: Pdf) -> bytes:
    written = BytesIO()
    pdf.save(written, force_version="1.6", deterministic_id=True)
    return written.getvalue()
