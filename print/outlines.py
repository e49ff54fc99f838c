"""Draw a line of text as outlines, so that marks outside the page need no font in the file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont


@cache
def _font(path: Path) -> TTFont:
    return TTFont(path, lazy=True)


class _ContentPen(BasePen):
    """Writes outlines as the operators of a content stream, in font units."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802  the pen's own protocol
        self.operators.append(f"{point[0]:g} {point[1]:g} m")

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.operators.append(f"{point[0]:g} {point[1]:g} l")

    def _curveToOne(  # noqa: N802
        self, one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]
    ) -> None:
        numbers = " ".join(f"{value:g}" for value in (*one, *two, *end))
        self.operators.append(f"{numbers} c")

    def _closePath(self) -> None:  # noqa: N802
        self.operators.append("h")


def outlined(text: str, font: Path, size_pt: float, x: float, y: float) -> bytes:
    """Operators that fill `text` from a font file at a place in points, without unknown signs."""
    opened = _font(font)
    glyphs, names = opened.getGlyphSet(), opened.getBestCmap()
    scale = size_pt / opened["head"].unitsPerEm
    parts = [f"q {scale:.6f} 0 0 {scale:.6f} {x:.4f} {y:.4f} cm"]
    for sign in text:
        name = names.get(ord(sign))
        if name is None:
            continue
        pen = _ContentPen(glyphs)
        glyphs[name].draw(pen)
        if pen.operators:
            parts += [*pen.operators, "f"]
        parts.append(f"1 0 0 1 {glyphs[name].width:g} 0 cm")
    return "\n".join([*parts, "Q"]).encode()


def width_of(text: str, font: Path, size_pt: float) -> float:
    """How long a line comes out, in points."""
    opened = _font(font)
    glyphs, names = opened.getGlyphSet(), opened.getBestCmap()
    units = sum(glyphs[names[ord(sign)]].width for sign in text if ord(sign) in names)
    return float(units * size_pt / opened["head"].unitsPerEm)


def fitted(words: Sequence[str], font: Path, size_pt: float, room_pt: float) -> str:
    """The words in one line, the longest of them cut short until all find room."""
    kept, ends = list(words), [""] * len(words)

    def line() -> str:
        return " · ".join(word + end for word, end in zip(kept, ends, strict=True))

    while width_of(line(), font, size_pt) > room_pt and any(kept):
        longest = max(range(len(kept)), key=lambda at: len(kept[at]))
        kept[longest] = kept[longest][:-1].rstrip()
        ends[longest] = "…"
    return line()
