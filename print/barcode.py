"""Draw a periodical's bar code: EAN-13 of its ISSN (977…) and the two-digit add-on of the issue."""

from __future__ import annotations

from dataclasses import dataclass

LEFT_ODD = (
    "0001101", "0011001", "0010011", "0111101", "0100011",
    "0110001", "0101111", "0111011", "0110111", "0001011",
)  # fmt: skip
PARITIES = (
    "OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE",
    "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO",
)  # fmt: skip
ADD_ON_PARITIES = ("OO", "OE", "EO", "EE")


@dataclass(frozen=True)
class Bars:
    """Digits under the bars; each bar as (left, width) in modules of 0.33 mm (ISO/IEC 15420)."""

    digits: str
    add_on: str
    bars: tuple[tuple[int, int], ...]
    add_on_bars: tuple[tuple[int, int], ...]


def issn_bars(issn: str, number: int) -> Bars:
    """Return the bars of an ISSN such as "3099-4179" and of an issue number (its last two digits).

    The ISSN's own check digit gives way to EAN-13's (ISSN International Centre, manual, 4.3).
    """
    body = f"977{issn.replace('-', '')[:7]}00"
    digits = body + str(-sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(body)) % 10)
    add_on = f"{number % 100:02d}"
    return Bars(digits, add_on, _runs(_ean13(digits)), _runs(_ean2(add_on)))


def _ean13(digits: str) -> str:
    parity = PARITIES[int(digits[0])]
    left = "".join(_left(digit, side) for digit, side in zip(digits[1:7], parity, strict=True))
    right = "".join(_right(digit) for digit in digits[7:])
    return f"101{left}01010{right}101"


def _ean2(digits: str) -> str:
    parity = ADD_ON_PARITIES[int(digits) % 4]
    return f"1011{_left(digits[0], parity[0])}01{_left(digits[1], parity[1])}"


def _left(digit: str, parity: str) -> str:
    return LEFT_ODD[int(digit)] if parity == "O" else _right(digit)[::-1]


def _right(digit: str) -> str:
    return LEFT_ODD[int(digit)].translate(str.maketrans("01", "10"))


def _runs(modules: str) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for at, module in enumerate(modules):
        if module == "0":
            continue
        if runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((at, 1))
    return tuple(runs)
