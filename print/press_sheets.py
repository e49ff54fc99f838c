"""Give assembled pages their sheet: its corner at the origin, its boxes around it."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Pdf

from print.pdf_spaces import streams_of
from print.press_parts import PT_PER_MM

Size = tuple[float, float]


def sheet_size(trim_mm: Size, bleed_mm: float) -> Size:
    """Width and height of trim and bleed, in points."""
    return (
        (trim_mm[0] + 2 * bleed_mm) * PT_PER_MM,
        (trim_mm[1] + 2 * bleed_mm) * PT_PER_MM,
    )


def move_to_origin(pdf: Pdf) -> None:
    """Put each sheet's corner at the origin; WeasyPrint starts the MediaBox below zero.

    Patterns hang on the page, not on its content (ISO 32000-1, 8.7.3.1), so they move apart.
    """
    moved = set()
    for page in pdf.pages:
        x, y = (-float(value) for value in list(page.obj.MediaBox)[:2])
        if (x, y) == (0, 0):
            continue
        content = streams_of(page.obj.get("/Contents"))
        shift = b"q 1 0 0 1 %s %s cm\n" % (number(x), number(y))
        page.obj.Contents = pdf.make_stream(shift + content + b"\nQ")
        resources: Any = page.obj.get("/Resources", Dictionary())
        for pattern in resources.get("/Pattern", Dictionary()).values():
            if pattern.objgen not in moved:
                moved.add(pattern.objgen)
                a, b, c, d, e, f = (float(v) for v in pattern.get("/Matrix", [1, 0, 0, 1, 0, 0]))
                pattern.Matrix = Array([a, b, c, d, round(e + x, 4), round(f + y, 4)])


def box(page: Any, sheet: Size, bleed_mm: float) -> None:
    """Write the boxes (GWG 2022 R0003: crop = media); WeasyPrint caps the BleedBox at 10 pt."""
    width, height = sheet
    bleed = bleed_mm * PT_PER_MM
    page.MediaBox = page.CropBox = page.BleedBox = Array([0, 0, round(width, 4), round(height, 4)])
    page.TrimBox = Array([round(v, 4) for v in (bleed, bleed, width - bleed, height - bleed)])


def number(value: float) -> bytes:
    """A length in points as a content stream writes it."""
    return f"{value:.4f}".rstrip("0").rstrip(".").encode()
