"""Set lines of text on a picture: fitted, balanced, tracked as the site's titles are; no Django."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from PIL import ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parents[2] / "fonts"
HEAVY = "bricolage-grotesque/BricolageGrotesque_800ExtraBold.ttf"
LIGHT = "bricolage-grotesque/BricolageGrotesque_200ExtraLight.ttf"
ITALIC = "source-serif-4/SourceSerif4_400Regular_Italic.ttf"
# The letters are set one by one, so that they can be tracked: none may be tied to the next.
LOOSE = ["-liga", "-clig"]
# Where a line may end: a no-break space is no such place.
BREAK = " "


@dataclass(frozen=True)
class Face:
    """A face at a size in pixels, its letters `tracking` ems further apart."""

    name: str
    size: float
    tracking: float = 0.0
    leading: float = 1.0

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """Return the font as Pillow has it."""
        return _font(self.name, self.size)

    @property
    def line(self) -> float:
        """Return the height of a line in pixels."""
        return self.size * self.leading

    def at(self, size: float) -> Face:
        """Return the same face in another size."""
        return Face(self.name, size, self.tracking, self.leading)

    def steps(self, text: str) -> Iterator[float]:
        """Yield how far the pen goes for each letter, kerning and tracking included."""
        for one, other in pairwise(text + "\0"):
            yield _step(self.name, self.size, one, other) + self.tracking * self.size

    def width(self, text: str) -> float:
        """Return the width of a line in pixels."""
        return sum(self.steps(text)) - self.tracking * self.size if text else 0.0


@lru_cache(maxsize=256)
def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / name, size)


@lru_cache(maxsize=20_000)
def _step(name: str, size: float, one: str, other: str) -> float:
    font = _font(name, size)
    if other == "\0":
        return font.getlength(one, features=LOOSE)
    both = font.getlength(one + other, features=LOOSE)
    return both - font.getlength(other, features=LOOSE)


@dataclass(frozen=True)
class Block:
    """Lines that fit a box, and the face in which they do."""

    lines: tuple[str, ...]
    face: Face

    @property
    def height(self) -> float:
        """Return the height of all lines in pixels."""
        return len(self.lines) * self.face.line

    def draw(self, canvas: ImageDraw.ImageDraw, x: float, y: float, fill: str) -> float:
        """Draw the lines with their top left corner at a place; return where the next may begin."""
        for line in self.lines:
            write(canvas, x, y + self.face.size * 0.82, line, self.face, fill)
            y += self.face.line
        return y


def write(
    canvas: ImageDraw.ImageDraw, x: float, baseline: float, text: str, face: Face, fill: str
) -> float:
    """Write one line on a baseline; return where the pen stops."""
    for letter, step in zip(text, face.steps(text), strict=True):
        if letter.strip():
            canvas.text((x, baseline), letter, fill, face.font, anchor="ls", features=LOOSE)
        x += step
    return x


def fitted(
    text: str, face: Face, width: float, height: float, least: float, most_lines: int = 9
) -> Block:
    """Return a text in the largest size, from the face's own down to `least`, that fits a box.

    One that doesn't fit at `least` is cut, with an ellipsis.
    """
    # Two spaces in a row are one place to break at.
    text = BREAK.join(filter(None, text.split(BREAK)))
    size = face.size
    while size > least:
        block = _wrapped(text, face.at(size), width)
        if len(block.lines) <= most_lines and block.height <= height:
            return _balanced(text, block, width)
        size = max(least, size * 0.965)
    block = _wrapped(text, face.at(least), width, cut_words=True)
    room = max(1, min(most_lines, int(height // block.face.line)))
    if len(block.lines) <= room:
        return _balanced(text, block, width)
    last = block.lines[room - 1].rstrip(" ,;:.")
    while last and block.face.width(f"{last}…") > width:
        last = last[:-1].rstrip()
    return Block((*block.lines[: room - 1], f"{last}…"), block.face)


def _wrapped(text: str, face: Face, width: float, *, cut_words: bool = False) -> Block:
    """Return a text in lines of at most a width; `lines` is endless where a word doesn't fit."""
    lines: list[str] = []
    line = ""
    for word in text.split(BREAK):
        longer = f"{line}{BREAK}{word}" if line else word
        if face.width(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        pieces = [word]
        if face.width(word) > width:
            if not cut_words:
                return Block(("",) * 1000, face)
            pieces = _cut(word, face, width)
        lines += pieces[:-1]
        line = pieces[-1]
    return Block(tuple([*lines, line] if line else lines), face)


def _cut(word: str, face: Face, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and face.width(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _balanced(text: str, block: Block, width: float) -> Block:
    """Return the same number of lines, as even as they get."""
    words = text.split(BREAK)
    count = len(block.lines)
    if count < 2 or len(words) <= count or any(block.face.width(word) > width for word in words):
        return block
    # best[n]: the least raggedness of the first n words in the lines so far, and their ends.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for _line in range(count):
        grown: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in best.items():
            for end in range(start + 1, len(words) + 1):
                slack = width - block.face.width(BREAK.join(words[start:end]))
                if slack < 0:
                    break
                tried = cost + slack * slack
                if end not in grown or tried < grown[end][0]:
                    grown[end] = (tried, (*ends, end))
        best = grown
    _cost, ends = best[len(words)]
    pairs = zip((0, *ends), ends, strict=False)
    return Block(tuple(BREAK.join(words[start:end]) for start, end in pairs), block.face)
