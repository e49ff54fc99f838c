"""Tell which signs of a text a set of fonts doesn't have. Knows no framework."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

# Line ends and invisible signs take no glyph; the last one only asks for a colour picture.
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
COLOURED = "\ufe0f"
# Read aloud, never set in type.
SPOKEN = ("lead_alt", "alt_text")


@cache
def signs_of(path: Path) -> frozenset[int]:
    """Return the code points that a font file has a glyph for."""
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def is_seen(kind: str) -> bool:
    """Tell whether a field of that kind (`picture.alt_text`) is set in type."""
    return kind.rpartition(".")[2] not in SPOKEN


def unknown_signs(text: str, known: frozenset[int]) -> list[str]:
    """Return the signs of a text that aren't among the known ones, each once, in order."""
    return [
        sign
        for sign in dict.fromkeys(text)
        if ord(sign) not in known and sign != COLOURED and unicodedata.category(sign) not in UNSEEN
    ]
