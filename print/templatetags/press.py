"""Let print templates measure the page and place pictures, addresses and codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import segno
from django import template
from django.conf import settings
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from magazine.models import Article, Picture
from print.barcode import Bars, issn_bars
from print.page_grid import LEADING_PT, MM_PER_PT, PageGrid
from print.sheet import Sheet

register = template.Library()

TABS = 12
COVER_MARGIN_MM = 10


@dataclass(frozen=True)
class Placed:
    """A picture in its box: address, box in mm and in lines, and which part a crop keeps."""

    src: str
    width_mm: float
    height_mm: float
    lines: int
    position: str


@register.filter
def mm(length: float) -> str:
    """Return a length for a style: `{{ 12.5|mm }}` is `12.5mm` in any language."""
    return f"{float(length):.3f}".rstrip("0").rstrip(".") + "mm"


@register.filter
def pt(length: float) -> str:
    """Return a length for a style: `{{ 12.5|pt }}` is `12.5pt` in any language."""
    return f"{float(length):.3f}".rstrip("0").rstrip(".") + "pt"


@register.filter
def minus(length: float, less: float) -> float:
    """Return a length less another, in the same unit."""
    return float(length) - float(less)


@register.simple_tag
def page_grid(sheet: Sheet) -> PageGrid:
    """Return the sheet's margins, lines and columns: `{% page_grid sheet as grid %}`."""
    return PageGrid(sheet)


@register.simple_tag
def column_mm(grid: PageGrid, of: int, columns: int = 1) -> float:
    """Return the width in mm of `columns` columns out of `of`: `{% column_mm grid 3 %}`."""
    return grid.span_mm(columns, of)


@register.simple_tag
def columns_of(grid: PageGrid, article: Article) -> int:
    """Return the columns that an article is set in."""
    return grid.columns(article.kind)


@register.simple_tag(takes_context=True)
def place_picture(
    context: Context,
    picture: Picture,
    width_mm: float,
    height_mm: float | None = None,
    most_lines: int | None = None,
    less_pt: float = 0,
) -> Placed:
    """Place a picture in a box of a width, and of a height or of as many whole lines as it fills.

    The crop keeps the focal point. `less_pt` is the white that the lines hold above the picture.
    """
    width, grid = float(width_mm), PageGrid(context["sheet"])
    natural = width * picture.height / picture.width
    white = float(less_pt) * MM_PER_PT
    lines = grid.whole_lines(natural + white, up=False)
    if most_lines:
        lines = min(lines, int(most_lines))
    height = float(height_mm) if height_mm else lines * grid.line_mm - white
    # A box taller than the picture enlarges it until it fills the box.
    drawn = max(width, height * picture.width / picture.height)
    src = context["tray"].place(picture, drawn)
    return Placed(src, width, height, lines, _kept_part(picture))


@register.simple_tag(takes_context=True)
def place_bleed(context: Context, picture: Picture, most_lines: int, width_mm: float = 0) -> Placed:
    """Place a picture from the top bleed down to a whole line of the type area.

    Without a width it goes from bleed to bleed.
    """
    sheet: Sheet = context["sheet"]
    grid = PageGrid(sheet)
    width = float(width_mm) or sheet.full_width_mm
    above = grid.head_mm + sheet.bleed_mm
    natural = width * picture.height / picture.width
    lines = min(int(most_lines), grid.whole_lines(natural - above, up=False))
    placed = place_picture(context, picture, width, above + lines * grid.line_mm)
    return Placed(placed.src, width, placed.height_mm, lines, placed.position)


@register.simple_tag
def grid_lines(lines: int, more: int = 0) -> str:
    """Return the height of whole lines: `{% grid_lines lead.lines -2 %}`."""
    return pt((int(lines) + int(more)) * LEADING_PT)


@register.simple_tag
def at_most(lines: int, most: int) -> str:
    """Return the height of whole lines, but of no more than `most`."""
    return grid_lines(min(int(lines), int(most)))


@register.simple_tag
def outer_picture_mm(grid: PageGrid, of: int, columns: int) -> float:
    """Return the width of a picture that covers columns and bleeds off the fore-edge."""
    return grid.span_mm(columns, of) + grid.outer_mm + grid.sheet.bleed_mm


@register.simple_tag
def cover_measure(sheet: Sheet) -> float:
    """Return the width that the nameplate fills: the sheet's, less the quiet zone."""
    return sheet.width_mm - 2 * COVER_MARGIN_MM


@register.filter
def modules(count: int) -> str:
    """Return the width of a bar code's modules (ISO/IEC 15420: 0.33 mm each)."""
    return mm(int(count) * 0.33)


@register.filter
def note_lines(grid: PageGrid) -> range:
    """Return one number for each line to write on."""
    return range((grid.lines - 13) // 2)


def _kept_part(picture: Picture) -> str:
    focus = picture.get_focal_point()
    if focus is None:
        return "50% 50%"
    across, down = focus.centroid.x / picture.width, focus.centroid.y / picture.height
    return f"{across:.0%} {down:.0%}"


@register.filter
def tab_top(mark: str, sheet: Sheet) -> str:
    """Return how far down the fore-edge a section's tab stands: A on top, the rest in order."""
    grid = PageGrid(sheet)
    place = min(max(0, ord(mark[0].upper()) - ord("A")), TABS - 1)
    return mm(grid.head_mm + place * grid.height_mm / TABS)


@register.simple_tag
def issn_barcode(issn: str, number: int) -> Bars | None:
    """Return the bars of a periodical's EAN-13 with its issue number, or None without an ISSN."""
    return issn_bars(issn, number) if issn else None


@register.simple_tag(takes_context=True)
def short_address(context: Context, page: Any) -> str:
    """Return the address that is printed for an article, without its scheme."""
    address = f"{settings.BASE_URL}/a/{page.pk}"
    return leading(context, address.split("://", 1)[1], address)


@register.simple_tag(takes_context=True)
def leading(context: Context, text: object, address: str) -> SafeString:
    """Return a text that leads to an address in the digital edition, and only there."""
    if context.get("is_digital") and address:
        return format_html('<a href="{}">{}</a>', address, text)
    return conditional_escape(text)


@register.simple_tag(takes_context=True)
def qr_code(context: Context, page: Any) -> SafeString:
    """Return the QR code of an article's short address as SVG, black alone."""
    return qr_code_of(context, f"{settings.BASE_URL}/a/{page.pk}")


@register.simple_tag(takes_context=True)
def qr_code_of(context: Context, address: str) -> SafeString:
    """Return the QR code of an address as SVG, black alone."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=0, dark="#000", omitsize=True, svgclass="qr", lineclass=None)
    black = f'"{context["tray"].black}"'
    svg = svg.replace('"#000"', black).replace("<svg ", '<svg fill="none" ', 1)
    if context.get("is_digital"):
        title = format_html("<title>{}</title>", _("QR code: %s") % address)
        svg = svg.replace(">", f">{title}", 1)
    return mark_safe(svg)  # noqa: S308
