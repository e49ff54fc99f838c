"""Hold what a search found, whichever engine found it."""

from __future__ import annotations

from dataclasses import dataclass

from magazine.search.query import SearchQuery


@dataclass(frozen=True)
class ShownPassage:
    """A passage around what was found: escaped, typeset HTML with `<mark>`.

    `anchor` is the id of its block on the article's page, `fragment` that and a text directive:
    what follows the article's address, “#…” included. `kind` is the type of the block, or
    `standfirst`.
    """

    html: str
    kind: str
    anchor: str = ""
    fragment: str = ""


@dataclass(frozen=True)
class SearchHit:
    """An article that was found; `title` is escaped, typeset HTML with `<mark>`."""

    article_id: int
    score: float
    title: str
    passages: tuple[ShownPassage, ...] = ()
    is_pinned: bool = False


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: as addresses and as readers write it, and how many articles have it."""

    value: str
    label: str
    count: int
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A facet by name; its counts leave out what was chosen of it."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Nearly:
    """A word that no article holds, and those that were looked for in its place."""

    typed: str
    used: tuple[str, ...]


@dataclass(frozen=True)
class SearchResults:
    """One leaf of hits and all that is said of them.

    `needed` of `asked` clauses had to be held by each article; fewer than all where too few
    articles hold all. `cursor` leads to the next leaf, or is empty. `behind` counts the changes
    that the engine doesn't know yet: the articles that they concern are left out.
    """

    query: SearchQuery
    total: int
    hits: tuple[SearchHit, ...]
    facets: tuple[Facet, ...]
    suggestion: str
    nearly: tuple[Nearly, ...]
    asked: int
    needed: int
    cursor: str
    engine: str
    is_fallback: bool
    behind: int
    milliseconds: float
