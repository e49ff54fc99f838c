"""Turn a link to a page into an address, unless readers may not know of the page."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from magazine.models.articles import Article


def pages_for_readers(ids: Iterable[int]) -> dict[int, Page]:
    """Return, by id, those of the pages that a stranger may see on the web."""
    on_paper_only = Article.objects.filter(pk__in=ids).exclude(pk__in=Article.objects.for_readers())
    visible = Page.objects.live().public().filter(pk__in=ids)
    return visible.exclude(pk__in=on_paper_only).in_bulk()


class ReadersPageLink(PageLinkHandler):
    """A link to a page of the site; one to a draft or a private page is left as plain text."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        """Return the linked pages, None for each that a stranger may not see."""
        ids = [attrs.get("id") for attrs in attrs_list]
        visible = pages_for_readers([int(value) for value in ids if str(value).isdigit()])
        return [visible.get(int(value)) if str(value).isdigit() else None for value in ids]
