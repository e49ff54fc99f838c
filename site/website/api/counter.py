"""Stand between programs and the API's views: who may ask, how, and how long an answer keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from website.api.problems import not_found, problem

View = Callable[..., HttpResponse]

METHODS = "GET, HEAD, OPTIONS"
KEPT_SECONDS = 60
A_DAY = 24 * 3600


def open_to_all(view: View) -> View:
    """Let any origin read `view`, and none write; the answer carries its digest as ETag."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        return response

    return answer


def _answer(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    if request.method == "OPTIONS":
        return _preflight(request)
    if request.method not in ("GET", "HEAD"):
        refusal = problem("method-not-allowed", 405, f"Only {METHODS} are answered here.")
        refusal["Allow"] = METHODS
        return _kept(refusal)
    if "\x00" in request.path:
        return _kept(problem("bad-request", 400, "This address can't be read."))
    asked_for, request.method = request.method, "GET"
    try:
        response = view(request, *args, **kwargs)
    finally:
        request.method = asked_for
    response = _kept(response)
    if response.status_code != 200:
        return response
    response["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _kept(response: HttpResponse) -> HttpResponse:
    """Say how long the answer may be kept: errors not at all."""
    good = response.status_code < 400
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}" if good else "no-store"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _preflight(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    response["Access-Control-Max-Age"] = str(A_DAY)
    patch_vary_headers(response, ["Access-Control-Request-Headers"])
    return response


def no_such_address(request: HttpRequest) -> HttpResponse:
    """Answer for an address that the API doesn't have; one that only lacks its slash leads on."""
    if not request.path.endswith("/"):
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    return not_found(request)
