"""Measure the ink on every plate with Ghostscript: the heaviest 15 mm square, and heat maps."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from PIL import Image

from print.preflight.findings import Finding, Spot
from print.preflight.geometry import Box
from print.preflight.painted import Document
from print.remedies import gettext_noop

DPI = 72
SQUARE_MM = 15.0
PT_PER_SQUARE = SQUARE_MM / 25.4 * 72
SECONDS = 60
PAGES_AT_ONCE = 48
# Two metres: a page of four million of these points would fill the disk.
LARGEST_PT = 6_000
FULL = 255.0
RULE = "R0026"
TITLE = gettext_noop("An area carries too much ink")
REMEDY = gettext_noop("Lighten the picture, or convert it under a profile with a lower ink limit.")


class CoverageError(Exception):
    """Ghostscript is missing, or couldn't render the file; the message says which."""


@dataclass(frozen=True)
class PageInk:
    """The ink of one page (from 1): the heaviest 15 mm square in percent, and where it lies.

    `map` is the sum of all plates at 72 dpi in percent, top row first. `plates` says how much of
    the trim each plate covers on average, in percent; for jobs that declare spot inks.
    """

    page: int
    heaviest: float
    box: Box
    map: np.ndarray
    plates: dict[str, float] = field(default_factory=dict)


def measure(
    path: Path, document: Document, icc: Path | None = None, *, spots: bool = False
) -> Iterator[PageInk]:
    """The ink of each page over the trim. Raises CoverageError.

    CMYK is measured as it is written; anything else through `icc` (facts/print.md, B7). With
    `spots`, each spot ink is measured on a plate of its own, not as the CMYK that shows it.
    """
    for facts in document.pages:
        if max(facts.media.width, facts.media.height) * max(facts.user_unit, 1) > LARGEST_PT:
            raise CoverageError(gettext_noop("a page is too large to be measured"))
    for start in range(0, len(document.pages), PAGES_AT_ONCE):
        part = document.pages[start : start + PAGES_AT_ONCE]
        with tempfile.TemporaryDirectory() as folder:
            device = "tiffsep" if spots else "tiff32nc"
            pages = _render(path, Path(folder), icc, device, part[0].number, part[-1].number)
            if len(pages) < len(part):
                raise CoverageError(gettext_noop("Ghostscript rendered only a part of the pages"))
            for facts, rendered in zip(part, pages, strict=False):
                plates = _plates(rendered) if spots else {}
                inks = np.sum(list(plates.values()), axis=0) if plates else _process(rendered)
                turn = facts.rotate // 90
                ink = _heaviest(np.rot90(inks, turn), facts.number, facts.media, facts.product)
                covered = {
                    name: float(_trimmed(np.rot90(plate, turn), facts.media, facts.product).mean())
                    for name, plate in plates.items()
                }
                yield replace(ink, plates=covered)


def _process(rendered: Path) -> np.ndarray:
    """The sum of the four process inks in percent."""
    with Image.open(rendered) as picture:
        return np.asarray(picture, dtype=np.float32).sum(axis=2) / FULL * 100


def _plates(rendered: Path) -> dict[str, np.ndarray]:
    """Each plate of a page by its name, in percent of ink."""
    plates = {}
    for path in sorted(rendered.parent.glob(f"{rendered.stem}(*).tif")):
        with Image.open(path) as picture:
            name = path.stem.removeprefix(f"{rendered.stem}(").removesuffix(")")
            plates[name] = 100 - np.asarray(picture.convert("L"), dtype=np.float32) / FULL * 100
    return plates


def _render(
    path: Path, folder: Path, icc: Path | None, device: str, first: int, last: int
) -> list[Path]:
    profile = [f"-sDefaultCMYKProfile={icc}", f"-sOutputICCProfile={icc}"] if icc else []
    command = [
        *("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", f"-sDEVICE={device}", f"-r{DPI}"),
        *("-dSimulateOverprint=true", "-dUseFastColor=true" if not icc else "-dUseFastColor=false"),
        *profile,
        *(f"-dFirstPage={first}", f"-dLastPage={last}"),
        f"-sOutputFile={folder}/page-%05d.tif",
        str(path),
    ]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=SECONDS, check=False, cwd=folder
        )
    except FileNotFoundError as error:
        raise CoverageError(
            gettext_noop("Ghostscript is missing: install the package ghostscript")
        ) from error
    except subprocess.TimeoutExpired as error:
        raise CoverageError(gettext_noop("Ghostscript took more than a minute")) from error
    pages = sorted(folder.glob("page-?????.tif"))
    if done.returncode or not pages:
        raise CoverageError(gettext_noop("Ghostscript could not render the file"))
    return pages


def _heaviest(inks: np.ndarray, page: int, media: Box, product: Box) -> PageInk:
    """The mean over every square of 15 mm, by cumulative sums; less where the page is smaller."""
    trimmed = _trimmed(inks, media, product)
    if not trimmed.size:
        trimmed, product = inks, media
    side = max(1, min(round(PT_PER_SQUARE), *trimmed.shape))
    sums = np.pad(trimmed.astype(np.float64), ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    means = (
        sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    ) / side**2
    row, column = np.unravel_index(int(means.argmax()), means.shape)
    x = product.left + float(column)
    y = product.top - float(row)
    return PageInk(page, float(means.max()), Box(x, y - side, x + side, y), inks)


def _trimmed(inks: np.ndarray, media: Box, product: Box) -> np.ndarray:
    """What lies inside the trim."""
    height = inks.shape[0]
    left = max(0, round(product.left - media.left))
    right = min(inks.shape[1], round(product.right - media.left))
    top = max(0, height - round(product.top - media.bottom))
    bottom = min(height, height - round(product.bottom - media.bottom))
    return inks[top:bottom, left:right]


def too_heavy(inks: list[PageInk], percent: float) -> list[Finding]:
    """A finding for each page whose heaviest square passes the limit (GWG 2022 R0026)."""
    return [
        Finding(
            RULE,
            "warning",
            TITLE,
            REMEDY,
            "GWG 2022",
            Spot(ink.page, f"{ink.heaviest:.0f} %", f"≤ {percent:.0f} %", "page", ink.box),
        )
        for ink in inks
        if ink.heaviest > percent + 0.5
    ]


def heat_map(ink: PageInk, percent: float) -> Image.Image:
    """The ink as a picture: paper white, deeper blue with more ink, red above the limit."""
    share = np.clip(ink.map / max(percent, 1), 0, 1)
    shade = (255 - share * 200).astype(np.uint8)
    red = np.where(ink.map > percent, 214, shade).astype(np.uint8)
    green = np.where(ink.map > percent, 40, shade).astype(np.uint8)
    blue = np.where(ink.map > percent, 40, (255 - share * 90)).astype(np.uint8)
    return Image.fromarray(np.dstack([red, green, blue]), "RGB")
