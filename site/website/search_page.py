"""Gather what the search page shows: rows, filters, and everything that is said of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from magazine.models import Article, Topic
from magazine.search.analysis import folded, is_stop_word, words_of
from magazine.search.query import FACETS, SearchQuery, Sort
from magazine.search.results import Facet, FacetValue, SearchHit, SearchResults
from website.facets import TITLES, label_of, ordered
from website.lists import Listed, listed

# Values of a filter that stand open; the others are one more step away.
SHOWN_VALUES = 12
MOST_TOPICS = 12
MOST_NAMED = 3
NAMING = ("person", "organisation")
SORTS: tuple[tuple[Sort, Promise], ...] = (
    (Sort.RELEVANCE, _("Closest first")),
    (Sort.NEWEST, _("Newest first")),
    (Sort.OLDEST, _("Oldest first")),
)
# Where a passage stands, if that isn't the running text.
PLACES: dict[str, Promise] = {
    "question": _("Question"),
    "answer": _("Answer"),
    "standfirst": _("Standfirst"),
    "challenge": _("Challenge"),
    "figure": _("Key figure"),
    "key_figures": _("Key figures"),
    "sidebar": _("Sidebar"),
    "picture": _("Caption"),
    "gallery": _("Caption"),
    "table": _("Table"),
    "pull_quote": _("Pull quote"),
    "footnote": _("Footnote"),
    "editors_note": _("Editors’ note"),
}


@dataclass(frozen=True)
class Way:
    """A link of the page: where it leads and what it is called."""

    address: str
    label: str | Promise
    is_current: bool = False


@dataclass(frozen=True)
class Extract:
    """A passage of a hit; `html` is escaped, `address` leads to its paragraph or is empty."""

    html: str
    place: str | Promise
    address: str


@dataclass(frozen=True)
class Row:
    """A hit as the board shows it; `title` is escaped HTML."""

    listed: Listed
    title: str
    extracts: tuple[Extract, ...]
    is_pinned: bool


@dataclass(frozen=True)
class Choice:
    """One value of a filter as a checkbox."""

    value: FacetValue
    label: str
    key: str


@dataclass(frozen=True)
class Filter:
    """A facet as a list of checkboxes, the first of them open to view."""

    name: str
    title: str | Promise
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]
    chosen: int


@dataclass(frozen=True)
class FoundPage:
    """Everything that the page shows of one answer."""

    results: SearchResults
    rows: tuple[Row, ...]
    filters: tuple[Filter, ...]
    chips: tuple[Way, ...]
    sorts: tuple[Way, ...]
    named: tuple[Way, ...]
    looser: tuple[Way, ...]
    suggestion: str
    following: str
    beginning: str


def address_of(query: SearchQuery, cursor: str = "") -> str:
    """Return the address of a question, or of a further leaf of its answer."""
    asked = [("q", query.text)] if query.text else []
    asked += [(name, value) for name, values in query.facets for value in values]
    if query.sort is not Sort.RELEVANCE:
        asked.append(("sort", query.sort.value))
    if cursor:
        asked.append(("cursor", cursor))
    address = reverse("search")
    return f"{address}?{urlencode(asked)}" if asked else address


def facet_address(name: str, value: str) -> str:
    """Return the address of all articles that have one value of a facet."""
    return f"{reverse('search')}?{urlencode({name: value})}"


def found_page(results: SearchResults) -> FoundPage:
    """Return what the page shows of an answer, in a fixed number of queries."""
    query = replace(results.query, cursor=None)
    return FoundPage(
        results=results,
        rows=tuple(_rows(results.hits)),
        filters=tuple(
            _filter(facet) for facet in results.facets if _tells_apart(facet, results.total)
        ),
        chips=tuple(_chips(query, results.facets)),
        sorts=tuple(
            Way(address_of(replace(query, sort=sort)), label, sort is query.sort)
            for sort, label in SORTS
        ),
        named=tuple(islice(_named(results), MOST_NAMED)),
        looser=tuple(_looser(query)),
        suggestion=address_of(replace(query, text=results.suggestion))
        if results.suggestion
        else "",
        following=address_of(query, results.cursor) if results.cursor else "",
        beginning=address_of(query) if results.query.cursor else "",
    )


def topics_with_articles() -> list[Topic]:
    """Return the topics that most articles for readers have."""
    topics = Topic.objects.filter(articles__in=Article.objects.for_readers().values("pk"))
    counted = topics.annotate(number=Count("articles", distinct=True))
    return list(counted.order_by("-number", "title")[:MOST_TOPICS])


def _rows(hits: Sequence[SearchHit]) -> Iterable[Row]:
    ids = [hit.article_id for hit in hits]
    articles = Article.objects.for_readers().with_signatures().filter(pk__in=ids)
    rows = {row.article.pk: row for row in listed(articles)}
    for hit in hits:
        if hit.article_id in rows:
            row = rows[hit.article_id]
            address = row.article.get_url()
            yield Row(
                listed=row,
                title=hit.title,
                extracts=tuple(
                    Extract(
                        html=passage.html,
                        place=PLACES.get(passage.kind, ""),
                        address=f"{address}{passage.fragment}" if passage.fragment else "",
                    )
                    for passage in hit.passages
                    if passage.html
                ),
                is_pinned=hit.is_pinned,
            )


def _tells_apart(facet: Facet, total: int) -> bool:
    """Tell whether choosing something of a facet, or leaving it, changes what is found."""
    return any(value.is_chosen or value.count != total for value in facet.values)


def _filter(facet: Facet) -> Filter:
    choices = tuple(
        Choice(value, label_of(facet.name, value), f"{facet.name}-{number}")
        for number, value in enumerate(ordered(facet))
    )
    chosen = sum(choice.value.is_chosen for choice in choices)
    shown = max(SHOWN_VALUES, chosen)
    return Filter(facet.name, TITLES[facet.name], choices[:shown], choices[shown:], chosen)


def _chips(query: SearchQuery, facets: Sequence[Facet]) -> Iterable[Way]:
    """Return a link for every chosen value that leads to the question without it."""
    for facet in facets:
        for value in facet.values:
            if value.is_chosen:
                rest = tuple(each for each in query.chosen(facet.name) if each != value.value)
                yield Way(
                    address_of(_with_facet(query, facet.name, rest)), label_of(facet.name, value)
                )


def _with_facet(query: SearchQuery, name: str, values: tuple[str, ...]) -> SearchQuery:
    chosen = dict(query.facets) | {name: values}
    return replace(query, facets=tuple((key, chosen[key]) for key in FACETS if chosen.get(key)))


def _named(results: SearchResults) -> Iterable[Way]:
    """Return the people and organisations that the question names, each with all its articles."""
    asked = {folded(word.exact) for clause in results.query.wanted for word in clause.words}
    asked |= {folded(used) for near in results.nearly for used in near.used}
    asked = {word for word in asked if not is_stop_word(word) and len(word) > 2}
    for facet in results.facets:
        if facet.name in NAMING and asked:
            for value in facet.values:
                words = {folded(word.exact) for word in words_of(value.label)}
                words = {word for word in words if not is_stop_word(word)}
                is_named = bool(words) and (words <= asked or asked <= words)
                if is_named and value.count and not value.is_chosen:
                    yield Way(facet_address(facet.name, value.value), value.label)


def _looser(query: SearchQuery) -> Iterable[Way]:
    """Return ways to ask for less."""
    if query.facets and query.text:
        yield Way(address_of(replace(query, facets=())), _("Without the filters"))
    words = [word.exact for clause in query.wanted for word in clause.words]
    if words and any(clause.is_phrase for clause in query.clauses):
        yield Way(
            address_of(replace(query, text=" ".join(words))), _("Without the quotation marks")
        )
