"""Divide a sheet into margins, columns and lines: one leading that every height respects."""

from __future__ import annotations

from dataclasses import dataclass

from print.sheet import Sheet

MM_PER_PT = 25.4 / 72
LEADING_PT = 12.5
# Canon des ateliers: the white is shared as 4 inner, 5 head, 6 outer, 7 foot.
INNER, HEAD, OUTER, FOOT = 4, 5, 6, 7
WHITE_ACROSS = 0.152
WHITE_DOWN_MM = 40.0
# Below these, an opener has room for one thing after the other, not side by side.
SMALL_LINES, SMALL_WIDTH_MM = 45, 140


@dataclass(frozen=True)
class PageGrid:
    """The type area of a sheet; lengths in mm, heights also in lines of `LEADING_PT`."""

    sheet: Sheet
    gutter_mm: float = 5.0

    @property
    def line_mm(self) -> float:
        """Return the height of a line."""
        return LEADING_PT * MM_PER_PT

    @property
    def lines(self) -> int:
        """Return how many lines a column holds."""
        return int((self.sheet.height_mm - WHITE_DOWN_MM) / self.line_mm)

    @property
    def height_mm(self) -> float:
        """Return the height of the type area."""
        return self.lines * self.line_mm

    @property
    def head_mm(self) -> float:
        """Return the white above the type area."""
        return (self.sheet.height_mm - self.height_mm) * HEAD / (HEAD + FOOT)

    @property
    def foot_mm(self) -> float:
        """Return the white below the type area."""
        return self.sheet.height_mm - self.height_mm - self.head_mm

    @property
    def inner_mm(self) -> float:
        """Return the white at the fold."""
        return round(self.sheet.width_mm * WHITE_ACROSS * INNER / (INNER + OUTER), 1)

    @property
    def outer_mm(self) -> float:
        """Return the white at the fore-edge."""
        return round(self.sheet.width_mm * WHITE_ACROSS * OUTER / (INNER + OUTER), 1)

    @property
    def width_mm(self) -> float:
        """Return the width of the type area."""
        return self.sheet.width_mm - self.inner_mm - self.outer_mm

    @property
    def is_small(self) -> bool:
        """Tell whether the type area is an A5's rather than an A4's."""
        return self.lines < SMALL_LINES or self.width_mm < SMALL_WIDTH_MM

    @property
    def narrow(self) -> int:
        """Return how many columns features and case studies take: the profile's own number."""
        return self.sheet.columns

    @property
    def broad(self) -> int:
        """Return how many columns interviews and opinions take: one fewer, but not below two."""
        return max(min(2, self.sheet.columns), self.sheet.columns - 1)

    def columns(self, kind: str) -> int:
        """Return the columns that an article of a kind is set in."""
        return self.broad if kind in ("interview", "opinion") else self.narrow

    def span_mm(self, columns: int, of: int) -> float:
        """Return the width of some columns out of `of`, with the gutters between them."""
        one = (self.width_mm - self.gutter_mm * (of - 1)) / of
        return one * columns + self.gutter_mm * (columns - 1)

    def whole_lines(self, height_mm: float, *, up: bool = True) -> int:
        """Return the lines that a height takes, rounded up, or down for a picture to be cropped."""
        lines = height_mm / self.line_mm
        return -int(-lines // 1) if up else max(1, int(lines))
