"""Publish the newest articles as an Atom feed, whole text."""

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator
from wagtail.models import Site

from magazine.models import Article, Publication
from magazine.rendering import render_body
from magazine.typography import typeset, typeset_html
from website.addresses import in_full, with_full_addresses

NEWEST = 30
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class WholeTextFeed(Atom1Feed):
    """Atom with the body of each article, not its summary alone."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Write an entry, then its whole text."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class Newest(Feed):
    """The newest articles that readers may see."""

    feed_type = WholeTextFeed

    def get_object(self, request: HttpRequest) -> Publication | None:
        return Publication.objects.filter(site=Site.find_for_request(request)).first()

    def title(self, publication: Publication | None) -> str:
        return publication.title if publication else settings.WAGTAIL_SITE_NAME

    def subtitle(self, publication: Publication | None) -> str:
        return _clean(publication.tagline) if publication else ""

    def link(self) -> str:
        return in_full("/")

    def feed_url(self) -> str:
        return in_full(reverse("feed"))

    def feed_guid(self) -> str:
        return in_full("/")

    def items(self) -> list[Article]:
        articles = Article.objects.for_readers().newest_first().with_signatures()
        return list(articles.prefetch_related("topics", "corrections")[:NEWEST])

    def item_title(self, item: Article) -> str:
        if item.is_paid:
            return _clean(f"{item.get_paid_mention_display()} · {item.title}")
        return _clean(item.title)

    def item_description(self, item: Article) -> str:
        return _clean(item.standfirst)

    def item_link(self, item: Article) -> str:
        return in_full(item.get_url() or "")

    def item_guid(self, item: Article) -> str:
        return in_full(reverse("short", args=[item.pk]))

    def item_author_name(self, item: Article) -> str | None:
        names = dict.fromkeys(byline.contributor.name for byline in item.bylines.all())
        return _clean(", ".join(names)) or None

    def item_pubdate(self, item: Article) -> dt.datetime | None:
        return item.shown_date

    def item_updateddate(self, item: Article) -> dt.datetime:
        return item.last_published_at or item.shown_date or timezone.now()

    def item_categories(self, item: Article) -> list[str]:
        return [topic.title for topic in item.topics.all()]

    def item_extra_kwargs(self, item: Article) -> dict[str, str]:
        """Return the whole text; a paid one opens with its mention and advertiser."""
        mention = ""
        if item.is_paid:
            told = f"{item.get_paid_mention_display()} · {item.advertiser}"
            mention = typeset_html(f"<p><strong>{escape(told)}</strong></p>")
        body = render_body(item, "feed")
        html = f"{mention}{body.html}"
        if body.notes:
            html += render_to_string("website/pieces/feed_notes.html", {"notes": body.notes})
        if corrections := item.corrections.all():
            told = {"corrections": corrections}
            html += render_to_string("website/pieces/feed_corrections.html", told)
        return {"content": NOT_IN_XML.sub("", with_full_addresses(html))}


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("", typeset(text))
