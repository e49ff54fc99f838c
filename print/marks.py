"""Set crop, fold and registration marks and a slug line around pages, outside the bleed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pikepdf import Array, Dictionary, Name, Pdf

from print.outlines import fitted, outlined
from print.pdf_spaces import streams_of
from print.press_parts import PT_PER_MM

Marks = Literal["none", "crop", "full"]
SLUG_MM = 9.0
LENGTH_MM = 5.0
GAP_MM = 1.0
LINE_PT = 0.25
TARGET_PT = 4.5
SLUG_TEXT_PT = 6.5
# White between a mark and the slug's words.
SLUG_WHITE_MM = 3.0
FOLD_DASH = "[2 2] 0 d"
Line = tuple[float, float, float, float]
# A circle of radius 1 in four curves.
BEND = 0.5523


@dataclass(frozen=True)
class MarkSpec:
    """What stands around a page: which marks, the bleed in mm, the slug's words and their font.

    Each group of the slug's words stands between two marks of its own. `folds` are in mm from the
    trim's left.
    """

    marks: Marks
    bleed_mm: float
    slug: Sequence[Sequence[str]] = ()
    font: Path | None = None
    folds: Sequence[float] = ()


def add_marks(pdf: Pdf, spec: MarkSpec, names: Sequence[str] = ()) -> None:
    """Enlarge every page by the slug and draw the marks in Separation All (ISO 32000-1, 8.6.6.4).

    Boxes move with the content; `{page}` in the slug becomes the page's name, its number unless
    `names` has others. With marks “none” nothing changes.
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
        drawn = _drawn(obj, spec, names[number - 1] if names else str(number))
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


def _drawn(page: Any, spec: MarkSpec, name: str) -> bytes:
    left, bottom, right, top = (float(value) for value in page.TrimBox)
    away = (spec.bleed_mm + GAP_MM) * PT_PER_MM
    long = LENGTH_MM * PT_PER_MM
    folds = [left + fold * PT_PER_MM for fold in spec.folds]
    lines: list[Line] = []
    for x, out in ((left, -1), (right, 1)):
        for y, up in ((bottom, -1), (top, 1)):
            lines.append((x + out * away, y, x + out * (away + long), y))
            lines.append((x, y + up * away, x, y + up * (away + long)))
    parts = ["q /Registration CS 1 SCN /Registration cs 1 scn", f"{LINE_PT} w"]
    # A target at the fold would hide it.
    middle, half = left + (right - left) / (4 if folds else 2), (bottom + top) / 2
    centre = away + long / 2
    if spec.marks == "full":
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
    parts += [_stroked(line) for line in lines]
    if folds:
        parts.append(FOLD_DASH)
        for x in folds:
            parts.append(_stroked((x, top + away, x, top + away + long)))
            parts.append(_stroked((x, bottom - away, x, bottom - away - long)))
    drawn = "\n".join(parts).encode()
    if spec.marks == "full" and spec.font:
        between = pairwise(sorted([left, middle, *folds, right]))
        widest = sorted(between, key=lambda room: round(room[0] - room[1], 2))[: len(spec.slug)]
        for words, (start, end) in zip(spec.slug, sorted(widest), strict=False):
            drawn += b"\n" + _told(words, name, spec.font, start, end, top + centre)
    return drawn + b"\nQ"


def _told(words: Sequence[str], name: str, font: Path, start: float, end: float, y: float) -> bytes:
    """The slug's words between the marks at `start` and `end`."""
    white = SLUG_WHITE_MM * PT_PER_MM + TARGET_PT
    named = [word.replace("{page}", name) for word in words]
    line = fitted(named, font, SLUG_TEXT_PT, end - start - 2 * white)
    return outlined(line, font, SLUG_TEXT_PT, start + white, y)


def _stroked(line: Line) -> str:
    return "{:.4f} {:.4f} m {:.4f} {:.4f} l S".format(*line)


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
