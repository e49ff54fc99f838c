"""Assemble typeset parts into one press file: PDF/X-4, in the inks of its printing condition."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf

from print.colour import ColourError, to_cmyk
from print.inks import Inks
from print.output_profile import OutputProfile
from print.pdf_spaces import streams_of
from print.press_metadata import describe, intend
from print.press_parts import (
    FOLIOS,
    PT_PER_MM,
    Part,
    PressError,
    check_sheet,
    open_part,
    read_part,
)
from print.press_reading import unprintable_colours
from print.remedies import gettext_noop
from print.shared_objects import name_font_subsets, share_equal_objects
from print.whole_file import write_whole

PDF_VERSION = "1.6"
# Keys of a page that a press file has no use for.
PAGE_KEYS = frozenset({"/Type", "/Parent", "/Contents", "/Resources", "/Group"})
PAINTS = frozenset(
    {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do"}
)


@dataclass(frozen=True)
class PressSpec:
    """What the press file is made for: sizes in mm, the printing condition, and what it is.

    `dated` (aware) is the date of the content. `inputs` is the digest of all that went in; left
    empty, the digest of the parts serves.
    """

    trim_width_mm: float
    trim_height_mm: float
    bleed_mm: float
    profile: OutputProfile
    title: str
    dated: datetime
    condition: str = "FOGRA39"
    condition_info: str = "Coated FOGRA39 (ISO 12647-2:2004)"
    overprint_black: bool = True
    pages_multiple: int = 1
    inputs: str = ""


@dataclass(frozen=True)
class PressFile:
    """An assembled press file: its bytes, or the path it was written to; seconds per step."""

    pdf: bytes | None
    path: Path | None
    sha256: str
    size: int
    pages: int
    seconds: dict[str, float]


def assemble(
    parts: Sequence[Part],
    overlay: bytes | Path | None,
    spec: PressSpec,
    path: Path | None = None,
) -> PressFile:
    """Join the parts, lay the overlay's pages over them one to one, and finish as PDF/X-4.

    Every page must be trim plus bleed on each side. Same inputs, same bytes. With `path`, the file
    appears there whole or not at all. Raises PressError, also if any RGB is left.
    """
    clock = _Clock()
    with Pdf.new() as pdf:
        digest = _join(pdf, parts, spec)
        clock.lap("join")
        if overlay is not None:
            _lay_over(pdf, overlay, spec)
        clock.lap("overlay")
        _move_to_origin(pdf)
        for page in pdf.pages:
            _box(page.obj, spec)
        try:
            to_cmyk(pdf, Inks(spec.profile), overprint=spec.overprint_black)
        except ColourError as error:
            raise PressError(error.template, **error.facts) from None
        clock.lap("colour")
        if left := unprintable_colours(pdf):
            use = left[0]
            raise PressError(
                gettext_noop("page %(page)s still holds %(space)s (%(place)s): replace it"),
                page=use.page,
                space=use.space,
                place=use.place,
            )
        clock.lap("reading")
        intend(pdf, spec.profile, condition=spec.condition, info=spec.condition_info)
        describe(pdf, title=spec.title, dated=spec.dated, digest=spec.inputs or digest)
        name_font_subsets(pdf)
        share_equal_objects(pdf)
        clock.lap("sharing")
        data = _saved(pdf)
        count = len(pdf.pages)
    if path is not None:
        write_whole(path, data)
    clock.lap("writing")
    return PressFile(
        pdf=None if path else data,
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=count,
        seconds=clock.laps,
    )


class _Clock:
    """Seconds per step."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.monotonic()

    def lap(self, step: str) -> None:
        now = time.monotonic()
        self.laps[step] = round(now - self._last, 3)
        self._last = now


