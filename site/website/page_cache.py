"""Keep whole pages for readers who aren't logged in, and say what browsers and caches may do."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)
from django.utils.http import http_date
from wagtail.models import Revision

from magazine.privacy import restrictions_asked_once
from magazine.shown import noting
from website.keeping import (
    Changes,
    Kept,
    cache_may_fail,
    is_right,
    keep,
    keeps,
    key_of,
    look_closely,
    look_up,
)
from website.page_things import is_kept, known_query, things_of_view
from website.pieces import Pieces
from website.purging import page_name, remember

Answer = Callable[[HttpRequest], HttpResponseBase]

# Seconds for which others wait for the one who makes a page, then make it themselves.
PATIENCE = 2.0
PAUSE = 0.02
# A page is made anew by one reader when so much of its time is left, while others get it as it is.
RENEWED_WITH = 0.1
LONGEST_ADDRESS = 500
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
# As Django's own middleware reads it; and how hard it packs.
GZIP, PACKED = re.compile(r"\bgzip\b"), 6
OWN_HEADERS = {"content-type", "content-language", "link", "access-control-allow-origin"}


@dataclass(frozen=True)
class Answered:
    """A page as it is kept: its bytes, plain and packed, its headers, its tag, when it changed.

    Packed once and for all readers: it holds no secret that its length could tell.
    """

    content: bytes
    packed: bytes
    headers: tuple[tuple[str, str], ...]
    tag: str
    changed_at: int | None


class KeptPages:
    """The innermost middleware: what it hands out is as bare as a view's own answer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from what is kept, or have the page made and keep it."""
        address = _address_of(request)
        if address is None:
            return _for_one_reader(request, self.get_response(request))
        name = page_name(address)
        kept, changes, former = look_closely(name)
        # What was never kept may be an address that somebody tries: nobody waits for it.
        if former is None:
            return self._make(request, address, changes, former)
        if kept is None or _is_ageing(kept):
            lock = f"website:making:{key_of(name)}"
            if _may_make(lock):
                try:
                    return self._make(request, address, changes, former)
                finally:
                    with cache_may_fail():
                        cache.delete(lock)
            kept = kept or _wait_for(name, lock)
        if kept is None:
            return self._make(request, address, changes, former)
        return _answer(request, kept)

    def _make(
        self, request: HttpRequest, address: str, changes: Changes, former: Kept | None
    ) -> HttpResponseBase:
        # What isn't part of the address is no part of the page: it is hidden while it is made.
        method, query = request.method, request.META.get("QUERY_STRING", "")
        request.method, request.META["QUERY_STRING"] = "GET", known_query(request)
        request.__dict__.pop("GET", None)
        pieces = request.kept_pieces = Pieces(address)
        asked = {header: request.META.pop(header, None) for header in CONDITIONS}
        try:
            with noting() as shown, restrictions_asked_once():
                response = self.get_response(request)
                if _may_be_kept(request, response):
                    shown.add(things_of_view(request, response))
        finally:
            request.method, request.META["QUERY_STRING"] = method, query
            request.META.update({name: value for name, value in asked.items() if value})
            request.__dict__.pop("GET", None)
        if not _may_be_kept(request, response):
            return _for_one_reader(request, response)
        pieces.keep()
        if settings.WAGTAILFRONTENDCACHE:
            shown.add(set(), _next_publication())
        kept = keep(page_name(address), _as_kept(response, former), shown, changes)
        remember(address)
        return _answer(request, kept, is_sure=not settings.WAGTAILFRONTENDCACHE or is_right(kept))


def _address_of(request: HttpRequest) -> str | None:
    """Return the address under which the answer to a request is kept, None for what never is."""
    if not keeps() or request.method not in ("GET", "HEAD") or _is_somebody(request):
        return None
    try:
        if not is_kept(resolve(request.path_info)):
            return None
        host = request.get_host()
    except (Resolver404, DisallowedHost):
        return None
    query = known_query(request)
    address = f"{request.scheme}://{host}{request.get_full_path().partition('?')[0]}"
    address += f"?{query}" if query else ""
    return address if len(address) <= LONGEST_ADDRESS else None


