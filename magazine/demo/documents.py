"""Draw the documents that the demo's articles offer for download."""

import io
import tomllib
from pathlib import Path

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont
from wagtail.documents import get_document_model

from magazine.demo.content import CONTENT

BINGO = "bingo-du-serveur-vocal.pdf"
FONTS = Path(__file__).resolve().parents[2] / "fonts"
SHEET = (1240, 1754)  # A4 at 150 dots per inch


def load_documents() -> None:
    """Add the bingo grid to the documents, unless it is there."""
    documents = get_document_model()
    if documents.objects.filter(title=BINGO).exists():
        return
    document = documents.objects.create(title=BINGO, file=ContentFile(draw_bingo(), name=BINGO))
    # The desk's form keeps it too: browsers ask by it whether they have the file.
    document.get_file_hash()


def draw_bingo() -> bytes:
    """Return the grid of the print-only game as a PDF of one A4 page."""
    game = tomllib.loads((CONTENT / "07" / "le-bingo-du-serveur-vocal.toml").read_text("utf-8"))
    table = next(block for block in game["body"] if block["type"] == "table")
    rows = [table["columns"], *table["rows"]]
    sheet = Image.new("L", SHEET, 255)
    draw = ImageDraw.Draw(sheet)
    title = _font("bricolage-grotesque/BricolageGrotesque_800ExtraBold.ttf", 72)
    words = _font("source-serif-4/SourceSerif4_400Regular.ttf", 24)
    draw.text((90, 110), game["title"], font=title, fill=0)
    side = (SHEET[0] - 180) // len(rows[0])
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            left, top = 90 + column * side, 280 + line * side
            draw.rectangle((left, top, left + side, top + side), outline=0, width=3)
            draw.multiline_text(
                (left + 14, top + 14), _wrapped(cell, words, side - 28), font=words, fill=0
            )
    buffer = io.BytesIO()
    sheet.save(buffer, "PDF", resolution=150, title=game["title"])
    return buffer.getvalue()


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / name), size)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)
