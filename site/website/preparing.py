"""Render pages before readers ask, so that every size of every picture is made by then."""

import logging
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.urls import resolve, reverse

from website.sitemaps import SITEMAPS

logger = logging.getLogger(__name__)


def prepare(addresses: Iterable[str]) -> int:
    """Render each path as a stranger would get it, and return how many there were to render.

    One that isn't there, or fails, is left to the day when somebody asks for it.
    """
    done = 0
    for address in addresses:
        match = resolve(address)
        try:
            response = match.func(_strangers_request(address), *match.args, **match.kwargs)
            if hasattr(response, "render"):
                response.render()
        except Http404:
            continue
        except Exception:
            logger.exception("%s could not be prepared", address)
            continue
        done += 1
    return done


def every_address() -> list[str]:
    """Return the paths of all that the sitemap names, and of the feed."""
    maps = [made() for made in SITEMAPS.values()]
    return [*(each.location(item) for each in maps for item in each.items()), reverse("feed")]


def _strangers_request(address: str) -> HttpRequest:
    request = HttpRequest()
    base = urlsplit(settings.BASE_URL)
    request.method = "GET"
    request.path = request.path_info = address
    request.META = {
        "SERVER_NAME": base.hostname or "localhost",
        "SERVER_PORT": str(base.port or (443 if base.scheme == "https" else 80)),
        "HTTP_HOST": base.netloc,
        "wsgi.url_scheme": base.scheme,
    }
    request.user = AnonymousUser()
    return request
