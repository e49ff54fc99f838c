"""Answer a search with the same hits, facets and counts as the readers' page."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Query, Router

from magazine.models import Article
from magazine.search.answering import search as find
from magazine.search.query import FACETS, SearchQuery, read_query
from magazine.search.results import SearchHit
from website.api import found, schemas
from website.api.parameters import SearchQuestion, refuse_unknown
from website.api.serialise import summarise_articles
from website.api.texts import absolute, plain
from website.facets import TITLES, label_of

router = Router(tags=["search"])


@router.get(
    "/",
    url_name="search",
    operation_id="search",
    summary="Articles that answer a question",
    response={200: found.Found, 400: schemas.Problem, 503: schemas.Problem},
)
def search(
    request: HttpRequest, response: HttpResponse, asked: Query[SearchQuestion]
) -> found.Found:
    """Articles that hold the words, best first, with passages and facets. Asking nothing, nothing.

    Filters may be repeated; a value that nothing public has is no mistake and finds nothing.
    """
    refuse_unknown(request, SearchQuestion.model_fields, repeatable=FACETS)
    results = find(_read(asked))
    # In the head: two answers of the same content have the same ETag.
    response["Server-Timing"] = f"search;dur={results.milliseconds}"
    address = absolute(request.path, settings.BASE_URL)
    return found.Found(
        count=results.total,
        next=f"{address}?{_following(results.query, results.cursor)}" if results.cursor else None,
        results=_hits(results.hits),
        facets=[
            found.Facet(
                name=facet.name,
                label=str(TITLES[facet.name]),
                values=[
                    found.FacetValue(
                        value=value.value,
                        label=plain(label_of(facet.name, value)),
                        count=value.count,
                        chosen=value.is_chosen,
                    )
                    for value in facet.values
                ],
            )
            for facet in results.facets
        ],
        suggestion=results.suggestion,
        nearly=[found.Nearly(typed=near.typed, used=list(near.used)) for near in results.nearly],
        asked=results.asked,
        needed=results.needed,
        engine=results.engine,
        fallback=results.is_fallback,
        behind=results.behind,
    )


def _read(asked: SearchQuestion) -> SearchQuery:
    facets = {name: getattr(asked, name) for name in FACETS}
    # Problems are told in English, like all the API's.
    with translation.override("en"):
        return read_query(asked.q, facets, sort=asked.sort, cursor=asked.cursor, size=asked.limit)


def _following(query: SearchQuery, cursor: str) -> str:
    asked = [(name, value) for name, values in query.facets for value in values]
    asked += [("q", query.text), ("sort", query.sort.value), ("limit", query.size)]
    return urlencode([*asked, ("cursor", cursor)])


def _hits(hits: Sequence[SearchHit]) -> list[found.Hit]:
    """Return the hits, in their order, with the articles' summaries."""
    ids = [hit.article_id for hit in hits]
    articles = Article.objects.for_readers().filter(pk__in=ids)
    fetched = articles.with_signatures().prefetch_related("topics")
    summaries = {each.id: each for each in summarise_articles(fetched, settings.BASE_URL)}
    return [
        found.Hit(
            **dict(summaries[hit.article_id]),
            title_html=hit.title,
            passages=[
                found.Passage(
                    html=passage.html,
                    kind=passage.kind,
                    anchor=passage.anchor,
                    url=f"{summaries[hit.article_id].url}{passage.fragment}",
                )
                for passage in hit.passages
                if passage.html
            ],
            pinned=hit.is_pinned,
        )
        for hit in hits
        if hit.article_id in summaries
    ]