def _is_somebody(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers


def _may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    said = response.get("Cache-Control", "")
    return (
        response.status_code == 200
        and isinstance(response, HttpResponse)
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not any(word in said for word in ("private", "no-store"))
        and not getattr(request, "is_preview", False)
    )


def _as_kept(response: HttpResponse, former: Kept | None) -> Answered:
    """Return the page with its tag; one that is as it was keeps the date of its last change.

    A page that changed twice in one second goes without a date: only its tag tells them apart.
    """
    tag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    headers = tuple((n, v) for n, v in response.items() if n.lower() in OWN_HEADERS)
    changed_at: int | None = int(time.time())
    if former is not None:
        if former.value.tag == tag:
            changed_at = former.value.changed_at
        elif former.made_at.timestamp() >= changed_at:
            changed_at = None
    packed = gzip.compress(response.content, PACKED, mtime=0)
    return Answered(response.content, packed, headers, tag, changed_at)


def _answer(request: HttpRequest, kept: Kept, *, is_sure: bool = True) -> HttpResponseBase:
    page = kept.value
    takes_packed = GZIP.search(request.headers.get("Accept-Encoding", ""))
    content = page.packed if takes_packed else page.content
    response = HttpResponse(content)
    if takes_packed:
        response["Content-Encoding"] = "gzip"
    for name, value in page.headers:
        response[name] = value
    response["ETag"] = page.tag
    if page.changed_at is not None:
        response["Last-Modified"] = http_date(page.changed_at)
    response["Content-Length"] = str(len(content))
    _say_how_long(response, kept.until if is_sure else None)
    if request.method == "HEAD":
        response.content = b""
        response["Content-Length"] = str(len(content))
    return get_conditional_response(
        request, etag=page.tag, last_modified=page.changed_at, response=response
    )


def _say_how_long(response: HttpResponse, until: dt.datetime | None) -> None:
    """Let browsers ask each time; let a cache in front, that is told of changes, keep the page."""
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    left = math.floor((until - timezone.now()).total_seconds()) if until else 0
    if settings.WAGTAILFRONTENDCACHE and left > 0:
        patch_cache_control(response, public=True, max_age=0, s_maxage=left, must_revalidate=True)
    else:
        patch_cache_control(response, public=True, no_cache=True)


def _for_one_reader(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Keep an answer out of all caches, or have it asked for each time, unless it says itself."""
    if response.has_header("Cache-Control"):
        return response
    if _is_somebody(request) or response.cookies or getattr(request, "is_preview", False):
        add_never_cache_headers(response)
        del response["Expires"]
    else:
        patch_cache_control(response, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
    return response


def _is_ageing(kept: Kept) -> bool:
    whole = (kept.until - kept.made_at).total_seconds()
    return (kept.until - timezone.now()).total_seconds() < whole * RENEWED_WITH


def _may_make(lock: str) -> bool:
    """Tell whether nobody else makes the page, and note that somebody does now."""
    with cache_may_fail():
        return cache.add(lock, True, PATIENCE * 5)
    return True


def _wait_for(name: str, lock: str) -> Kept | None:
    """Return the page that somebody else is making, None if it doesn't come in time.

    One that is gone comes never: whoever made the answer lets the lock go and keeps nothing.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        time.sleep(PAUSE)
        is_made = True
        with cache_may_fail():
            is_made = cache.get(lock) is None
        kept, _changes = look_up(name)
        if kept is not None or is_made:
            return kept
    return None


def _next_publication() -> dt.datetime | None:
    due = Revision.objects.filter(approved_go_live_at__gt=timezone.now())
    return due.aggregate(at=Min("approved_go_live_at"))["at"]
