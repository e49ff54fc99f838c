"""Turn a link to a page into an address, unless readers may not know of the page."""

from typing import Any

from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from magazine.models.articles import Article


class ReadersPageLink(PageLinkHandler):
    """A link to a page of the site; one to a draft or a private page is left as plain text."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        """Return the linked pages, None for each that a stranger may not see."""
        ids = [attrs.get("id") for attrs in attrs_list]
        numbers = [int(value) for value in ids if str(value).isdigit()]
        on_paper_only = Article.objects.filter(pk__in=numbers).exclude(
            pk__in=Article.objects.for_readers()
        )
        visible = (
            Page.objects.live().public().filter(pk__in=numbers).exclude(pk__in=on_paper_only)
        ).in_bulk()
        return [visible.get(int(value)) if str(value).isdigit() else None for value in ids]
