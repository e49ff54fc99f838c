"""Search by reading every article that readers may see: the engine of a small magazine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StructBlock

from magazine.models import Article
from magazine.rendering import shown_blocks
from magazine.search.query import SearchQuery, fold
from magazine.search.results import SearchHit, SearchResults, occurrences, snippet_of

HITS_A_LEAF = 20
WEIGHTS = {"title": 12.0, "people": 8.0, "topics": 6.0, "standfirst": 5.0, "body": 1.0}
SETTINGS = frozenset({"channel", "style", "width"})


@dataclass(frozen=True)
class Searchable:
    """What of an article is searched, field by field, as plain text."""

    title: str
    people: str
    topics: str
    standfirst: str
    body: str


def search(query: SearchQuery) -> SearchResults:
    """Return the articles for readers in which every word begins a word, best first."""
    if not query.words:
        return SearchResults(query=query, hits=(), total=0, leaves=0)
    found = []
    for article in _articles():
        text = _searchable(article)
        score = _score(text, query.words)
        if score:
            found.append((score, article.pk, text))
    found.sort(key=lambda hit: (-hit[0], -hit[1]))
    first = (query.leaf - 1) * HITS_A_LEAF
    hits = tuple(
        SearchHit(article_id=pk, score=score, snippet=_snippet(text, query.words))
        for score, pk, text in found[first : first + HITS_A_LEAF]
    )
    return SearchResults(
        query=query, hits=hits, total=len(found), leaves=-(-len(found) // HITS_A_LEAF)
    )


def _articles() -> Iterable[Any]:
    return Article.objects.for_readers().prefetch_related(
        "bylines__contributor", "interview__people", "topics"
    )


def _searchable(article: Any) -> Searchable:
    people = [byline.contributor.name for byline in article.bylines.all()]
    interview = getattr(article, "interview", None)
    if interview is not None:
        people += [f"{person.name} {person.role}" for person in interview.people.all()]
    return Searchable(
        title=f"{article.title} {article.kicker}",
        people=" · ".join(people),
        topics=" · ".join(f"{topic.title} {topic.synonyms}" for topic in article.topics.all()),
        standfirst=article.standfirst,
        body=_body_text(article),
    )


def _body_text(article: Any) -> str:
    blocks = shown_blocks(article, "web")
    return " ".join(" ".join(part.split()) for block in blocks for part in _texts(block))


def _texts(bound: Any) -> Iterator[str]:
    block: StructBlock = bound.block
    for name, child in block.child_blocks.items():
        if name not in SETTINGS:
            yield from child.get_searchable_content(bound.value[name])


def _score(text: Searchable, words: tuple[str, ...]) -> float:
    folded = {name: fold(getattr(text, name)) for name in WEIGHTS}
    total = 0.0
    for word in words:
        counts = {name: len(occurrences(field, (word,))) for name, field in folded.items()}
        if not any(counts.values()):
            return 0.0
        total += sum(WEIGHTS[name] * min(count, 5) for name, count in counts.items())
    return total


def _snippet(text: Searchable, words: tuple[str, ...]) -> str:
    for passage in (text.standfirst, text.body):
        if occurrences(fold(passage), words):
            return snippet_of(passage, words)
    return snippet_of(text.standfirst or text.body, words)
