"""Open the typeset parts of a press file, and refuse those that it cannot hold."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Pdf

from print.remedies import Fact, Phrase, Remedied, gettext_noop, reason_of

PT_PER_MM = 72 / 25.4
SHEET_TOLERANCE_PT = 0.5
FOLIOS = Phrase(gettext_noop("the folios"))


class PressError(Remedied):
    """Parts that cannot make a press file; `remedy` is one readable line."""


@dataclass(frozen=True)
class Part:
    """One typeset placement: its name in messages, and its PDF as bytes or in a file."""

    key: str
    pdf: bytes | Path


def read_part(pdf: bytes | Path, key: Fact) -> bytes:
    """The bytes of a part. Raises PressError."""
    if isinstance(pdf, bytes):
        return pdf
    try:
        return pdf.read_bytes()
    except OSError as error:
        raise PressError(
            gettext_noop("the pages of %(key)s cannot be read (%(reason)s): build again"),
            key=key,
            reason=reason_of(error),
        ) from None


def open_part(data: bytes, key: Fact) -> Pdf:
    """The PDF of a part. Raises PressError."""
    try:
        return Pdf.open(BytesIO(data))
    except pikepdf.PdfError:
        raise PressError(
            gettext_noop("the pages of %(key)s are not a sound PDF: build again"), key=key
        ) from None


def check_sheet(page: Any, number: int, key: Fact, sheet: tuple[float, float]) -> None:
    """Refuse a page that is not of the sheet's width and height, in points. Raises PressError."""
    left, bottom, right, top = (float(value) for value in page.MediaBox)
    found = (right - left, top - bottom)
    astray = max(abs(is_ - wanted) for is_, wanted in zip(found, sheet, strict=True))
    if astray > SHEET_TOLERANCE_PT or "/Rotate" in page:
        raise PressError(
            gettext_noop(
                "page %(number)s of %(key)s is %(measured)s mm, not %(wanted)s: "
                "set it on the profile's sheet"
            ),
            number=number,
            key=key,
            measured=_in_mm(found),
            wanted=_in_mm(sheet),
        )


def _in_mm(size: tuple[float, float]) -> str:
    return " × ".join(f"{value / PT_PER_MM:.1f}" for value in size)
