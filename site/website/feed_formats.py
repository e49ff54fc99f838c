"""Write a feed as Atom (RFC 4287, pages by RFC 5005) or as JSON Feed 1.1."""

import datetime as dt
import json
from typing import IO, Any

from django.utils.feedgenerator import Atom1Feed, SyndicationFeed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

JSON_FEED = "https://jsonfeed.org/version/1.1"


class _Dated(SyndicationFeed):
    """A feed with nothing in it is as old as the magazine, and stays the same from now to then."""

    def latest_post_date(self) -> dt.datetime:
        """Return the newest date of an entry, else the day that the feed began."""
        return super().latest_post_date() if self.items else self.feed["started"]


class WholeTextAtom(_Dated, Atom1Feed):
    """Atom with every author, and the body of each article, not its summary alone."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Write the head of the feed, then its other leaves and the other format."""
        super().add_root_elements(handler)
        for rel, address in self.feed["leaves"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": address})
        handler.addQuickElement("icon", self.feed["icon"])

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Write an entry, then those who signed it, its source and its whole text."""
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", author["name"])
            handler.addQuickElement("uri", author["url"])
            handler.endElement("author")
        if item["original"]:
            handler.addQuickElement("link", "", {"rel": "via", "href": item["original"]})
        handler.addQuickElement("content", item["content"], {"type": "html"})


class WholeTextJson(_Dated):
    """JSON Feed 1.1; who paid, kind, section and issue stand under `_couture`."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: IO[bytes], encoding: str) -> None:
        """Write the whole feed as one JSON object."""
        feed = self.feed
        data = {
            "version": JSON_FEED,
            "title": feed["title"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "description": feed["subtitle"],
            "icon": feed["picture"],
            "favicon": feed["icon"],
            "language": feed["language"],
            "authors": [{"name": feed["author_name"], "url": feed["author_link"]}],
            "next_url": feed["leaves"].get("next"),
            "items": [self._item(item) for item in self.items],
        }
        text = json.dumps(_filled(data) | {"items": data["items"]}, ensure_ascii=False)
        outfile.write(text.encode(encoding))

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        data = {
            "id": item["unique_id"],
            "url": item["link"],
            "external_url": item["original"],
            "title": item["title"],
            "summary": item["summary"],
            "content_html": item["content"],
            "image": item["image"],
            "date_published": _moment(item["pubdate"]),
            "date_modified": _moment(item["updateddate"]),
            "authors": item["authors"],
            "tags": list(item["categories"]),
            "language": self.feed["language"],
            "_couture": item["extension"],
        }
        return _filled(data) | {"content_html": item["content"]}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}


def _moment(moment: dt.datetime | None) -> str | None:
    return rfc3339_date(moment) if moment else None
