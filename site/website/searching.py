"""Answer readers who search: the page, what it offers while they type, what they follow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from magazine.models import Article
from magazine.search.answering import search as find
from magazine.search.asked import note_followed, note_question
from magazine.search.completing import Completion, complete
from magazine.search.engines.base import EngineError
from magazine.search.query import (
    FACETS,
    LONGEST_FACET_VALUE,
    MOST_FACET_VALUES,
    QueryError,
    SearchQuery,
    Sort,
    read_query,
)
from magazine.search.results import SearchResults
from magazine.typography import typeset
from website.facets import TITLES
from website.search_page import facet_address, found_page, topics_with_articles

KEPT_SECONDS = 60
# Programs that say so; nobody else is known by what their browser calls itself.
PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|monitor|curl|wget|python|http-?client", re.IGNORECASE
)


class CountedResponse(HttpResponse):
    """An answer whose question is counted once the reader has it: counting never holds it up."""

    def __init__(self, content: str, results: SearchResults) -> None:
        super().__init__(content)
        self.results = results

    def close(self) -> None:
        """Count, while the connection to the database is still ours."""
        note_question(self.results.query.text, self.results.total)
        super().close()


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what a reader's words and filters find."""
    try:
        query = _read(request)
        results = find(query)
    except QueryError as error:
        return _helpless(request, str(error), 400)
    except EngineError:
        said = _("The search doesn’t answer just now. Nothing is lost: try again in a moment.")
        return _helpless(request, said, 503)
    page = found_page(results)
    needs_help = not page.rows and not page.following
    content = render_to_string(
        "website/search.html",
        {
            "text": query.text,
            "sort": _sort_in_form(query.sort),
            "page": page if query.asks_something else None,
            "said": _without_a_word() if query.text and not query.asks_something else "",
            "topics": topics_with_articles() if needs_help else [],
        },
        request,
    )
    if _is_first_question(request, query):
        return CountedResponse(content, results)
    return HttpResponse(content)


def _without_a_word() -> str:
    return _("There is no word to look for in this: write one, without a sign before it.")


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Offer names and titles for what is being typed, as JSON."""
    try:
        offered = complete(read_query(request.GET.get("q", "")))
    except (QueryError, EngineError):
        offered = ()
    rows = [_offer(request, each) for each in offered]
    told = ngettext("%(count)d suggestion", "%(count)d suggestions", len(rows))
    response = JsonResponse(
        {"told": told % {"count": len(rows)} if rows else _("No suggestion"), "rows": rows},
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response["X-Robots-Tag"] = "noindex"
    return response


@csrf_exempt
@require_POST
def followed(request: HttpRequest) -> HttpResponse:
    """Count that somebody went from a question to an article; the answer is always the same."""
    key = request.POST.get("article", "")
    is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if is_ours and _is_reader(request) and re.fullmatch(r"[0-9]{1,18}", key):
        note_followed(_shown(request.POST.get("q", "")), int(key))
    return HttpResponse(status=204)


def _read(request: HttpRequest) -> SearchQuery:
    """Return the question; what else stands in the address (`utm_source`) says nothing."""
    return read_query(
        request.GET.get("q", ""),
        {name: request.GET.getlist(name) for name in FACETS if name in request.GET},
        sort=request.GET.get("sort", ""),
        cursor=request.GET.get("cursor", ""),
    )


def _helpless(request: HttpRequest, said: str, status: int) -> HttpResponse:
    """Say what is wrong in the site's clothes, with the form as it was sent."""
    context: dict[str, Any] = {
        "text": _shown(request.GET.get("q", "")),
        "said": said,
        "kept": list(_kept(request)),
        "topics": topics_with_articles(),
    }
    content = render_to_string("website/search.html", context, request)
    response = HttpResponse(content, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _kept(request: HttpRequest) -> Iterable[tuple[str, str]]:
    """Return the filters that were sent, as far as they can be read."""
    sent = [(name, value) for name in FACETS for value in request.GET.getlist(name)]
    readable = [
        (name, value)
        for name, value in sent
        if value and value.isprintable() and len(value) <= LONGEST_FACET_VALUE
    ]
    return readable[:MOST_FACET_VALUES]


def _shown(text: str) -> str:
    """Return a text without what can't be shown, in one line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _sort_in_form(sort: Sort) -> str:
    return "" if sort is Sort.RELEVANCE else sort.value


def _is_first_question(request: HttpRequest, query: SearchQuery) -> bool:
    """Tell whether somebody asks this question anew: not a further leaf, filter or order of it."""
    return (
        request.method == "GET"
        and bool(query.text)
        and not query.facets
        and query.cursor is None
        and query.sort is Sort.RELEVANCE
        and _is_reader(request)
    )


def _is_reader(request: HttpRequest) -> bool:
    """Tell whether a reader seems to ask, here and now.

    No program, no browser in advance of its user, and nobody who is logged in: editors try out.
    """
    name = request.headers.get("User-Agent", "")
    is_editor = settings.SESSION_COOKIE_NAME in request.COOKIES
    return bool(name) and not is_editor and not PROGRAM.search(name) and not _is_in_advance(request)


def _is_in_advance(request: HttpRequest) -> bool:
    purpose = request.headers.get("Sec-Purpose") or request.headers.get("Purpose", "")
    return "prefetch" in purpose or "prerender" in purpose


def _offer(request: HttpRequest, completion: Completion) -> dict[str, str]:
    article: Article | None = completion.article
    if article is not None:
        return {
            "label": typeset(completion.label),
            "kind": typeset(str(article.kind_label)),
            "address": article.get_url(request) or "",
        }
    return {
        "label": typeset(completion.label),
        "kind": str(TITLES[completion.facet]),
        "address": facet_address(completion.facet, completion.value),
    }
