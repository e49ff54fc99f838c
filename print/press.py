"""Assemble typeset parts into one press file: PDF/X-4, in the inks of its printing condition."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from pikepdf import Name, ObjectStreamMode, Pdf

from print.colour import ColourError, to_cmyk
from print.inks import Inks
from print.marks import Marks, MarkSpec, add_marks
from print.output_profile import OutputProfile
from print.press_metadata import Standard, describe, intend
from print.press_overlay import AdvertOnPage, lay_over, place_adverts
from print.press_parts import Part, PressError, check_sheet, open_part, read_part
from print.press_reading import unprintable_colours
from print.press_sheets import box, move_to_origin, sheet_size
from print.remedies import gettext_noop
from print.shared_objects import name_font_subsets, share_equal_objects
from print.spot_job import SpotJob
from print.spots import to_spots
from print.whole_file import write_whole

VERSIONS = {"pdf-x-4": "1.6", "pdf-x-1a": "1.4"}
# Keys of a page that a press file has no use for.
PAGE_KEYS = frozenset({"/Type", "/Parent", "/Contents", "/Resources", "/Group"})


@dataclass(frozen=True)
class PressSpec:
    """What the press file is made for: sizes in mm, the printing condition, and what it is.

    `dated` (aware) is the date of the content. `inputs` is the digest of all that went in; left
    empty, the digest of the parts serves. `ink_limit` is in percent of all inks together.
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
    standard: Standard = "pdf-x-4"
    ink_limit: float = 400
    spots: SpotJob | None = None
    adverts: Sequence[AdvertOnPage] = ()
    marks: Marks = "none"
    slug: Sequence[Sequence[str]] = ()
    slug_font: Path | None = None

    @property
    def sheet(self) -> tuple[float, float]:
        """Width and height of trim and bleed, in points."""
        return sheet_size((self.trim_width_mm, self.trim_height_mm), self.bleed_mm)


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
    """Join the parts, lay the overlay's pages over them one to one, and finish as PDF/X.

    Every page must be trim plus bleed on each side. A PDF/X-1a is one only if preflight finds
    nothing transparent in it. Same inputs, same bytes. With `path`, the file
    appears there whole or not at all. Raises PressError, also if any RGB is left.
    """
    clock = _Clock()
    with Pdf.new() as pdf:
        digest = _join(pdf, parts, spec)
        clock.lap("join")
        if overlay is not None:
            lay_over(pdf, overlay, spec.sheet)
        clock.lap("overlay")
        move_to_origin(pdf)
        for page in pdf.pages:
            box(page.obj, spec.sheet, spec.bleed_mm)
        try:
            to_cmyk(pdf, Inks(spec.profile, spec.ink_limit), overprint=spec.overprint_black)
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
        if spec.spots is not None:
            to_spots(pdf, spec.spots)
            clock.lap("spots")
        place_adverts(pdf, spec.adverts)
        if spec.standard == "pdf-x-1a":
            _drop_page_groups(pdf)
        add_marks(pdf, MarkSpec(spec.marks, spec.bleed_mm, spec.slug, spec.slug_font))
        intend(pdf, spec.profile, condition=spec.condition, info=spec.condition_info)
        describe(
            pdf,
            title=spec.title,
            dated=spec.dated,
            digest=spec.inputs or digest,
            standard=spec.standard,
        )
        name_font_subsets(pdf)
        share_equal_objects(pdf)
        clock.lap("sharing")
        data = _saved(pdf, spec.standard)
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
                check_sheet(page.obj, number, part.key, spec.sheet)
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


def _drop_page_groups(pdf: Pdf) -> None:
    """A page's own group says in which colours to blend; PDF/X-1a blends nothing."""
    for page in pdf.pages:
        for holder in (page.obj, *page.obj.Resources.get("/XObject", {}).values()):
            if "/Group" in holder and holder.get("/Type") in (Name.Page, None):
                del holder["/Group"]


def _saved(pdf: Pdf, standard: Standard) -> bytes:
    """The file's bytes; PDF 1.4 knows no object streams."""
    pdf.remove_unreferenced_resources()
    written = BytesIO()
    pdf.save(
        written,
        force_version=VERSIONS[standard],
        object_stream_mode=(
            ObjectStreamMode.generate if standard == "pdf-x-4" else ObjectStreamMode.disable
        ),
        compress_streams=True,
        deterministic_id=True,
    )
    return written.getvalue()
