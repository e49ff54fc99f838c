"""Draw the site's icons from its mark, `favicon.svg`: run again when the mark changes.

    .venv/bin/python tools/icons.py

The mark is a ticket with the G of the vendored Bricolage Grotesque 800 (OFL 1.1).
"""

import io
import re
import sys
from pathlib import Path

import pypdfium2
from PIL import Image
from weasyprint import HTML

ROOT = Path(__file__).resolve().parent.parent
MARK = ROOT / "site/website/static/website/favicon.svg"
ICONS = ROOT / "site/website/static/website/icons"
LETTER = re.compile(r'class="letter" d="([^"]+)"')
TICKET = re.compile(r'class="ticket" d="([^"]+)"')
DARK, BRIGHT, PAPER = "#0b5a4a", "#ff4f7b", "#ffffff"
DRAWN = 2048  # pixels, before it is made small


def main() -> None:
    """Write every icon."""
    mark = MARK.read_text()
    letter, ticket = LETTER.search(mark), TICKET.search(mark)
    if not letter or not ticket:
        sys.exit(f"{MARK} has no path of class letter or none of class ticket.")
    on_ticket = _paths((ticket[1], DARK), (letter[1], BRIGHT))
    on_paper = f'<rect width="64" height="64" fill="{PAPER}"/>{on_ticket}'
    # A mask may leave no more than a circle of four fifths.
    masked = (
        f'<rect width="64" height="64" fill="{DARK}"/>'
        f'<g transform="translate(32 32) scale(.82) translate(-32 -32)">'
        f"{_paths((letter[1], BRIGHT))}</g>"
    )
    plain, opaque, bled = _drawn(on_ticket), _drawn(on_paper), _drawn(masked)
    ICONS.mkdir(exist_ok=True)
    for side in (192, 512):
        _save(plain, side, f"icon-{side}.png")
        _save(bled, side, f"maskable-{side}.png")
    _save(opaque.convert("RGB"), 180, "apple-touch-icon.png")
    small = plain.resize((32, 32), Image.Resampling.LANCZOS)
    small.save(ICONS / "favicon.ico", sizes=[(16, 16), (32, 32)])


def _paths(*paths: tuple[str, str]) -> str:
    return "".join(f'<path fill="{colour}" d="{outline}"/>' for outline, colour in paths)


def _drawn(content: str) -> Image.Image:
    """Return the drawing as a large picture, clear where nothing is drawn."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
    svg = f"{head}{content}</svg>"
    page = "<style>@page{size:64px;margin:0}body{margin:0}svg{display:block}</style>"
    pdf = pypdfium2.PdfDocument(io.BytesIO(HTML(string=page + svg).write_pdf()))
    scale = DRAWN / pdf[0].get_width()
    return pdf[0].render(scale=scale, fill_color=(0, 0, 0, 0), rev_byteorder=True).to_pil()


def _save(picture: Image.Image, side: int, name: str) -> None:
    small = picture.resize((side, side), Image.Resampling.LANCZOS)
    small.save(ICONS / name, optimize=True)


if __name__ == "__main__":
    main()
