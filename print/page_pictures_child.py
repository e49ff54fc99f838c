"""Draw the pages of a PDF as PNG, in a process of its own that may be stopped at any moment."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from print.typesetter_child import die_with_parent

POINTS_PER_INCH = 72
CLEAR = (255, 255, 255, 0)


def draw(pdf: Path, overlay: Path, folder: Path, ppi: int, bleed_pt: float) -> None:
    """Write one `<number>.png` a page into `folder`: the page with its overlay, cut to its trim."""
    import pypdfium2

    scale = ppi / POINTS_PER_INCH
    crop = (bleed_pt,) * 4
    pages, over = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument(overlay)
    for number, (page, furniture) in enumerate(zip(pages, over, strict=True), start=1):
        picture = page.render(scale=scale, crop=crop).to_pil().convert("RGBA")
        picture.alpha_composite(
            furniture.render(scale=scale, crop=crop, fill_color=CLEAR).to_pil().convert("RGBA")
        )
        picture.convert("RGB").save(folder / f"{number}.png", optimize=True)


def limit(seconds: int, memory_mb: int) -> None:
    """Let the machine stop this process at its limits, or when its parent goes."""
    die_with_parent()
    memory = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    limit(int(sys.argv[5]), int(sys.argv[6]))
    draw(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        Path(sys.argv[1]).parent,
        int(sys.argv[3]),
        float(sys.argv[4]),
    )
