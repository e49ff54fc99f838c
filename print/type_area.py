"""Say where a sheet leaves too little room for text."""

from __future__ import annotations

from math import ceil

from django.utils.translation import gettext as _

from print.page_grid import PageGrid

# In narrower columns justified text falls apart; in lower ones an opener leaves no room.
LEAST_COLUMN_MM, LEAST_LINES = 35, 20


def problems_of_type_area(grid: PageGrid, safety_mm: int) -> dict[str, str]:
    """Return what is wrong, in words, by the field of the press profile that mends it."""
    problems = {}
    column = grid.span_mm(1, grid.sheet.columns)
    if column < LEAST_COLUMN_MM:
        problems["columns"] = _(
            "Each column would be %(width)s mm wide, and text needs %(least)s mm: choose fewer "
            "columns or a wider trim."
        ) % {"width": max(0, int(column)), "least": LEAST_COLUMN_MM}
    if grid.lines < LEAST_LINES:
        problems["trim_height_mm"] = _(
            "A column would be %(height)s mm high, and text needs %(least)s mm: choose a higher "
            "trim."
        ) % {"height": max(0, int(grid.height_mm)), "least": ceil(LEAST_LINES * grid.line_mm)}
    margin = int(min(grid.inner_mm, grid.outer_mm))
    if safety_mm > margin:
        problems["safety_mm"] = _(
            "Text begins %(margin)s mm from the trim, within this safety margin: all of it would "
            "be reported. Take %(margin)s mm at most, or a wider trim."
        ) % {"margin": margin}
    return problems
