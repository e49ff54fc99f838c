"""Say which words are nearly the same: the rules of both engines. No Django here.

A correct word that no article holds must not become another one (dentier, entier): short words are
left alone, and a slip seldom changes how a word begins.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA

from magazine.search.analysis import folded

SHORTEST_OFFERED = 4
SHORTEST_MENDED = 5
LONGEST = 30
# Up to so many signs a word may differ in one place, beyond in two.
ONE_EDIT_UP_TO = 8
MOST_OFFERED = 3


def is_offered(exact: str) -> bool:
    """Tell whether a word of an article may be offered for another one."""
    return SHORTEST_OFFERED <= len(exact) <= LONGEST and exact.isalpha()


def is_mendable(exact: str) -> bool:
    """Tell whether a typed word may have others offered for it."""
    return SHORTEST_MENDED <= len(exact) <= LONGEST and exact.isalpha()


def edits_allowed(exact: str) -> int:
    """Return in how many places a word that is nearly this one may differ, accents aside."""
    return 1 if len(folded(exact)) <= ONE_EDIT_UP_TO else 2


def distance(exact: str, other: str) -> int:
    """Return in how many places words differ, accents aside."""
    return OSA.distance(folded(exact), folded(other))


def is_near(exact: str, other: str) -> bool:
    """Tell whether a word may be meant by one that was typed."""
    return edits_between(folded(exact), folded(other), edits_allowed(exact)) is not None


def edits_between(plain: str, near: str, edits: int) -> int | None:
    """Return in how many places two words without accents differ; None for more than `edits`."""
    if not _begin_alike(plain, near):
        return None
    differing = OSA.distance(plain, near, score_cutoff=edits)
    return differing if differing <= edits else None


def _begin_alike(plain: str, near: str) -> bool:
    """Tell whether words begin with the same letter, an h aside, or with the same two swapped."""
    if plain.removeprefix("h")[:1] == near.removeprefix("h")[:1]:
        return True
    return plain[1:2] + plain[:1] == near[:2]
