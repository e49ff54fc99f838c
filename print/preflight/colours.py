"""Say what a colour is: its family, its numbers, its inks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from print.pdf_spaces import DEVICE, FULL_NAMES

DEEPEST = 6
COUNTS = {"DeviceGray": 1, "CalGray": 1, "DeviceRGB": 3, "CalRGB": 3, "Lab": 3, "DeviceCMYK": 4}
# What pikepdf, and we on what it hands over, raise at a PDF that is not as it should be.
BROKEN = (
    pikepdf.PikepdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: its family, how many numbers, its spot names, its base or alternate.

    `icc` is the data colour space of an ICCBased space's profile ("RGB", "CMYK", "GRAY"), when
    that can be read.
    """

    family: str
    count: int
    names: tuple[str, ...] = ()
    base: Space | None = None
    icc: str = ""

    @property
    def chain(self) -> tuple[Space, ...]:
        """The space, then its base, and the base's."""
        return (self, *(self.base.chain if self.base else ()))

    @property
    def spots(self) -> tuple[str, ...]:
        """The names of the spot inks that it prints on; process names are none."""
        if self.base and self.family in ("Indexed", "Pattern"):
            return self.base.spots
        return tuple(name for name in self.names if name not in PROCESS)


PROCESS = frozenset({"Cyan", "Magenta", "Yellow", "Black", "None", "All"})
GRAY, RGB, CMYK = Space("DeviceGray", 1), Space("DeviceRGB", 3), Space("DeviceCMYK", 4)
PATTERN, UNKNOWN = Space("Pattern", 0), Space("unknown", 0)
PLAIN = {"DeviceGray": GRAY, "DeviceRGB": RGB, "DeviceCMYK": CMYK, "Pattern": PATTERN}


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour: its space and its numbers; `pattern` where it is one."""

    space: Space
    values: tuple[float, ...] = ()

    @property
    def inks(self) -> tuple[float, float, float, float] | None:
        """Cyan, magenta, yellow, black from 0 to 1, where the colour says so by itself."""
        values, family = self.values, self.space.family
        if family == "DeviceCMYK" and len(values) == 4:
            return (values[0], values[1], values[2], values[3])
        if family == "DeviceGray" and len(values) == 1:
            return (0.0, 0.0, 0.0, 1 - values[0])
        if self.space.names == ("Black",) and len(values) == 1:
            return (0.0, 0.0, 0.0, values[0])
        return None

    @property
    def is_white(self) -> bool:
        """Tell whether it puts down no ink."""
        if self.space.family in ("Separation", "DeviceN"):
            return bool(self.values) and not any(self.values)
        if self.space.family == "DeviceRGB":
            return self.values == (1.0, 1.0, 1.0)
        return self.inks is not None and not any(self.inks)

    @property
    def is_black(self) -> bool:
        """Tell whether it is black ink alone, all of it (GWG 2022: “100K”)."""
        inks = self.inks
        return inks is not None and inks[3] >= 0.9999 and not any(inks[:3])

    @property
    def ink_count(self) -> int:
        """How many inks it lays down, where that is known; else 0."""
        if self.space.family in ("Separation", "DeviceN"):
            if self.space.names == ("All",):
                return 0
            return sum(1 for value in self.values if value > 0)
        inks = self.inks
        return sum(1 for value in inks if value > 0) if inks else 0


def read_space(space: Any, resources: Any = None, depth: int = 0) -> Space:
    """What a colour space of a PDF is; UNKNOWN where it can't be made out."""
    try:
        return _space(space, resources, depth)
    except BROKEN:
        return UNKNOWN


def _space(space: Any, resources: Any, depth: int) -> Space:
    if depth > DEEPEST or space is None:
        return UNKNOWN
    if isinstance(space, Name):
        name = FULL_NAMES.get(str(space)[1:], str(space)[1:])
        if name in DEVICE:
            return PLAIN[name]
        spaces = resources.get("/ColorSpace") if resources is not None else None
        if isinstance(spaces, Dictionary) and space in spaces:
            return read_space(spaces[space], resources, depth + 1)
        return UNKNOWN
    if not isinstance(space, Array) or not len(space) or not isinstance(space[0], Name):
        return UNKNOWN
    family = FULL_NAMES.get(str(space[0])[1:], str(space[0])[1:])
    if len(space) == 1 and family in DEVICE:
        return PLAIN[family]
    if family == "ICCBased":
        return _icc(space[1])
    if family == "Indexed":
        return Space(family, 1, base=read_space(space[1], resources, depth + 1))
    if family == "Pattern":
        return Space(family, 0, base=read_space(space[1], resources, depth + 1))
    if family in ("Separation", "DeviceN"):
        raw = [space[1]] if family == "Separation" else list(space[1])
        names = tuple(str(name)[1:] for name in raw)
        return Space(family, len(names), names, read_space(space[2], resources, depth + 1))
    return Space(family, COUNTS[family]) if family in COUNTS else UNKNOWN


def _icc(profile: Any) -> Space:
    count = int(profile.get("/N", 0)) if isinstance(profile, Stream) else 0
    kind = ""
    if count:
        try:
            kind = profile.read_bytes()[16:20].decode("latin-1").strip()
        except BROKEN:
            kind = ""
    return Space("ICCBased", count, icc=kind)


def first_colour(space: Space) -> Colour:
    """The colour that a space begins with (ISO 32000-1, 8.6.4 to 8.6.6)."""
    if space.family == "DeviceCMYK":
        return Colour(space, (0.0, 0.0, 0.0, 1.0))
    if space.family in ("Separation", "DeviceN"):
        return Colour(space, (1.0,) * space.count)
    return Colour(space, (0.0,) * space.count)


def numbers(operands: Sequence[Any]) -> tuple[float, ...]:
    """The numbers among the operands of an instruction."""
    try:
        return tuple(map(float, operands))
    except TypeError:
        return tuple(float(value) for value in operands if not isinstance(value, Name))
