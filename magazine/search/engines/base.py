"""Say what an engine takes and gives: both engines speak this, and nothing else. No Django."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from magazine.search.analysis import Word
from magazine.search.plan import Plan
from magazine.search.texts import ArticleDocument, Passage


class EngineError(Exception):
    """An engine can't answer: it is down, too slow, or its index isn't there."""


class NotMadeError(EngineError):
    """There is no index, or none that this version can use: it has to be made."""


@dataclass(frozen=True)
class FoundHit:
    """An article that was found; `value` is what orders it: its score, or its day number."""

    article_id: int
    value: float


@dataclass(frozen=True)
class Found:
    """One leaf of what an engine found, and all facets: value, label and count by name.

    `is_last` tells whether nothing comes after these hits.
    """

    total: int
    hits: tuple[FoundHit, ...]
    facets: Mapping[str, tuple[tuple[str, str, int], ...]]
    is_last: bool


@dataclass(frozen=True)
class KeptText:
    """What an engine keeps of an article to show it: its title, standfirst and passages."""

    title: str
    standfirst: str
    passages: tuple[Passage, ...]


class Engine(Protocol):
    """Answers plans. Every method may raise EngineError."""

    name: str

    def find(self, plan: Plan) -> Found:
        """Return the leaf that a plan asks for."""

    def texts(self, article_ids: Sequence[int]) -> Mapping[int, KeptText]:
        """Return what is kept of articles, by id; those that it doesn't know are left out."""

    def nearly(self, words: Collection[Word]) -> Mapping[str, tuple[str, ...]]:
        """Return, for each word whose term and exact form it doesn't hold, the nearest it does.

        By exact form, which several words may share: it is unknown where none of them is held. At
        most three, best first, by the rules of `magazine.search.nearness`.
        """


@dataclass(frozen=True)
class Seen:
    """Which changes an index has applied: all up to `floor`, and these numbers above it."""

    floor: int = 0
    numbers: frozenset[int] = frozenset()


class Index(Protocol):
    """Keeps what an engine answers from. Every method may raise EngineError."""

    name: str

    def exists(self) -> bool:
        """Tell whether there is an index, made by this version of the analysis and documents."""

    def apply(
        self, documents: Iterable[ArticleDocument], gone: Iterable[int], numbers: Iterable[int] = ()
    ) -> None:
        """Put documents in the place of what is known of them, forget those gone; all or none.

        `numbers` are those of the changes that are applied by it.
        """

    def digests(self) -> Mapping[int, str]:
        """Return the digest of every document that is kept, by article."""

    def rebuild(self, documents: Iterable[ArticleDocument], seen: Seen) -> int:
        """Make a new index beside the old one, swap, keep the old one; return how many it holds.

        `seen` are the changes that were visible before the first document was read.
        """

    def go_back(self) -> None:
        """Swap again with the index that was in use before."""
