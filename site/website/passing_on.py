"""Offer plain links by which readers pass an article on: no script, no counter, no third party."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from magazine.models import Article
from magazine.typography import typeset
from website.addresses import in_full


@dataclass(frozen=True)
class WayToShare:
    """A link that opens a message with the article's address in it."""

    label: str
    address: str
    leaves: bool = True


def ways_to_share(article: Article) -> tuple[WayToShare, ...]:
    """Return the ways in the order in which they stand, the reader's own mail first.

    A draft has none: its guests pass nothing on.
    """
    if not article.live or not article.url:
        return ()
    title, address = typeset(article.title), in_full(article.url)
    both = f"{title}\n{address}"
    linkedin = _with("https://www.linkedin.com/sharing/share-offsite/", url=address)
    mail = f"mailto:?subject={quote(title)}&body={quote(both)}"
    return (
        WayToShare(_("By mail"), mail, leaves=False),
        WayToShare("LinkedIn", linkedin),
        WayToShare("Bluesky", _with("https://bsky.app/intent/compose", text=both)),
        WayToShare("WhatsApp", _with("https://wa.me/", text=both)),
    )


def _with(place: str, **fields: str) -> str:
    return f"{place}?{urlencode(fields, quote_via=quote)}"
