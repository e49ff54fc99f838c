"""Describe what the API answers to a search: hits with their passages, facets, what was said."""

from __future__ import annotations

from website.api.schemas import Answer, ArticleSummary


class Passage(Answer):
    """A piece of the article in which the words stand."""

    html: str
    """Escaped, with the words found in `<mark>`; safe to insert as it is."""
    kind: str
    """Type of the block, as in the article's `body`; also `standfirst`, `question`, `answer`,
    `footnote`, `challenge` and `figure`."""
    anchor: str
    """The paragraph's id on the article's page; empty where it has none."""
    url: str
    """The article's page, at this passage."""


class Hit(ArticleSummary):
    """An article that was found."""

    title_html: str
    """The title, escaped, with the words found in `<mark>`."""
    passages: list[Passage]
    pinned: bool
    """Put first by the editors for this question."""


class FacetValue(Answer):
    """One value that the articles found may be narrowed to."""

    value: str
    """What to ask for."""
    label: str
    count: int
    chosen: bool


class Facet(Answer):
    """A filter and its values; the counts leave out what was chosen of this very filter."""

    name: str
    label: str
    values: list[FacetValue]


class Nearly(Answer):
    """A word that no article holds, and those that were looked for instead."""

    typed: str
    used: list[str]


class Found(Answer):
    """One leaf of what a question found."""

    count: int
    """How many articles there are in all."""
    next: str | None
    results: list[Hit]
    facets: list[Facet]
    suggestion: str
    """The question with its unknown words mended; empty where there is nothing to mend."""
    nearly: list[Nearly]
    asked: int
    """How many things were asked for: words, phrases, synonyms as one."""
    needed: int
    """How many of them each article holds at least: fewer than `asked` where few hold them all."""
    engine: str
    fallback: bool
    """The engine stands in for one that doesn't answer."""
    behind: int
    """Articles that changed a moment ago and aren't found yet."""
