"""Draw each type of page, at three widths, by day and by night: one sheet a type in docs/pictures.

Called by tools/check-site --pictures.
"""

from __future__ import annotations

import io
import re

from PIL import Image
from playwright.sync_api import Browser
from serve import ROOT
from site_pages import chromium, one_of_each_type, site, walk

WIDTHS = (1440, 768, 360)
HEIGHT = 2000
GAP = 40
SHRUNK = 0.4
GROUND = (128, 128, 128)


def picture(browser: Browser, address: str, width: int, light: str) -> Image.Image:
    """Return the beginning of a page as its reader sees it."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=light,
        reduced_motion="reduce",
        # What is waited for is asked by a script of ours.
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.querySelectorAll('img').forEach(each => { each.loading = 'eager' })")
    page.wait_for_function("[...document.images].every(each => each.complete)")
    page.evaluate("Promise.all([...document.images].map(each => each.decode().catch(() => 0)))")
    page.wait_for_function("document.fonts.status === 'loaded'")
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    return drawn


def sheet(browser: Browser, address: str) -> Image.Image:
    """Return all pictures of a page, by day above, by night below."""
    whole = Image.new("RGB", (sum(WIDTHS) + 4 * GAP, 2 * HEIGHT + 3 * GAP), GROUND)
    for row, light in enumerate(("light", "dark")):
        left = GAP
        for width in WIDTHS:
            whole.paste(picture(browser, address, width, light), (left, GAP + row * (HEIGHT + GAP)))
            left += width + GAP
    size = (round(whole.width * SHRUNK), round(whole.height * SHRUNK))
    return whole.resize(size, Image.Resampling.LANCZOS)


def main() -> None:
    """Draw one page of each type of the demo."""
    folder = ROOT / "docs" / "pictures" / "site"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.webp"):
        old.unlink()
    with site() as base, chromium() as browser:
        for page in one_of_each_type(walk(base)):
            name = re.sub(r"\W+", "-", page.type).strip("-") or "home"
            sheet(browser, base + page.address).save(folder / f"{name}.webp", quality=72)


if __name__ == "__main__":
    main()
