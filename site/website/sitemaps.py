"""List for search engines every address that readers may see, one map for each sort of page."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as maps
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page

from magazine.models import Article, Contributor, Issue, Organisation, Section, Topic
from magazine.models.articles import ArticleQuerySet
from website.addresses import in_full
from website.pages import frame_of

NEWS_DAYS = 2
# Google News reads no more of a map.
MOST_NEWS = 1000


class HouseSitemap(Sitemap):
    """Addresses under the one by which the site is known, whatever host was asked."""

    @property
    def protocol(self) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.BASE_URL).netloc

    def location(self, item: Any) -> str:
        return item.get_absolute_url()

    def lastmod(self, item: Any) -> dt.datetime | None:
        return item.changed


class PageSitemap(HouseSitemap):
    """Pages of Wagtail's tree."""

    def __init__(self) -> None:
        # Wagtail notes here where the site begins, and asks for it once, not once a page.
        self.noted = HttpRequest()

    def location(self, item: Page) -> str:
        parts = item.get_url_parts(self.noted)
        return (parts and parts[2]) or "/"

    def lastmod(self, item: Page) -> dt.datetime | None:
        return item.last_published_at


def _canonical_here() -> ArticleQuerySet:
    """Return what readers may see, but for texts whose canonical original is elsewhere."""
    return Article.objects.for_readers().filter(provenance_is_canonical=False)


class Articles(PageSitemap):
    """Articles, the newest first."""

    def items(self) -> QuerySet:
        return _canonical_here().newest_first().defer("body")


class Issues(PageSitemap):
    """Released issues; one changes with the articles that it lists."""

    def items(self) -> QuerySet:
        return _dated(Issue.objects.for_readers(), "entries__article").newest_first()

    def lastmod(self, item: Issue) -> dt.datetime | None:
        return _latest(item.changed, item.last_published_at)


class Sections(PageSitemap):
    """Sections; one changes with the articles that it lists."""

    def items(self) -> list[Section]:
        sections = list(Section.objects.live().public().order_by("path"))
        readers = Article.objects.for_readers()
        for section in sections:
            newest = readers.in_section(section).aggregate(at=Max("last_published_at"))
            section.changed = newest["at"]
        return sections

    def lastmod(self, item: Section) -> dt.datetime | None:
        return _latest(item.changed, item.last_published_at)


class Topics(HouseSitemap):
    """Topics of at least one article for readers."""

    def items(self) -> QuerySet:
        return _used(Topic.objects, "articles").order_by("pk")


class Contributors(HouseSitemap):
    """People who signed at least one article for readers."""

    def items(self) -> QuerySet:
        return _used(Contributor.objects, "bylines__article").order_by("pk")


class Organisations(HouseSitemap):
    """Organisations that at least one case study or interview for readers is about."""

    def items(self) -> QuerySet:
        readers = Article.objects.for_readers()
        case, talk = "case_studies__{}", "interviewed_people__interview__{}"
        within = [Q(**{way.format("in"): readers}) for way in (case, talk)]
        cases, talks = (
            Max(way.format("last_published_at"), filter=public)
            for way, public in zip((case, talk), within, strict=True)
        )
        rows = Organisation.objects.annotate(case=cases, talk=talks)
        return rows.filter(Q(case__isnull=False) | Q(talk__isnull=False)).order_by("pk")

    def lastmod(self, item: Organisation) -> dt.datetime | None:
        return _latest(item.case, item.talk)


class Pages(PageSitemap):
    """Home, archive, and whatever other page the tree holds for readers."""

    def items(self) -> QuerySet:
        others = Page.objects.live().public().filter(depth__gt=1).not_type(Article, Issue, Section)
        return others.order_by("path").specific()


class Fixed(HouseSitemap):
    """Addresses that are no page of the tree."""

    def items(self) -> list[str]:
        return [reverse(name) for name in ("legal", "letter")]

    def location(self, item: str) -> str:
        return item

    def lastmod(self, item: str) -> None:
        return None


class News(PageSitemap):
    """Articles of the last two days, as Google News wants them; nothing that was paid for."""

    limit = MOST_NEWS

    def items(self) -> QuerySet:
        now = timezone.now()
        shown = Coalesce("published_at", "first_published_at")
        articles = _canonical_here().filter(advertiser="").annotate(shown=shown)
        recent = articles.filter(shown__gt=now - dt.timedelta(days=NEWS_DAYS), shown__lte=now)
        return recent.newest_first().defer("body")[:MOST_NEWS]


SITEMAPS: dict[str, type[HouseSitemap]] = {
    "pages": Pages,
    "sections": Sections,
    "issues": Issues,
    "articles": Articles,
    "topics": Topics,
    "contributors": Contributors,
    "organisations": Organisations,
    "fixed": Fixed,
}


@require_safe
@cache_control(public=True, no_cache=True)
@conditional_page
def index(request: HttpRequest) -> HttpResponse:
    """List the maps that name something, the news included while there are any."""
    filled = {name: each for name, each in SITEMAPS.items() if each().items()}
    response = maps.index(request, filled, sitemap_url_name="sitemap_of")
    listed = response.context_data["sitemaps"]
    for each in listed:
        parts = urlsplit(each.location)
        each.location = in_full(parts.path + (f"?{parts.query}" if parts.query else ""))
    news = News()
    if news.items():
        where = in_full(reverse("news_sitemap"))
        listed.append(maps.SitemapIndexItem(where, news.get_latest_lastmod()))
    return response


@require_safe
@cache_control(public=True, no_cache=True)
@conditional_page
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """List the addresses of one sort; an unknown sort is a 404."""
    return maps.sitemap(request, SITEMAPS, section)


@require_safe
@cache_control(public=True, no_cache=True)
@conditional_page
def news_sitemap(request: HttpRequest) -> TemplateResponse:
    """List what was published in the last two days, with title and date."""
    response = maps.sitemap(request, {"news": News}, template_name="website/sitemap_news.xml")
    publication = frame_of(request).publication
    response.context_data |= {
        "name": publication.title if publication else settings.WAGTAIL_SITE_NAME,
        "language": get_language(),
    }
    return response


def _used(things: Any, way: str) -> QuerySet:
    return _dated(things, way).filter(changed__isnull=False)


def _dated(things: Any, way: str) -> QuerySet:
    """Add, as `changed`, when an article for readers that hangs on a thing changed last."""
    public = Q(**{f"{way}__in": Article.objects.for_readers()})
    return things.annotate(changed=Max(f"{way}__last_published_at", filter=public))


def _latest(*moments: dt.datetime | None) -> dt.datetime | None:
    return max(filter(None, moments), default=None)
