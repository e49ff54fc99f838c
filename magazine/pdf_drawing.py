"""Draw the pages of a PDF as pictures for a screen, each in a few widths."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

# A strip of small ones, a spread on most screens, one page on a large or sharp one.
WIDTHS = (240, 720, 1440)
QUALITY = {240: 62, 720: 72, 1440: 76}
TALLEST = 4


@dataclass(frozen=True)
class DrawnSize:
    """One file: its width and height in pixels, its bytes and their sha256."""

    width: int
    height: int
    size: int
    sha256: str


def draw_pdf(pdf: Path, folder: Path) -> list[list[dict[str, int | str]]]:
    """Write `<page>-<width>.webp` into `folder`, and return the sizes of each page, in order.

    A page more than four times as tall as wide, or the other way round, is drawn squeezed:
    no page of a magazine is.
    """
    import pypdfium2

    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            wide, tall = page.get_size()
            share = min(TALLEST, max(1 / TALLEST, tall / max(wide, 1)))
            largest = WIDTHS[-1]
            scale = largest / max(wide, 1)
            drawn = page.render(scale=min(scale, 8 * 72)).to_pil().convert("RGB")
            sizes = []
            for width in WIDTHS:
                height = max(1, round(width * share))
                path = folder / f"{number}-{width}.webp"
                drawn.resize((width, height), reducing_gap=3).save(
                    path, "WEBP", quality=QUALITY[width], method=4
                )
                data = path.read_bytes()
                sizes.append(
                    asdict(DrawnSize(width, height, len(data), hashlib.sha256(data).hexdigest()))
                )
            pages.append(sizes)
            page.close()
    return pages
