"""Read the colour spaces and functions of a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from print.inks import Cmyk, Inks

# Abbreviations allowed in inline images (ISO 32000-1, table 93).
FULL_NAMES = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
DEVICE = frozenset({"DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern"})
# Families that a press file may not hold (GWG 2022 R0027).
UNPRINTABLE = frozenset({"DeviceRGB", "CalRGB", "CalGray", "Lab", "ICCBased"})

Reading = Callable[[Sequence[float]], Cmyk]


def named_space(space: Any, resources: Any) -> Any:
    """Look up a space that a content stream names; device names and arrays stay as they are."""
    if isinstance(space, Name):
        spaces = resources.get("/ColorSpace") if resources is not None else None
        name = str(space)[1:]
        if name not in DEVICE and spaces is not None and space in spaces:
            return spaces[space]
    return space


def family(space: Any) -> str:
    """The family of a colour space, unabbreviated: DeviceRGB, ICCBased and so on."""
    head = space[0] if isinstance(space, Array) and len(space) else space
    name = str(head)[1:] if isinstance(head, Name) else ""
    return FULL_NAMES.get(name, name)


def families(space: Any, resources: Any = None, depth: int = 0) -> tuple[str, ...]:
    """The family of a space, then those of its base or alternate spaces."""
    space = named_space(space, resources)
    own = family(space)
    base = {"Indexed": 1, "Pattern": 1, "Separation": 2, "DeviceN": 2}.get(own)
    if base is None or not isinstance(space, Array) or len(space) <= base or depth > 4:
        return (own,)
    return (own, *families(space[base], resources, depth + 1))


def components(space: Any) -> int:
    """How many numbers a colour of this space takes; 0 if unknown."""
    own = family(space)
    if own == "ICCBased":
        return int(space[1].get("/N", 0))
    if own == "DeviceN":
        return len(space[1])
    counts = {"DeviceGray": 1, "CalGray": 1, "Indexed": 1, "Separation": 1, "DeviceCMYK": 4}
    return counts.get(own, 3 if own in ("DeviceRGB", "CalRGB", "Lab") else 0)


def profile_of(space: Any) -> bytes:
    """The ICC profile of an ICCBased space; empty for the others."""
    return bytes(space[1].read_bytes()) if family(space) == "ICCBased" else b""


def reading(space: Any, inks: Inks) -> Reading | None:
    """How to turn a colour of this space into CMYK; None if it may stay as it is."""
    own, count = family(space), components(space)
    if own in ("DeviceRGB", "CalRGB") or (own == "ICCBased" and count == 3):
        icc = profile_of(space)
        return lambda values: inks.rgb(*values[:3], icc)
    if own == "CalGray" or (own == "ICCBased" and count == 1):
        return lambda values: (0.0, 0.0, 0.0, round(1 - values[0], 4))
    if own == "ICCBased" and count == 4:
        return lambda values: (values[0], values[1], values[2], values[3])
    if own == "Lab":
        return lambda values: inks.lab(*values[:3])
    if own == "Indexed" and (base := reading(space[1], inks)):
        table = palette(space)
        return lambda values: base(table[min(len(table) - 1, max(0, int(values[0])))])
    return None


def palette(space: Array) -> list[tuple[float, ...]]:
    """The colours of an Indexed space, in the numbers of its base."""
    base, lookup = space[1], space[3]
    raw = lookup.read_bytes() if isinstance(lookup, Stream) else bytes(lookup)
    count = components(base)
    spans = [(0.0, 1.0)] * count
    if family(base) == "Lab":
        bounds = [float(value) for value in base[1].get("/Range", [-100, 100, -100, 100])]
        spans = [(0.0, 100.0), (bounds[0], bounds[1]), (bounds[2], bounds[3])]
    return [
        tuple(low + raw[at + index] / 255 * (high - low) for index, (low, high) in enumerate(spans))
        for at in range(0, len(raw) - count + 1, count)
    ]


def evaluate(function: Any, value: float) -> tuple[float, ...]:
    """The numbers that a function of one number gives (types 0, 2, 3, or an array of them).

    Raises ValueError for a calculator function (type 4).
    """
    if isinstance(function, Array):
        return tuple(number for part in function for number in evaluate(part, value))
    low, high = (float(bound) for bound in list(function["/Domain"])[:2])
    value = min(high, max(low, value))
    kind = int(function["/FunctionType"])
    if kind == 2:
        first = [float(number) for number in function.get("/C0", [0])]
        last = [float(number) for number in function.get("/C1", [1])]
        share = value ** float(function["/N"]) if value or float(function["/N"]) else 0.0
        return tuple(a + share * (b - a) for a, b in zip(first, last, strict=False))
    if kind == 3:
        return _stitched(function, value, low, high)
    if kind == 0:
        return _sampled(function, value, low, high)
    raise ValueError(f"function of type {kind}")


def _stitched(function: Dictionary, value: float, low: float, high: float) -> tuple[float, ...]:
    bounds = [low, *(float(bound) for bound in function["/Bounds"]), high]
    last = len(function["/Functions"]) - 1
    at = next((i for i in range(last) if value < bounds[i + 1]), last)
    start, end = (float(number) for number in list(function["/Encode"])[2 * at : 2 * at + 2])
    width = bounds[at + 1] - bounds[at]
    share = (value - bounds[at]) / width if width else 0.0
    return evaluate(function["/Functions"][at], start + share * (end - start))


def _sampled(function: Stream, value: float, low: float, high: float) -> tuple[float, ...]:
    size, bits = int(function["/Size"][0]), int(function["/BitsPerSample"])
    if bits not in (8, 16):
        raise ValueError(f"samples of {bits} bits")
    ranges = [float(bound) for bound in function["/Range"]]
    count, width = len(ranges) // 2, bits // 8
    raw = function.read_bytes()
    place = (value - low) / (high - low) * (size - 1) if high > low else 0.0
    before = min(size - 1, int(place))
    after, share = min(size - 1, before + 1), place - before
    top = (1 << bits) - 1

    def sample(row: int, column: int) -> float:
        at = (row * count + column) * width
        portion = int.from_bytes(raw[at : at + width], "big") / top
        return ranges[2 * column] + portion * (ranges[2 * column + 1] - ranges[2 * column])

    return tuple(
        sample(before, column) * (1 - share) + sample(after, column) * share
        for column in range(count)
    )


def streams_of(contents: Any) -> bytes:
    """The content of a page, whether one stream or several."""
    if isinstance(contents, Array):
        return b"\n".join(bytes(part.read_bytes()) for part in contents)
    return bytes(contents.read_bytes()) if isinstance(contents, pikepdf.Stream) else b""
