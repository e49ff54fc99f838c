"""Letter tickets, clocks and call boards without a font: one-weight capitals and lamp digits."""

from collections.abc import Sequence

from magazine.demo.riso import Sheet, Tone
from magazine.demo.shapes import Outline, Point, arc, disc, turn

H = 1.5


def _bowl(cy: float, r: float, start: float, end: float, cx: float = 0.5) -> Outline:
    return arc(cx, cy, 0.5, r, start, end)


GLYPHS: dict[str, list[Outline]] = {
    "0": [[*_bowl(0.5, 0.5, 180, 360), *_bowl(1.0, 0.5, 0, 180), (0, 0.5)]],
    "1": [[(0.1, 0.32), (0.5, 0), (0.5, H)]],
    "2": [[*_bowl(0.5, 0.5, 180, 380), (0, H), (1, H)]],
    "3": [[*_bowl(0.37, 0.37, 190, 450)], [*_bowl(1.1, 0.4, 270, 530)]],
    "4": [[(0.75, H), (0.75, 0), (0, 1.08), (1.05, 1.08)]],
    "5": [[(0.92, 0), (0.12, 0), (0.06, 0.62), *_bowl(1.0, 0.5, 235, 500)]],
    "6": [[(0.66, 0), (0.06, 0.82)], disc(0.5, 1.0, 0.5)],
    "7": [[(0, 0), (1, 0), (0.32, H)]],
    "8": [disc(0.5, 0.36, 0.4, 0.36), disc(0.5, 1.1, 0.5, 0.4)],
    "9": [[(0.34, H), (0.94, 0.68)], disc(0.5, 0.5, 0.5)],
    "A": [[(0, H), (0.5, 0), (1, H)], [(0.2, 1.05), (0.8, 1.05)]],
    "B": [
        [(0, 0), (0, H), (0.5, H), *_bowl(1.12, 0.38, 90, -90), (0, 0.74)],
        [(0, 0), (0.46, 0), *arc(0.46, 0.37, 0.46, 0.37, -90, 90)],
    ],
    "C": [_bowl(0.75, 0.75, 310, 50)],
    "E": [[(1, 0), (0, 0), (0, H), (1, H)], [(0, 0.75), (0.85, 0.75)]],
    "P": [[(0, H), (0, 0), (0.5, 0), *_bowl(0.42, 0.42, -90, 90), (0, 0.84)]],
    "I": [[(0.5, 0), (0.5, H)]],
    "N": [[(0, H), (0, 0), (1, H), (1, 0)]],
    "?": [[*_bowl(0.42, 0.42, 185, 420), (0.5, 0.98)], disc(0.5, H - 0.02, 0.03)],
    "+": [[(0.5, 0.4), (0.5, 1.2)], [(0.1, 0.8), (0.9, 0.8)]],
    "-": [[(0.1, 0.8), (0.9, 0.8)]],
    "/": [[(0.05, H), (0.95, 0)]],
    " ": [],
}
NARROW = {"1": 0.62, "I": 0.4, " ": 0.5}

LAMPS = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-> ",
        [
            "3E5149453E",
            "00427F4000",
            "4261514946",
            "2141454B31",
            "1814127F10",
            "2745454539",
            "3C4A494930",
            "0171090503",
            "3649494936",
            "064949291E",
            "7E1111117E",
            "7F49494936",
            "3E41414122",
            "7F4141221C",
            "7F49494941",
            "7F09090901",
            "3E4149497A",
            "7F0808087F",
            "00417F4100",
            "2040413F01",
            "7F08142241",
            "7F40404040",
            "7F020C027F",
            "7F0408107F",
            "3E4141413E",
            "7F09090906",
            "3E4151215E",
            "7F09192946",
            "4649494931",
            "01017F0101",
            "3F4040403F",
            "1F2040201F",
            "3F4038403F",
            "6314081463",
            "0708700807",
            "6151494543",
            "0808080808",
            "08082A1C08",
            "0000000000",
        ],
        strict=True,
    )
)


def width_of(text: str, height: float, gap: float) -> float:
    """How wide `write` sets a line, in pixels, without the stroke's own thickness."""
    unit = height / H
    return sum(NARROW.get(c, 1.0) * unit for c in text) + gap * (len(text) - 1)


def write(
    sheet: Sheet,
    text: str,
    at: Point,
    height: float,
    weight: float,
    tone: Tone,
    gap: float | None = None,
    degrees: float = 0,
    about: Point | None = None,
) -> None:
    """Letter a line whose strokes' middle starts at `at`; turned about a point if asked."""
    unit, (x, y) = height / H, at
    space = unit * 0.3 + weight if gap is None else gap
    for character in text:
        inset = (1 - NARROW.get(character, 1.0)) / 2
        for glyph in GLYPHS[character]:
            line: Sequence[Point] = [(x + (px - inset) * unit, y + py * unit) for px, py in glyph]
            sheet.stroke(turn(line, degrees, about or at), weight, tone)
        x += NARROW.get(character, 1.0) * unit + space


def lamps(
    sheet: Sheet, text: str, at: Point, pitch: float, lit: Tone, unlit: Tone | None = None
) -> None:
    """Set a line in a five by seven lamp matrix; `pitch` is from lamp to lamp, in pixels."""
    on: list[Point] = []
    off: list[Point] = []
    for place, character in enumerate(text):
        columns = bytes.fromhex(LAMPS[character])
        for column in range(5):
            for row in range(7):
                spot = (at[0] + (place * 6 + column) * pitch, at[1] + row * pitch)
                (on if columns[column] >> row & 1 else off).append(spot)
    if unlit is not None:
        sheet.dots(off, pitch * 0.3, unlit)
    sheet.dots(on, pitch * 0.46, lit)
