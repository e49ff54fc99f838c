"""Read what a font says of its signs: how wide they are, which one is the empty box."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from print.preflight.colours import BROKEN
from print.preflight.geometry import Box, Matrix, matrix_of

MOST_WIDTHS = 200_000
SUBSET = 7  # “ABCDEF+”
FILES = ("/FontFile", "/FontFile2", "/FontFile3")
KINDS = {
    "CIDFontType0": "CID Type 0",
    "CIDFontType2": "CID TrueType",
    "MMType1": "Type 1",
    "TrueType": "TrueType",
    "Type1": "Type 1",
    "Type3": "Type 3",
}
ASCENT, DESCENT = 0.75, -0.25
THOUSANDTH: Matrix = (0.001, 0.0, 0.0, 0.001, 0.0, 0.0)


@dataclass
class Font:
    """A font as the reader needs it; widths in text space (1 is the size of the font).

    `kind` is called as pdffonts calls it. `pages` are those that show something in it.
    """

    name: str
    kind: str
    embedded: bool
    subset: bool
    two_bytes: bool = False
    widths: dict[int, float] = field(default_factory=dict)
    default_width: float = 0.0
    ascent: float = ASCENT
    descent: float = DESCENT
    undefined: frozenset[int] = frozenset()
    pages: set[int] = field(default_factory=set)
    missing: list[tuple[int, Box | None]] = field(default_factory=list)
    glyphs: Any = None
    glyph_matrix: Matrix = THOUSANDTH
    resources: Any = None

    def codes(self, text: bytes) -> tuple[int, ...]:
        """The codes of a shown string."""
        if not self.two_bytes:
            return tuple(text)
        return struct.unpack(f">{len(text) // 2}H", text[: len(text) // 2 * 2])

    def advance(self, codes: tuple[int, ...]) -> float:
        """How far a string goes at size 1, without any spacing."""
        widths, other = self.widths, self.default_width
        return sum(widths.get(code, other) for code in codes)


def read_font(font: Any) -> Font:
    """Read a font dictionary; what can't be made out takes its usual value."""
    try:
        return _read(font)
    except BROKEN:
        return Font("?", "?", embedded=False, subset=False, default_width=0.5)


def _read(font: Any) -> Font:
    kind = str(font.get("/Subtype", Name("/?")))[1:]
    if kind == "Type3":
        return _drawn(font)
    descendant, two_bytes = font, False
    if kind == "Type0":
        descendant, two_bytes = font.DescendantFonts[0], True
        kind = str(descendant.get("/Subtype", Name("/?")))[1:]
    descriptor = descendant.get("/FontDescriptor", Dictionary())
    full = str(font.get("/BaseFont", descendant.get("/BaseFont", Name("/?"))))[1:]
    subset = len(full) > SUBSET and full[SUBSET - 1] == "+" and full[: SUBSET - 1].isupper()
    read = Font(
        name=full[SUBSET:] if subset else full,
        kind=_kind(kind, descriptor),
        embedded=any(key in descriptor for key in FILES),
        subset=subset,
        two_bytes=two_bytes,
    )
    _measure(read, descriptor)
    if two_bytes:
        read.default_width = float(descendant.get("/DW", 1000)) / 1000
        read.widths = _cid_widths(descendant.get("/W", Array()))
        identity = font.get("/Encoding") == Name("/Identity-H")
        read.undefined = frozenset({0}) if identity and read.embedded else frozenset()
    else:
        first = int(font.get("/FirstChar", 0))
        raw = font.get("/Widths", Array())
        read.widths = {first + at: float(width) / 1000 for at, width in enumerate(raw)}
        usual = 0 if len(raw) else 500
        read.default_width = float(descriptor.get("/MissingWidth", usual)) / 1000
        read.undefined = _undefined(font.get("/Encoding"))
    return read


def _kind(subtype: str, descriptor: Any) -> str:
    """The kind of a font with that of its file, where that is a compact or an OpenType one."""
    kind = KINDS.get(subtype, subtype)
    file = descriptor.get("/FontFile3")
    form = str(file.get("/Subtype", "")) if isinstance(file, Stream) else ""
    if form == "/OpenType":
        return f"{kind}{'' if kind.endswith('TrueType') else 'C'} (OT)"
    return f"{kind}C" if form in ("/Type1C", "/CIDFontType0C") else kind


def _measure(font: Font, descriptor: Any) -> None:
    ascent = float(descriptor.get("/Ascent", 0)) / 1000
    descent = float(descriptor.get("/Descent", 0)) / 1000
    if 0.3 < ascent <= 1.5:
        font.ascent = ascent
    if -0.8 <= descent < 0:
        font.descent = descent


def _drawn(font: Any) -> Font:
    matrix = matrix_of(font.get("/FontMatrix", ()))
    first = int(font.get("/FirstChar", 0))
    raw = font.get("/Widths", Array())
    return Font(
        name=str(font.get("/Name", Name("/Type3")))[1:],
        kind=KINDS["Type3"],
        embedded=True,
        subset=False,
        widths={first + at: float(width) * matrix[0] for at, width in enumerate(raw)},
        glyphs=font.get("/CharProcs"),
        glyph_matrix=matrix,
        resources=font.get("/Resources"),
    )


def _cid_widths(raw: Any) -> dict[int, float]:
    """The widths of a CID font (ISO 32000-1, 9.7.4.3): `c [w…]` or `first last w`."""
    widths: dict[int, float] = {}
    items, at, left = list(raw), 0, MOST_WIDTHS
    while at + 1 < len(items) and left > 0:
        first = int(items[at])
        if isinstance(items[at + 1], Array):
            for step, width in enumerate(items[at + 1]):
                widths[first + step] = float(width) / 1000
            left -= len(items[at + 1])
            at += 2
        elif at + 2 < len(items):
            last = min(int(items[at + 1]), first + 0xFFFF)
            widths.update(dict.fromkeys(range(first, last + 1), float(items[at + 2]) / 1000))
            left -= last - first
            at += 3
        else:
            break
    return widths


def _undefined(encoding: Any) -> frozenset[int]:
    """The codes that an encoding sends to .notdef by name."""
    if not isinstance(encoding, Dictionary):
        return frozenset()
    found, code = set(), 0
    for item in encoding.get("/Differences", Array()):
        if isinstance(item, Name):
            if item == Name("/.notdef"):
                found.add(code)
            code += 1
        else:
            code = int(item)
    return frozenset(found)
