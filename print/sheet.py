"""Describe the sheet that a placement is set on, in millimetres and in inks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from print.inks import Cmyk, Inks

Side = Literal["recto", "verso"]


@dataclass(frozen=True)
class Sheet:
    """A trimmed page with its bleed (mm), its number of columns and its picture resolution."""

    width_mm: int
    height_mm: int
    bleed_mm: int
    columns: int
    picture_ppi: int

    @property
    def full_width_mm(self) -> int:
        """Return the width from bleed to bleed."""
        return self.width_mm + 2 * self.bleed_mm

    @property
    def full_height_mm(self) -> int:
        """Return the height from bleed to bleed."""
        return self.height_mm + 2 * self.bleed_mm


def side_of(folio: int) -> Side:
    """Return the side on which a folio lies: odd ones are on the right."""
    return "recto" if folio % 2 else "verso"


def ink_of(colour: str, inks: Inks) -> Cmyk:
    """Return `#rrggbb` in the press's CMYK, each from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return inks.rgb(red, green, blue)


def css_ink(colour: str, inks: Inks) -> str:
    """Return `#rrggbb` as CSS writes it for the press: `device-cmyk(0.1 0.9 0 0)`."""
    return "device-cmyk({:g} {:g} {:g} {:g})".format(*ink_of(colour, inks))
