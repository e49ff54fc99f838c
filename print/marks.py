"""Set crop marks, registration marks and a slug line around pages, outside the bleed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pikepdf import Array, Dictionary, Name, Pdf

from print.outlines import outlined
from print.pdf_spaces import streams_of
from print.press_parts import PT_PER_MM

Marks = Literal["none", "crop", "full"]
SLUG_MM = 9.0
LENGTH_MM = 5.0
GAP_MM = 1.0
LINE_PT = 0.25
TARGET_PT = 4.5
SLUG_TEXT_PT = 6.5
# A circle of radius 1 in four curves.
BEND = 0.5523


@dataclass(frozen=True)
class MarkSpec:
    """What stands around a page: which marks, the bleed in mm, the slug's words and their font."""

    marks: Marks
    bleed_mm: float
    slug: str = ""
    font: Path | None = None


def add_marks(pdf: Pdf, spec: MarkSpec) -> None:
    """Enlarge every page by the slug and draw the marks in Separation All (ISO 32000-1, 8.6.6.4).

    Boxes move with the content; `{page}` in the slug becomes the page's number. With marks
    “none” nothing changes.
    """
    if spec.marks == "none":
        return
    slug = SLUG_MM * PT_PER_MM
    registration = pdf.make_indirect(
        Array(
            [
                Name.Separation,
                Name.All,
                Name.DeviceCMYK,
                Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1),
            ]
        )
    )
    moved: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        obj: Any = page.obj
        _move(pdf, obj, slug, moved)
        drawn = _drawn(obj, spec, number)
        own = Dictionary(dict(obj.get("/Resources", Dictionary()).items()))
        own.ColorSpace = Dictionary(dict(own.get("/ColorSpace", Dictionary()).items()))
        own.ColorSpace.Registration = registration
        obj.Resources = own
        obj.Contents = pdf.make_stream(b"q\n" + streams_of(obj.Contents) + b"\nQ\n" + drawn)


def _move(pdf: Pdf, page: Any, slug: float, moved: set[tuple[int, int]]) -> None:
    """Make room on all sides; what hangs on the page rather than its content moves apart."""
    for key in ("/TrimBox", "/BleedBox"):
        page[key] = Array([round(float(value) + slug, 4) for value in page[key]])
    left, bottom, right, top = (float(value) for value in page.MediaBox)
    whole = Array([left, bottom, round(right + 2 * slug, 4), round(top + 2 * slug, 4)])
    page.MediaBox = page.CropBox = whole
    content = streams_of(page.get("/Contents"))
    page.Contents = pdf.make_stream(b"1 0 0 1 %.4f %.4f cm\n" % (slug, slug) + content)
    for pattern in page.get("/Resources", Dictionary()).get("/Pattern", Dictionary()).values():
        if pattern.objgen not in moved:
            moved.add(pattern.objgen)
            a, b, c, d, e, f = (float(v) for v in pattern.get("/Matrix", [1, 0, 0, 1, 0, 0]))
            pattern.Matrix = Array([a, b, c, d, round(e + slug, 4), round(f + slug, 4)])


def _drawn(page: Any, spec: MarkSpec, number: int) -> bytes:
    left, bottom, right, top = (float(value) for value in page.TrimBox)
    away = (spec.bleed_mm + GAP_MM) * PT_PER_MM
    long = LENGTH_MM * PT_PER_MM
    lines = []
    for x, out in ((left, -1), (right, 1)):
        for y, up in ((bottom, -1), (top, 1)):
            lines.append((x + out * away, y, x + out * (away + long), y))
            lines.append((x, y + up * away, x, y + up * (away + long)))
    parts = ["q /Registration CS 1 SCN /Registration cs 1 scn", f"{LINE_PT} w"]
    if spec.marks == "full":
        middle, half = (left + right) / 2, (bottom + top) / 2
        centre = away + long / 2
        targets = [
            (middle, bottom - centre),
            (middle, top + centre),
            (left - centre, half),
            (right + centre, half),
        ]
        for x, y in targets:
            parts.append(_circle(x, y, TARGET_PT))
            lines.append((x - 2 * TARGET_PT, y, x + 2 * TARGET_PT, y))
            lines.append((x, y - 2 * TARGET_PT, x, y + 2 * TARGET_PT))
    parts += [f"{a:.4f} {b:.4f} m {c:.4f} {d:.4f} l S" for a, b, c, d in lines]
    drawn = "\n".join(parts).encode()
    if spec.marks == "full" and spec.slug and spec.font:
        words = spec.slug.replace("{page}", str(number))
        at = (left + 4 * PT_PER_MM, top + away + long / 2)
        drawn += b"\n" + outlined(words, spec.font, SLUG_TEXT_PT, *at)
    return drawn + b"\nQ"


def _circle(x: float, y: float, radius: float) -> str:
    bend = BEND * radius

    def at(*values: float) -> str:
        return " ".join(f"{value:.4f}" for value in values)

    return "\n".join(
        [
            at(x + radius, y) + " m",
            at(x + radius, y + bend, x + bend, y + radius, x, y + radius) + " c",
            at(x - bend, y + radius, x - radius, y + bend, x - radius, y) + " c",
            at(x - radius, y - bend, x - bend, y - radius, x, y - radius) + " c",
            at(x + bend, y - radius, x + radius, y - bend, x + radius, y) + " c S",
        ]
    )
