"""Keep what the desk can show of a draft; website and press register how each of them sets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from wagtail.models import Revision

    from magazine.models import Article


@dataclass(frozen=True)
class Draft:
    """An article as one revision holds it; without a revision, as it stands in a form."""

    article: Article
    revision: Revision | None


@dataclass(frozen=True)
class PagePicture:
    """One paper page: its place from 1, its folio (“00” where unknown), and its size in pixels."""

    number: int
    folio: str
    side: Literal["recto", "verso"]
    width: int
    height: int


@dataclass(frozen=True)
class SetPages:
    """The paper pages of a draft as pictures, or why there are none.

    `digest` names the pictures; `remedy` says, in the reader's language, why they can't be
    made; `is_late` tells that the job takes longer than it should.
    """

    state: Literal["ready", "waiting", "refused"]
    digest: str = ""
    pages: tuple[PagePicture, ...] = ()
    remedy: str = ""
    is_late: bool = False
    place: str = ""


class Paper(Protocol):
    """What the press offers to those who show paper pages outside of the desk."""

    def pages(self, draft: Draft) -> SetPages:
        """Return the pages, asking for them where nobody did yet."""

    def picture(self, draft: Draft, digest: str, number: int) -> bytes | None:
        """Return one page as PNG; None where that draft has no such page."""


@dataclass(frozen=True)
class Preview:
    """One way to see a draft.

    `show` answers with a page of its own for a frame, in which nothing is asked about
    permissions: that is the caller's. `width` is the frame's true width in CSS pixels, 0 for as
    wide as there is room; `channels` are those of the articles that it can show.
    """

    code: str
    label: str
    order: int
    show: Callable[[HttpRequest, Draft], HttpResponse]
    channels: tuple[str, ...]
    width: int = 0
    while_typing: bool = True
    paper: Paper | None = None


_previews: dict[str, Preview] = {}


def register(preview: Preview) -> None:
    """Offer a preview under its code."""
    _previews[preview.code] = preview


def find(code: str) -> Preview | None:
    """Return the preview of that code."""
    return _previews.get(code)


def previews_of(article: Article) -> list[Preview]:
    """Return the previews that make sense for an article's channel, in order."""
    fitting = (each for each in _previews.values() if article.channel in each.channels)
    return sorted(fitting, key=lambda each: each.order)


def paper_of(article: Article) -> Paper | None:
    """Return what sets the article's paper pages; None for one that isn't printed."""
    return next((each.paper for each in previews_of(article) if each.paper), None)


def modes_of(article: Article) -> list[tuple[str, str]]:
    """Return code and label of what Wagtail's preview panel offers while somebody types."""
    return [(each.code, each.label) for each in previews_of(article) if each.while_typing]


def newest_draft(article: Article) -> Draft:
    """Return an article as it was last saved, published or not."""
    revision = article.latest_revision
    return Draft(revision.as_object() if revision else article, revision)


def show_while_typing(request: HttpRequest, article: Article, code: str) -> HttpResponse:
    """Answer Wagtail's preview panel, whose article stands in a form."""
    offered = previews_of(article)
    preview = next((each for each in offered if each.code == code), offered[0])
    return keep_private(preview.show(request, Draft(article, None)))


def keep_private(response: HttpResponse) -> HttpResponse:
    """Keep an answer that shows a draft out of caches, search engines and foreign frames."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["X-Frame-Options"] = "SAMEORIGIN"
    # Not “no-referrer”: the desk's forms would then come from nowhere, and be refused.
    response["Referrer-Policy"] = "same-origin"
    return response
