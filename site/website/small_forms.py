"""Guard the small pages that take a form: small bodies only, a token, kept by nobody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
# A comment of the longest, each sign of it four bytes written as twelve, and all the rest.
MOST_BYTES = 64 * 1024


class TokenNoted(CsrfViewMiddleware):
    """Django's own check; what it refuses reaches the view, which says so beside the form."""

    def _reject(self, request: HttpRequest, reason: str) -> None:
        request.token_refused = reason


noting_token = decorator_from_middleware(TokenNoted)


def small_form(view: View) -> View:
    """Refuse large and broken bodies before they are read; let nobody keep the answer.

    The view finds `request.token_refused` set where the CSRF token is missing or wrong, and must
    then do nothing but show the form again.
    """
    guarded = noting_token(view)

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _refusal(request) or guarded(request, *args, **kwargs)
        return keep_out(response)

    return answer


def keep_out(response: HttpResponse) -> HttpResponse:
    """Have an answer kept by no cache and no search engine."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if request.method != "POST":
        return None
    written = request.META.get("CONTENT_LENGTH") or "0"
    if not written.isdecimal() or int(written) > MOST_BYTES:
        # The body stays unread: the connection can't be used again.
        response = render(request, "website/refused.html", {"is_too_long": True}, status=413)
        response["Connection"] = "close"
        return response
    try:
        fields = request.POST
    except (SuspiciousOperation, BadRequest, MultiPartParserError):
        fields = None
    if fields is None or request.FILES:
        return render(request, "website/refused.html", {"is_too_long": False}, status=400)
    return None
