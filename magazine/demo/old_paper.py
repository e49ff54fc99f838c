"""Set the demo's older issues as small PDFs of pictures, as if somebody had scanned them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from magazine.typography import typeset

FONTS = Path(__file__).resolve().parents[2] / "fonts"
HEAVY = "bricolage-grotesque/BricolageGrotesque_800ExtraBold.ttf"
THIN = "bricolage-grotesque/BricolageGrotesque_200ExtraLight.ttf"
TEXT = "source-serif-4/SourceSerif4_400Regular.ttf"
# A4 at 110 dots per inch, with the proportions of the covers.
PAGE = (910, 1271)
DPI = 110
EDGE = 70


def set_issue(issue: Mapping[str, Any], cover: Path, title: str) -> bytes:
    """Return an issue of older.toml as a PDF: cover, contents, pieces, back cover."""
    pages = [_cover(issue, cover, title), _contents(issue)]
    for piece in issue["pieces"]:
        pages += _piece(issue, piece)
    pages.append(Image.new("RGB", PAGE, issue["ink_bright"]))
    buffer = io.BytesIO()
    first, *others = pages
    first.save(
        buffer,
        "PDF",
        resolution=DPI,
        save_all=True,
        append_images=others,
        title=f"{title} {issue['number']}, {issue['title']}",
    )
    return buffer.getvalue()


def _cover(issue: Mapping[str, Any], cover: Path, title: str) -> Image.Image:
    with Image.open(cover) as drawn:
        page = drawn.convert("RGB").resize(PAGE)
    draw = ImageDraw.Draw(page)
    wide = ImageFont.truetype(str(FONTS / HEAVY), 100).getlength(title)
    size = int(100 * (PAGE[0] + 20) / wide)
    draw.text((-14, -size // 4), title, font=_font(HEAVY, size), fill=issue["ink_dark"])
    draw.text((40, 190), str(issue["number"]), font=_font(THIN, 270), fill=issue["ink_dark"])
    return page


def _contents(issue: Mapping[str, Any]) -> Image.Image:
    page = Image.new("RGB", PAGE, issue["ink_dark"])
    draw = ImageDraw.Draw(page)
    _block(draw, issue["title"], (EDGE, 80), _font(HEAVY, 96), "white", 100)
    y = _block(draw, issue["introduction"], (EDGE, 300), _font(TEXT, 26), "white", 36)
    y += 60
    for piece in issue["pieces"]:
        draw.line((EDGE, y, PAGE[0] - EDGE, y), fill=issue["ink_bright"], width=3)
        draw.text((EDGE, y + 12), str(piece["first_folio"]), font=_font(THIN, 46), fill="white")
        _block(draw, piece["title"], (EDGE + 110, y + 18), _font(HEAVY, 32), "white", 36)
        y += 96
    return page


def _piece(issue: Mapping[str, Any], piece: Mapping[str, Any]) -> Iterator[Image.Image]:
    """The opening of a piece, then a page for what is said loudest in it; more are filled."""
    first = Image.new("RGB", PAGE, "white")
    draw = ImageDraw.Draw(first)
    _block(draw, piece["kicker"], (EDGE, 90), _font(HEAVY, 24), issue["ink_dark"], 30)
    y = _block(draw, piece["title"], (EDGE, 140), _font(HEAVY, 74), issue["ink_dark"], 74)
    _block(draw, piece["text"], (EDGE, y + 50), _font(TEXT, 34), "black", 48)
    _folio(draw, piece["first_folio"])
    yield first
    for folio in range(piece["first_folio"] + 1, piece.get("last_folio", 0) + 1):
        loud = folio == piece["first_folio"] + 1
        page = Image.new("RGB", PAGE, issue["ink_bright"] if loud else issue["ink_dark"])
        draw = ImageDraw.Draw(page)
        if loud:
            _block(draw, piece["quote"], (EDGE, 300), _font(HEAVY, 82), issue["ink_dark"], 84)
        _folio(draw, folio)
        yield page


def _folio(draw: ImageDraw.ImageDraw, number: int) -> None:
    draw.text((EDGE, PAGE[1] - 90), str(number), font=_font(HEAVY, 24), fill="black")


def _block(
    draw: ImageDraw.ImageDraw,
    text: str,
    at: tuple[int, int],
    font: ImageFont.FreeTypeFont,
    fill: str,
    leading: int,
) -> int:
    """Write a text in lines as wide as the page allows; return where the next one would stand."""
    x, y = at
    line = ""
    for word in typeset(text).split(" "):
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > PAGE[0] - EDGE - x:
            draw.text((x, y), line, font=font, fill=fill)
            y, line = y + leading, word
        else:
            line = longer
    draw.text((x, y), line, font=font, fill=fill)
    return y + leading


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / name), size)
