"""Say on which things the page of each view depends, beside the objects that it fetched."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from wagtail.models import Page

from magazine.models import Article, Home, Issue, Section

# Changes with anything that readers see: what isn't known better is kept until then.
ANYTHING = "anything"
# Views whose pages are kept. Any other is made for each reader: what is new is safe by default.
KEPT_VIEWS = {
    *("wagtail_serve", "contributor", "topic", "organisation", "legal"),
    *("robots", "news_sitemap", "manifest", "security_txt"),
}
# Pages that depend on less than anything: an article on its neighbours, a section on its articles.
PAGES: dict[type[Page], tuple[str, ...]] = {
    Article: (),
    Section: (),
    Issue: ("issues",),
    Home: ("articles",),
}
VIEWS = {"contributor": ("pastpiece",), "topic": ()}
KEPT_BEGINNINGS = ("feed", "sitemap")
# Parameters of an address that give another page; all others are no part of what is kept.
LEAVES = "page"
MOST_FIGURES = 3


def is_kept(match: ResolverMatch) -> bool:
    """Tell whether the pages of a view are kept."""
    name = match.view_name or ""
    return name in KEPT_VIEWS or name.startswith(KEPT_BEGINNINGS)


def known_query(request: HttpRequest) -> str:
    """Return what of an address's query gives another page, in one way of writing."""
    written = request.META.get("QUERY_STRING", "")
    for pair in written[:2000].split("&"):
        name, _equals, value = pair.partition("=")
        number = leaf_number(value) if name == LEAVES else None
        if number is not None:
            return f"{LEAVES}={number}"
    return ""


def leaf_number(written: str) -> int | None:
    """Return the number of a leaf as an address asks for it, None for anything odd."""
    is_number = written.isascii() and written.isdecimal() and len(written) <= MOST_FIGURES
    return int(written) if is_number else None


def things_of_view(request: HttpRequest, response: HttpResponseBase) -> set[str]:
    """Return the lists that a page was made of, where no query of `Article` noted them."""
    page = (getattr(response, "context_data", None) or {}).get("page")
    for kind, things in PAGES.items():
        if isinstance(page, kind):
            return set(things)
    match = request.resolver_match
    return set(VIEWS.get(match.view_name if match else "", (ANYTHING,)))
