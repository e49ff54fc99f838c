"""Keep the graphics state while content is read, and the ground that is painted already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor, isfinite

import numpy as np

from print.preflight.colours import GRAY, Colour, first_colour
from print.preflight.fonts import Font
from print.preflight.geometry import EVERYWHERE, IDENTITY, Box, Matrix

BLACK = first_colour(GRAY)


@dataclass(slots=True)
class Text:
    """The text state (ISO 32000-1, 9.3), spacing in unscaled text units."""

    font: Font | None = None
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


@dataclass(slots=True)
class State:
    """The graphics state (ISO 32000-1, 8.4)."""

    matrix: Matrix = IDENTITY
    clip: Box = EVERYWHERE
    fill: Colour = BLACK
    stroke: Colour = BLACK
    fill_pattern: str = ""
    stroke_pattern: str = ""
    line_width: float = 1.0
    fill_overprint: bool = False
    stroke_overprint: bool = False
    overprint_mode: int = 0
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend: str = "Normal"
    text: Text = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        if self.text is None:
            self.text = Text()

    def copy(self) -> State:
        """A state that may change without changing this one."""
        return replace(self, text=replace(self.text))


class Ground:
    """Which cells of a page something was painted on, coarsely."""

    CELL = 3.0
    MOST = 2000

    def __init__(self, media: Box) -> None:
        self.media = media
        self.cell = max(self.CELL, media.width / self.MOST, media.height / self.MOST)
        across = max(1, min(self.MOST, ceil(media.width / self.cell)))
        up = max(1, min(self.MOST, ceil(media.height / self.cell)))
        self.cells = np.zeros((up, across), dtype=bool)

    def _part(self, box: Box) -> np.ndarray | None:
        if not all(isfinite(side) for side in (box.left, box.bottom, box.right, box.top)):
            return self.cells
        left = max(0, floor((box.left - self.media.left) / self.cell))
        bottom = max(0, floor((box.bottom - self.media.bottom) / self.cell))
        right = ceil((box.right - self.media.left) / self.cell)
        top = ceil((box.top - self.media.bottom) / self.cell)
        if right <= left or top <= bottom:
            return None
        return self.cells[bottom:top, left:right]

    def paint(self, box: Box, *, white: bool) -> None:
        """Mark the cells of a box as painted, or as paper again."""
        part = self._part(box)
        if part is not None:
            part[:] = not white

    def is_painted(self, box: Box) -> bool:
        """Tell whether something lies under a box."""
        part = self._part(box)
        return part is not None and bool(part.any())
