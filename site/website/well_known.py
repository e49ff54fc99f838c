"""Answer at the addresses that robots, browsers and researchers ask without being told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page, require_safe

from magazine.models import Publication
from magazine.typography import typeset
from website.addresses import in_full
from website.inks import HOUSE_INKS, mix_inks
from website.pages import frame_of

# RFC 9116, 2.5.5: less than a year ahead.
SECURITY_DAYS = 180
PAPER = "#FFFFFF"
# The roots only: what lies below (articles' numbers, keys of private addresses) is told to nobody.
NOT_FOR_ROBOTS = (
    "/commentaire/",
    "/commenter/",
    "/imprimeur/",
    "/lettre/confirmer/",
    "/lettre/partir/",
    "/relecture/",
)
ICONS = (
    ("favicon.svg", "any", "image/svg+xml", "any"),
    ("icons/icon-192.png", "192x192", "image/png", "any"),
    ("icons/icon-512.png", "512x512", "image/png", "any"),
    ("icons/maskable-192.png", "192x192", "image/png", "maskable"),
    ("icons/maskable-512.png", "512x512", "image/png", "maskable"),
)


@require_safe
@conditional_page
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots where not to go, and where the sitemaps are."""
    kept_out = sorted([reverse("wagtailadmin_home"), reverse("search"), *NOT_FOR_ROBOTS])
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in kept_out),
        "",
        f"Sitemap: {in_full(reverse('sitemap'))}",
        f"Sitemap: {in_full(reverse('news_sitemap'))}",
    ]
    return _text(lines)


@require_safe
@conditional_page
def security(request: HttpRequest) -> HttpResponse:
    """Tell researchers where to report a weakness (RFC 9116); 404 while there is no address."""
    publication = frame_of(request).publication
    if publication is None or not publication.contact_mail:
        raise Http404
    # At midnight, so that it is the same text all day.
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    ends = today.astimezone(dt.UTC) + dt.timedelta(days=SECURITY_DAYS)
    first, second = get_language() or "fr", "en"
    lines = [
        f"Contact: mailto:{publication.contact_mail}",
        f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(dict.fromkeys([first, second]))}",
        f"Canonical: {in_full(reverse('security_txt'))}",
    ]
    return _text(lines)


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Lead password managers to where editors change their password."""
    return HttpResponseRedirect(reverse("wagtailadmin_account"))


@require_safe
@conditional_page
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the site to a browser that pins it to a screen."""
    publication = frame_of(request).publication
    inks = mix_inks(*HOUSE_INKS)
    data: dict[str, Any] = {
        "id": "/",
        "name": typeset(_named(publication)),
        "short_name": typeset(publication.title if publication else settings.WAGTAIL_SITE_NAME),
        "description": typeset(publication.motto) if publication else "",
        "lang": get_language(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "theme_color": inks.dark,
        "background_color": PAPER,
        "categories": ["magazines", "news"],
        "icons": [
            {"src": static(f"website/{name}"), "sizes": sizes, "type": kind, "purpose": purpose}
            for name, sizes, kind, purpose in ICONS
        ],
    }
    filled = {name: value for name, value in data.items() if value}
    return JsonResponse(
        filled, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask blindly to the drawn one."""
    return HttpResponseRedirect(static("website/icons/favicon.ico"))


def _named(publication: Publication | None) -> str:
    if publication is None:
        return settings.WAGTAIL_SITE_NAME
    return " · ".join(filter(None, [publication.title, publication.tagline]))


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
