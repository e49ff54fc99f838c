"""Find a page by its whole path at once, where Wagtail goes down the tree step by step."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Page, Site, get_page_models
from wagtail.url_routing import RouteResult


class DirectRouting:
    """Hand Wagtail's view the page that it would have found; it goes on as ever from there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request through: only its view is looked at."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Look the page up before Wagtail's view is called."""
        match = request.resolver_match
        if match is not None and match.view_name == "wagtail_serve" and _pages_route_plainly():
            path = args[0] if args else kwargs.get("path", "")
            # Wagtail's own place for a route that is known; a live page is all it looks for.
            request._wagtail_route_for_request = _route(request, path)  # noqa: SLF001


def _route(request: HttpRequest, path: str) -> RouteResult | None:
    site = Site.find_for_request(request)
    if site is None:
        return None
    path = "".join(f"{each}/" for each in path.split("/") if each)
    page = Page.objects.filter(live=True, url_path=f"{site.root_page.url_path}{path}").first()
    return RouteResult(page.specific) if page else None


@lru_cache(maxsize=1)
def _pages_route_plainly() -> bool:
    """Tell whether no kind of page answers for addresses below its own."""
    return all(model.route is Page.route for model in get_page_models())
