"""Tell browsers what a reader's page may load: the site's own files, pictures from their store."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "Content-Security-Policy"
# Wagtail's desk and the API's own pages bring what they need themselves.
ELSEWHERE = ("/admin/", "/api/")


class ReadersPolicy:
    """A second lock behind the escaping of all that readers write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the policy to a page that has none of its own."""
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and not response.has_header(HEADER) and not request.path.startswith(ELSEWHERE):
            response[HEADER] = policy(_store())
        return response


def policy(store: str = "") -> str:
    """Return the policy; `store` is the origin of the pictures, empty where the site has them."""
    return (
        f"default-src 'self'; img-src 'self' data: {store}".rstrip() + "; "
        # The inks of an issue stand on its elements.
        "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'self'"
    )


@cache
def _store() -> str:
    place = urlsplit(default_storage.url("picture"))
    return f"{place.scheme}://{place.netloc}" if place.netloc else ""
