"""Keep the graphics state while content is read, and the ground that is painted already."""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import ceil, floor, isfinite
from operator import attrgetter

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
        copied = State(*_STATE(self))
        copied.text = Text(*_TEXT(self.text))
        return copied


_STATE = attrgetter(*(each.name for each in fields(State) if each.name != "text"))
_TEXT = attrgetter(*(each.name for each in fields(Text)))


class Ground:
    """Which cells of a page something was painted on: those whose middle lies in it."""

    CELL = 0.5
    MOST = 4000

    def __init__(self, media: Box) -> None:
        self.media = media
        self.cell = max(self.CELL, media.width / self.MOST, media.height / self.MOST)
        across = max(1, min(self.MOST, ceil(media.width / self.cell)))
        up = max(1, min(self.MOST, ceil(media.height / self.cell)))
        self.cells = np.zeros((up, across), dtype=bool)

    def _part(self, box: Box) -> np.ndarray | None:
        if not isfinite(box.left + box.bottom + box.right + box.top):
            return self.cells
        left, right = self._span(box.left - self.media.left, box.right - self.media.left)
        bottom, top = self._span(box.bottom - self.media.bottom, box.top - self.media.bottom)
        if right <= 0 or top <= 0:
            return None
        return self.cells[max(0, bottom) : top, max(0, left) : right]

    def _span(self, low: float, high: float) -> tuple[int, int]:
        """The cells from one side to the other; a thin thing has the one that it lies in."""
        first, last = round(low / self.cell), round(high / self.cell)
        if first < last:
            return first, last
        middle = floor((low + high) / 2 / self.cell)
        return middle, middle + 1

    def paint(self, box: Box, *, white: bool) -> None:
        """Mark the cells of a box as painted, or as paper again."""
        part = self._part(box)
        if part is not None:
            part[:] = not white

    def is_painted(self, box: Box) -> bool:
        """Tell whether something lies under a box."""
        part = self._part(box)
        return part is not None and bool(part.any())
