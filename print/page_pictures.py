"""Turn typeset pages into pictures for a screen, in a child process with limits."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from print.page_grid import MM_PER_PT
from print.remedies import Remedied, gettext_noop
from print.typesetter import ENVIRONMENT, Limits

ROOT = Path(__file__).resolve().parent.parent
# An A4 page is 1,091 pixels wide: its text can be read on a screen.
PPI = 132


class PictureOfPageError(Remedied):
    """Typeset pages that can't be drawn; `remedy` is one line for the editor."""


def draw_pages(pdf: bytes, overlay: bytes, bleed_mm: float, limits: Limits) -> list[bytes]:
    """Return one PNG a page, cut to the trim, with the overlay's page laid on it.

    Both PDFs have the same number of pages, and a bleed of `bleed_mm` on every side. Raises
    PictureOfPageError.
    """
    with tempfile.TemporaryDirectory(prefix="page-pictures-") as name:
        folder = Path(name)
        (folder / "pages.pdf").write_bytes(pdf)
        (folder / "overlay.pdf").write_bytes(overlay)
        order = [
            *(folder / "pages.pdf", folder / "overlay.pdf", PPI, bleed_mm / MM_PER_PT),
            *(max(1, int(limits.cpu_seconds)), limits.memory_mb),
        ]
        _run([str(word) for word in order], limits)
        drawn = sorted(folder.glob("*.png"), key=lambda path: int(path.stem))
        return [path.read_bytes() for path in drawn]


def _run(order: list[str], limits: Limits) -> None:
    # None of the application's secrets, as for the typesetter.
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    try:
        subprocess.run(
            [sys.executable, "-P", "-s", "-m", "print.page_pictures_child", *order],
            check=True,
            timeout=limits.seconds,
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise PictureOfPageError(
            gettext_noop(
                "The pages are set, but can't be drawn within %(seconds)s s and %(memory)s MB: "
                "use smaller pictures, or divide the article."
            ),
            seconds=f"{limits.seconds:g}",
            memory=limits.memory_mb,
        ) from error
