"""Say which words are nearly the same: the rules of both engines. No Django here."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from magazine.search.analysis import folded

SHORTEST = 4
LONGEST = 30
# Up to so many signs a word may differ in one place, beyond in two.
ONE_EDIT_UP_TO = 7
MOST_OFFERED = 3


def is_mendable(exact: str) -> bool:
    """Tell whether a word may be offered, or have others offered for it."""
    return SHORTEST <= len(exact) <= LONGEST and exact.isalpha()


def edits_allowed(exact: str) -> int:
    """Return in how many places a word that is nearly this one may differ."""
    return 1 if len(folded(exact)) <= ONE_EDIT_UP_TO else 2


def distance(exact: str, other: str) -> tuple[int, bool]:
    """Return in how many places words differ, and whether at their first sign; accents aside."""
    plain, near = folded(exact), folded(other)
    return OSA.distance(plain, near), near[:1] != plain[:1]
