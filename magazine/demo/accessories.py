"""Keep the cuts that tell silhouettes apart: their hair and hats, and what they hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from magazine.demo.riso import PAPER, Sheet, Tone
from magazine.demo.shapes import (
    Outline,
    Point,
    box,
    chord,
    curve,
    disc,
    place,
    quad,
    rounded,
    through,
)


@dataclass(frozen=True)
class Palette:
    """The tones of one silhouette's coat, skin, hair, legs and of the thing carried."""

    coat: Tone
    skin: Tone
    hair: Tone
    legs: Tone
    thing: Tone
    rim: Tone = PAPER


@dataclass(frozen=True)
class Piece:
    """A cut about the soles, a hundred units to the height; a width makes it a line."""

    shape: Sequence[Point]
    role: str = "hair"
    width: float = 0


@dataclass(frozen=True)
class Scissors:
    """Where and how large the pieces of one silhouette are set down."""

    sheet: Sheet
    at: Point
    unit: float
    flip: bool

    def put(self, outline: Outline, tone: Tone, girth: float = 1.0) -> None:
        """Ink one outline, wider by `girth`."""
        wide = [(x * girth, y) for x, y in outline]
        self.sheet.fill(place(wide, *self.at, self.unit, self.flip), tone)

    def line(self, points: Sequence[Point], width: float, tone: Tone) -> None:
        """Ink one line with round ends."""
        self.sheet.stroke(place(points, *self.at, self.unit, self.flip), width * self.unit, tone)

    def set_down(self, pieces: Sequence[Piece], palette: Palette) -> None:
        """Ink pieces in the tones of their roles."""
        for piece in pieces:
            tone = getattr(palette, piece.role)
            if piece.width:
                self.line(piece.shape, piece.width, tone)
            else:
                self.put(list(piece.shape), tone)


NAPE = Piece(chord(-2.5, -92, 6.6, 90, 270, 8))
CAP_OF_HAIR = (Piece(chord(0, -93.5, 8.4, 165, 345, 8.6)), NAPE)
HAIR: dict[str, tuple[Piece, ...]] = {
    "short": CAP_OF_HAIR,
    "bald": (Piece(chord(-1.5, -91, 7, 105, 215)),),
    "curls": tuple(
        Piece(disc(x, y, r))
        for x, y, r in ((-6, -93, 6), (-2, -99, 6.4), (5, -99.5, 5), (-7, -87, 5))
    ),
    "scarf": (
        Piece(chord(-0.5, -92, 9.4, 95, 320, 10)),
        Piece([(-9, -92), (-4, -80), (6, -81), (2, -86)]),
    ),
    "bob": (*CAP_OF_HAIR, Piece(rounded(-9, -97, 9, 16, 4, 1, 1, 4))),
    "long": (*CAP_OF_HAIR, Piece(rounded(-10.5, -97, 9.5, 29, 4, 1, 1, 5))),
    "bun": (*CAP_OF_HAIR, Piece(disc(-9, -99, 4.8))),
    "topknot": (*CAP_OF_HAIR, Piece(disc(-1, -104, 4.4))),
    "ponytail": (
        *CAP_OF_HAIR,
        Piece([*curve((-6, -99), (-18, -99), (-15, -86), (-18, -78)), (-11, -84)]),
    ),
    "cap": (
        *CAP_OF_HAIR,
        Piece([*chord(0, -94, 8.8, 180, 360, 9), (15, -94), (15, -91.6), (-8.8, -91.6)], "thing"),
    ),
    "beret": (*CAP_OF_HAIR, Piece(disc(-2, -99.5, 11, 4.2), "thing")),
    "hat": (
        NAPE,
        Piece(box(-14, -97.5, 28, 3), "thing"),
        Piece([(-8, -97), (-6.5, -107), (7, -107), (8.5, -97)], "thing"),
    ),
}

ARM_AT_REST = [(1, -76), (2, -60), (5, -45)]
ARMS: dict[str, list[Point]] = {
    "phone": [(2, -76), (6, -60), (16, -68)],
    "paper": [(2, -76), (4, -58), (17, -62)],
    "flowers": [(2, -76), (4, -60), (16, -66)],
    "parcel": [(2, -76), (3, -58), (14, -58)],
    "umbrella": [(2, -76), (5, -58), (15, -56)],
    "watch": [(1, -76), (10, -63), (2, -68)],
    "cane": [(2, -76), (6, -60), (16, -50)],
    "balloon": [(2, -76), (10, -84), (12, -98)],
    "suitcase": [(-2, -76), (-8, -60), (-13, -43)],
}

BEHIND_THE_HAND: dict[str, tuple[Piece, ...]] = {
    "paper": (Piece([(14, -78), (30, -74), (30, -52), (14, -56)], "thing"),),
    "flowers": (
        Piece([(16, -66), (18, -80)], "legs", 1.6),
        *(Piece(disc(x, y, 3.8), "thing") for x, y in ((15, -83), (21, -85), (19, -78), (24, -79))),
    ),
    "parcel": (Piece(box(11, -72, 21, 16), "thing"),),
    "umbrella": (
        Piece([(15, -56), (15, -118)], "legs", 1.8),
        Piece(chord(13, -112, 34, 180, 360, 20), "thing"),
    ),
    "cane": (Piece([*curve((12, -52), (13, -58), (19, -58), (19, -50)), (19, 0)], "legs", 2.2),),
    "balloon": (
        Piece(through([(12, -98), (15, -120), (11, -140)]), "legs", 1.4),
        Piece(disc(11, -156, 15, 18), "thing"),
    ),
    "bag": (
        Piece([(-4, -80), (9, -44)], "legs", 2),
        Piece(rounded(-1, -49, 21, 19, 2, 2, 7, 7), "rim"),
        Piece(rounded(0, -48, 19, 17, 2, 2, 6, 6), "thing"),
    ),
    "basket": (
        Piece(curve((-2, -36), (-2, -50), (14, -50), (14, -36)), "legs", 1.8),
        Piece(chord(6, -37, 13, 0, 180, 14), "thing"),
    ),
    "suitcase": (
        Piece([(-13, -42), (-19, -26)], "legs", 2),
        Piece(rounded(-34, -28, 26, 28, 3), "rim"),
        Piece(rounded(-33, -27, 24, 27, 3), "thing"),
    ),
    "dog": (
        Piece([(5, -45), (30, -15)], "legs", 1.2),
        Piece(rounded(20, -17, 22, 9, 4), "thing"),
        *(Piece(quad((x, -12), (x, 0), 2.6, 2), "thing") for x in (21, 25, 36, 40)),
        Piece([(38, -15), (42, -26), (50, -23), (51, -19), (44, -17)], "thing"),
        Piece([(41, -25), (39, -30), (45, -25)], "thing"),
        Piece(quad((21, -15), (15, -24), 3, 1.2), "thing"),
    ),
}
OVER_THE_HAND: dict[str, tuple[Piece, ...]] = {
    "phone": (Piece(box(14, -78, 6, 11), "thing"),),
    "watch": (Piece(disc(4, -67, 2.6), "thing"),),
    "rucksack": (Piece([(-5, -81), (-6, -56)], "thing", 3),),
}
