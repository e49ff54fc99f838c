"""Break titles into even lines at the largest size that fits, before the typesetter sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from print.page_grid import LEADING_PT, MM_PER_PT

UNITS = 1000
SAFETY = 1.01
# A line doesn't end on a word that belongs to the next one.
TIED_WORDS = (
    "à au aux ce ces chez de des du en et est la le les leur ma me mes ne ni on ont ou où "
    "par pas pour que qui sa sans se ses si son sous sur ta te ton un une vos y"
)
TIED = frozenset(TIED_WORDS.split())
TIED_COST = 0.06


@dataclass(frozen=True)
class SetLines:
    """Lines of one size; `leading_pt` and `height_pt` follow from it, the last in whole lines."""

    lines: tuple[str, ...]
    size_pt: float
    leading_pt: float
    width_mm: float

    @property
    def grid_lines(self) -> int:
        """Return the lines of the page's grid that the text takes."""
        return -int(-(len(self.lines) * self.leading_pt) // LEADING_PT)

    @property
    def height_pt(self) -> float:
        """Return the height that keeps what follows on the grid."""
        return self.grid_lines * LEADING_PT


@lru_cache(maxsize=16)
def _face(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), UNITS, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _advance(sign: str, path: Path) -> float:
    return _face(path).getlength(sign) / UNITS


def ems(text: str, path: Path) -> float:
    """Return the width of a text in ems of a face, kerning left out."""
    return sum(_advance(sign, path) for sign in text)


def width_mm(text: str, path: Path, size_pt: float) -> float:
    """Return the width of a text set in one line."""
    return ems(text, path) * size_pt * MM_PER_PT * SAFETY


def fit(
    text: str,
    path: Path,
    measure_mm: float,
    sizes: Sequence[float],
    most_lines: int,
    leading: float = 1.0,
) -> SetLines:
    """Return the text at the largest of `sizes` that takes no more than `most_lines`.

    The smallest size is used where none does, with as many lines as it needs. `leading` is a
    multiple of the size.
    """
    words = text.split(" ")
    for size in sorted(sizes, reverse=True):
        broken = break_evenly(words, path, size, measure_mm)
        if len(broken) <= most_lines and all(
            width_mm(line, path, size) <= measure_mm for line in broken
        ):
            break
    return SetLines(tuple(broken), size, round(size * leading, 2), measure_mm)


def fill(
    text: str,
    path: Path,
    measure_mm: float,
    height_mm: float,
    sizes: Sequence[float],
    leading: float = 1.0,
) -> SetLines:
    """Return the text at the largest of `sizes` whose lines stay within a measure and a height.

    The smallest size is used where none does.
    """
    words = text.split(" ")
    for size in sorted(sizes, reverse=True):
        broken = break_evenly(words, path, size, measure_mm)
        is_low = len(broken) * size * leading * MM_PER_PT <= height_mm
        if is_low and all(width_mm(line, path, size) <= measure_mm for line in broken):
            break
    return SetLines(tuple(broken), size, round(size * leading, 2), measure_mm)


def one_line_size(text: str, path: Path, measure_mm: float, most_pt: float) -> float:
    """Return the size, in tenths of a point, at which a text fills a measure in one line."""
    size = measure_mm / (ems(text, path) * MM_PER_PT * SAFETY) if text else most_pt
    return min(most_pt, int(size * 10) / 10)


def break_evenly(words: Sequence[str], path: Path, size_pt: float, measure_mm: float) -> list[str]:
    """Return the fewest lines that hold the words, as even as they can be.

    A line that would end on an article, a preposition or the like costs more.
    """
    least = _greedy(words, path, size_pt, measure_mm)
    best: dict[tuple[int, int], tuple[float, list[str]]] = {(0, 0): (0.0, [])}
    for count in range(1, least + 1):
        for end in range(1, len(words) + 1):
            options = []
            for start in range(end):
                before = best.get((count - 1, start))
                if before is None:
                    continue
                line = " ".join(words[start:end])
                width = width_mm(line, path, size_pt)
                if width > measure_mm and end - start > 1:
                    continue
                cost = before[0] + ((measure_mm - width) / measure_mm) ** 2
                if end < len(words) and _is_tied(words[end - 1]):
                    cost += TIED_COST
                options.append((cost, [*before[1], line]))
            if options:
                best[count, end] = min(options, key=lambda option: option[0])
    return best[least, len(words)][1]


def _is_tied(word: str) -> bool:
    return word.lower() in TIED


def _greedy(words: Sequence[str], path: Path, size_pt: float, measure_mm: float) -> int:
    lines, held = 1, ""
    for word in words:
        tried = f"{held} {word}" if held else word
        if held and width_mm(tried, path, size_pt) > measure_mm:
            lines, held = lines + 1, word
        else:
            held = tried
    return lines
