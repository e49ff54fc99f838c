"""Hand out the editors' synonyms, read again as soon as one is changed."""

from __future__ import annotations

from functools import lru_cache

from magazine.models import SynonymSet
from magazine.search.analysis import Word
from magazine.search.plan import synonyms_of

Sets = tuple[tuple[str, ...], ...]


def current_synonyms() -> dict[tuple[str, ...], list[tuple[Word, ...]]]:
    """Return what means the same, by stems; one query."""
    return _read(tuple(each.lines for each in SynonymSet.objects.all()))


@lru_cache(maxsize=4)
def _read(sets: Sets) -> dict[tuple[str, ...], list[tuple[Word, ...]]]:
    return synonyms_of(sets)
