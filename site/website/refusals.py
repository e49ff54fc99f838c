"""Refuse in the site's clothes, and ask the database nothing for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from website.page_things import is_kept

TOLD = {
    400: (_("We can’t read what you sent."), _("It came in a form that no browser makes.")),
    403: (_("This counter isn’t yours."), _("You may not do that here.")),
    405: (_("Not at this counter."), _("This page is for reading: it takes nothing.")),
}
WITHOUT_TOKEN = _(
    "The page you sent had grown old, or your browser takes no cookies: go back one "
    "page, load it again, and send it once more."
)
TAKEN = {"GET", "HEAD", "OPTIONS"}
PROGRAMS = ("/api/", "/admin/")


def refusal(status: int, words: str = "") -> HttpResponse:
    """Return the page of a refusal; `words` say more than its usual sentence."""
    title, usual = TOLD[status]
    told = {"number": status, "title": title, "words": words or usual}
    return HttpResponse(render_to_string("website/plain.html", told), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 without looking at the request again: it may be what was wrong."""
    return refusal(400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return refusal(403)


def without_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that came without its token."""
    return refusal(403, WITHOUT_TOKEN)


class DressedRefusals:
    """Dress the empty answer to a method that a page doesn't take."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the view does, 405 with the page of it; methods allowed stay named."""
        if request.method not in TAKEN and _is_for_reading(request):
            return self._dressed("GET, HEAD, OPTIONS")
        response = self.get_response(request)
        bare = response.status_code == 405 and not getattr(response, "content", b"")
        if not bare or request.path.startswith(PROGRAMS):
            return response
        return self._dressed(response.get("Allow", "GET, HEAD"))

    def _dressed(self, methods: str) -> HttpResponse:
        dressed = refusal(405)
        dressed["Allow"] = methods
        return dressed


def _is_for_reading(request: HttpRequest) -> bool:
    """Tell whether an address takes nothing; found before its token is asked for."""
    try:
        return is_kept(resolve(request.path_info))
    except Resolver404:
        return False
