"""Let print templates end an article: who signs it, and the picture that may fill its last page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context

from magazine.models import Article, Contributor, Picture
from print.endpieces import PLATE_HEAD_LINES
from print.page_grid import PageGrid
from print.templatetags.press import Placed, place_picture
from print.templatetags.press_text import signing

register = template.Library()

# As it stands in the largest ticket.
PORTRAIT_MM = (53, 62)
STUB_OF = 3
INNER_MM = 8
# The picture of a last page is enlarged as far as its pixels go (GWG 2022 R0031 warns at 224).
LEAST_PPI, MM_PER_INCH = 225, 25.4
LINES_ABOVE = 6


@dataclass(frozen=True)
class Signatory:
    """Somebody who signs, and the window with the portrait, if it isn't in the opener already."""

    name: str
    role: str
    bio: str
    window: Placed | None


@dataclass(frozen=True)
class Endpiece:
    """What may stand at the foot of an article's last page; lengths in mm."""

    people: tuple[Signatory, ...]
    plate: Placed | None
    stub_mm: float
    number_mm: float

    @property
    def has_face(self) -> bool:
        """Tell whether somebody's portrait stands in it."""
        return any(person.window for person in self.people)


@register.simple_tag(takes_context=True)
def last_piece(context: Context, article: Article, bylines: list[Any], grid: PageGrid) -> Endpiece:
    """Return what may end an article: `{% last_piece article bylines grid as end %}`."""
    stub = grid.span_mm(1, STUB_OF)
    people = tuple(_signatory(context, person, article) for person in signing(bylines))
    return Endpiece(people, _plate(context, article, grid), stub, grid.width_mm - stub - INNER_MM)


def _signatory(context: Context, person: Contributor, article: Article) -> Signatory:
    width, height = PORTRAIT_MM
    window = None
    if person.portrait and article.kind != "opinion":
        window = place_picture(context, person.portrait, width, height)
    return Signatory(person.name, person.role, person.bio, window)


def _plate(context: Context, article: Article, grid: PageGrid) -> Placed | None:
    """Return an opinion's picture from edge to edge; None where it has too few pixels for it."""
    picture: Picture | None = article.lead_picture
    if article.kind != "opinion" or picture is None:
        return None
    width = grid.sheet.full_width_mm
    height = (grid.lines - PLATE_HEAD_LINES - LINES_ABOVE) * grid.line_mm
    drawn = max(width, height * picture.width / picture.height)
    if picture.width / drawn * MM_PER_INCH < LEAST_PPI:
        return None
    placed = place_picture(context, picture, width, height)
    context["tray"].spare.add(placed.src)
    return placed
