"""Let cover templates share out the cover between its words, its number and its picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import template

from magazine.typography import typeset
from print import fitting
from print.page_grid import MM_PER_PT
from print.sheet import Sheet
from print.templatetags.press import COVER_MARGIN_MM
from print.templatetags.press_text import Fitted, as_fitted, face_file

register = template.Library()

DESIGNS = ("counter", "poster", "ticket")
# Of the cover's height: where the poster's line begins, and what it fills at most.
LINE_TOP, LEAST_TOP_MM, LINE_SHARE = 0.13, 32.0, 0.56
# Lengths in mm: what stands under the poster's line, and the least window worth opening there.
FOOT_MM, LEAST_WINDOW_MM, GAP_MM = 16.0, 38.0, 6.0
# A cover line: its size in the bold face, its leading, the rule and white about it.
LINE_PT, LINE_HEIGHT_MM, LINE_WHITE_MM = 10.0, 4.41, 3.3
POSTER_LINES_SHARE, TICKET_LINES_SHARE = 0.48, 0.56
# What the ticket takes of the cover; smaller covers need more of it for the same lines.
TICKET_SHARE, TICKET_MOST_SHARE, SMALL_MM = 0.44, 0.75, 180
HEAD_MM, THEME_MM = 27.0, 27.0
LINE_LEADING, LINE_SIZES = 0.92, range(26, 191, 2)
# The number's size against the height that the ticket leaves it under the nameplate.
NUMBER_MOST_PT, FIGURE_EMS, PLATE_MM = 400, 0.72, 51
NUMBER_OF_WINDOW = 0.6


@dataclass(frozen=True)
class Poster:
    """The words of a cover without a picture: the main line at its size, the theme, the rest."""

    main: Fitted
    theme: str
    lines: tuple[str, ...]
    top_mm: float
    foot_mm: float
    window_mm: float
    number_pt: float


@dataclass(frozen=True)
class CoverTicket:
    """Where the ticket is torn off: heights with the bleed, in mm, and the number's size."""

    ticket_mm: float
    picture_mm: float
    number_pt: float


@register.filter
def cover_template(design: str) -> str:
    """Return the template of a cover design; the first design for one that isn't known."""
    return f"print/covers/{design if design in DESIGNS else DESIGNS[0]}.html"


@register.filter
def small_cover(sheet: Sheet) -> str:
    """Return the class of a cover too narrow for the usual small type."""
    return " small" if sheet.width_mm < SMALL_MM else ""


@register.filter
def share(length: float, part: float) -> float:
    """Return a part of a length."""
    return float(length) * float(part)


@register.simple_tag
def poster(title: str, cover_lines: Sequence[str], sheet: Sheet) -> Poster:
    """Set the first cover line as large as the cover allows; without one, the issue's title."""
    main, *lines = cover_lines or [title]
    measure = sheet.width_mm - 2 * COVER_MARGIN_MM
    made = fitting.fill(
        typeset(" ".join(main.split())),
        face_file("heavy"),
        measure,
        sheet.height_mm * LINE_SHARE,
        LINE_SIZES,
        LINE_LEADING,
    )
    theme = title if cover_lines else ""
    top = max(LEAST_TOP_MM, sheet.height_mm * LINE_TOP)
    foot = COVER_MARGIN_MM + max(FOOT_MM, _height_mm(lines, measure * POSTER_LINES_SHARE) + GAP_MM)
    left = sheet.height_mm - top - foot - len(made.lines) * made.leading_pt * MM_PER_PT - GAP_MM
    window = min(left, measure) if left >= LEAST_WINDOW_MM else 0.0
    number = window * NUMBER_OF_WINDOW / FIGURE_EMS / MM_PER_PT
    return Poster(as_fitted(made), theme, tuple(lines), top, foot, window, number)


@register.simple_tag
def cover_ticket(cover_lines: Sequence[str], sheet: Sheet) -> CoverTicket:
    """Return where a cover is torn: low enough for its lines, high enough for a picture."""
    measure = sheet.width_mm - 2 * COVER_MARGIN_MM
    words = _height_mm(cover_lines, measure * TICKET_LINES_SHARE)
    least = HEAD_MM + THEME_MM + words + COVER_MARGIN_MM
    torn = min(max(sheet.height_mm * TICKET_SHARE, least), sheet.height_mm * TICKET_MOST_SHARE)
    ticket = torn + sheet.bleed_mm
    number = min(NUMBER_MOST_PT, (torn - PLATE_MM) / FIGURE_EMS / MM_PER_PT)
    return CoverTicket(ticket, sheet.full_height_mm - ticket, number)


def _height_mm(lines: Sequence[str], width_mm: float) -> float:
    """Return the height of cover lines, each broken where it must be."""
    broken = [
        fitting.break_evenly(typeset(line).split(" "), face_file("bold"), LINE_PT, width_mm)
        for line in lines
    ]
    return sum(len(each) * LINE_HEIGHT_MM + LINE_WHITE_MM for each in broken)
