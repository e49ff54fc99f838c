"""List for search engines every address that readers may see."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

from magazine.models import Article, Contributor, Home, Issue, IssueArchive, Section, Topic


class HouseSitemap(Sitemap):
    """Addresses under the one by which the site is known, whatever host was asked."""

    @property
    def protocol(self) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.BASE_URL).netloc


class Pages(HouseSitemap):
    """Articles, unless their original elsewhere is the canonical one; issues; sections; home."""

    def items(self) -> list[Page]:
        fixed = Page.objects.live().public().type(Home, Section, IssueArchive).order_by("path")
        articles = Article.objects.for_readers().filter(provenance_is_canonical=False)
        return [
            *fixed,
            *Issue.objects.for_readers().newest_first(),
            *articles.newest_first(),
        ]

    def location(self, item: Page) -> str:
        return urlsplit(item.get_url() or "").path or "/"

    def lastmod(self, item: Page) -> dt.datetime | None:
        return item.last_published_at


class Directory(HouseSitemap):
    """People and topics with at least one article for readers, and the legal notice."""

    def items(self) -> list[str]:
        people = _with_articles(Contributor.objects, "bylines__article__in")
        topics = _with_articles(Topic.objects, "articles__in")
        return [
            *(person.get_absolute_url() for person in people),
            *(topic.get_absolute_url() for topic in topics),
            reverse("legal"),
        ]

    def location(self, item: str) -> str:
        return item


def _with_articles(things: Any, lookup: str) -> QuerySet:
    return things.filter(**{lookup: Article.objects.for_readers()}).distinct()


SITEMAPS = {"pages": Pages, "directory": Directory}