def _join(pdf: Pdf, parts: Sequence[Part], spec: PressSpec) -> str:
    """Bring in the pages of each part; the digest of the parts in their order."""
    digest = hashlib.sha256()
    if not parts:
        raise PressError(gettext_noop("nothing to print: the edition has no pages"))
    for part in parts:
        data = read_part(part.pdf, part.key)
        digest.update(hashlib.sha256(data).digest())
        with open_part(data, part.key) as source:
            for number, page in enumerate(source.pages, 1):
                check_sheet(page.obj, number, part.key, _sheet(spec))
            pdf.pages.extend(source.pages)
    count = len(pdf.pages)
    if count % spec.pages_multiple:
        raise PressError(
            gettext_noop(
                "%(pages)s pages are not a multiple of %(multiple)s: "
                "remove %(over)s or add %(under)s"
            ),
            pages=count,
            multiple=spec.pages_multiple,
            over=count % spec.pages_multiple,
            under=-count % spec.pages_multiple,
        )
    for page in pdf.pages:
        for key in set(page.obj.keys()) - PAGE_KEYS - {"/MediaBox"}:
            del page.obj[key]
    return digest.hexdigest()


def _sheet(spec: PressSpec) -> tuple[float, float]:
    """Width and height of trim and bleed, in points."""
    return (
        (spec.trim_width_mm + 2 * spec.bleed_mm) * PT_PER_MM,
        (spec.trim_height_mm + 2 * spec.bleed_mm) * PT_PER_MM,
    )


def _move_to_origin(pdf: Pdf) -> None:
    """Put each sheet's corner at the origin; WeasyPrint starts the MediaBox below zero.

    Patterns hang on the page, not on its content (ISO 32000-1, 8.7.3.1), so they move apart.
    """
    moved = set()
    for page in pdf.pages:
        x, y = (-float(value) for value in list(page.obj.MediaBox)[:2])
        if (x, y) == (0, 0):
            continue
        content = streams_of(page.obj.get("/Contents"))
        shift = b"q 1 0 0 1 %s %s cm\n" % (_number(x), _number(y))
        page.obj.Contents = pdf.make_stream(shift + content + b"\nQ")
        resources: Any = page.obj.get("/Resources", Dictionary())
        for pattern in resources.get("/Pattern", Dictionary()).values():
            if pattern.objgen not in moved:
                moved.add(pattern.objgen)
                a, b, c, d, e, f = (float(v) for v in pattern.get("/Matrix", [1, 0, 0, 1, 0, 0]))
                pattern.Matrix = Array([a, b, c, d, round(e + x, 4), round(f + y, 4)])


def _box(page: Any, spec: PressSpec) -> None:
    """Write the boxes (GWG 2022 R0003: crop = media); WeasyPrint caps the BleedBox at 10 pt."""
    width, height = _sheet(spec)
    bleed = spec.bleed_mm * PT_PER_MM
    page.MediaBox = page.CropBox = page.BleedBox = Array([0, 0, round(width, 4), round(height, 4)])
    page.TrimBox = Array([round(v, 4) for v in (bleed, bleed, width - bleed, height - bleed)])


def _number(value: float) -> bytes:
    return f"{value:.4f}".rstrip("0").rstrip(".").encode()


def _lay_over(pdf: Pdf, overlay: bytes | Path, spec: PressSpec) -> None:
    """Draw page n of the overlay over page n, as a form; pages that paint nothing add nothing."""
    with open_part(read_part(overlay, FOLIOS), FOLIOS) as source:
        if len(source.pages) != len(pdf.pages):
            raise PressError(
                gettext_noop("there are %(folios)s pages of folios for %(pages)s: build again"),
                folios=len(source.pages),
                pages=len(pdf.pages),
            )
        for number, (page, over) in enumerate(zip(pdf.pages, source.pages, strict=True), 1):
            check_sheet(over.obj, number, FOLIOS, _sheet(spec))
            if not _paints(over.obj):
                continue
            form = pdf.copy_foreign(over.as_form_xobject(handle_transformations=False))
            resources = _own_resources(page.obj)
            resources.XObject[Name.Over] = form
            corners = zip(page.obj.MediaBox, over.obj.MediaBox, strict=True)
            x, y = (float(under) - float(above) for under, above in list(corners)[:2])
            placed = b"\nQ q 1 0 0 1 %s %s cm /Over Do Q" % (_number(x), _number(y))
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


def _saved(pdf: Pdf) -> bytes:
    pdf.remove_unreferenced_resources()
    written = BytesIO()
    pdf.save(
        written,
        force_version=PDF_VERSION,
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
    )
    return written.getvalue()
