"""Gather what the head of a page tells machines: canonical address, sharing, feeds, JSON-LD."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from magazine.models import (
    Article,
    Contributor,
    Home,
    Issue,
    Organisation,
    PastIssue,
    Picture,
    Section,
    Topic,
)
from magazine.typography import typeset
from website import structured_data, structured_house
from website.addresses import in_full
from website.lists import AUTHORS
from website.page_things import LEAVES, leaf_number
from website.pages import Frame, Reading, frame_of
from website.sharing import Drawn, drawn_for

# What the address of a feed ends in, and its type.
FORMS = (("", "application/atom+xml"), ("_json", "application/feed+json"))


@dataclass(frozen=True)
class Image:
    """The picture that goes with a link to the page; sides in pixels."""

    address: str
    width: int
    height: int
    kind: str
    text: str


@dataclass(frozen=True)
class FeedLink:
    """A feed on the subject of the page."""

    address: str
    kind: str
    title: str


@dataclass(frozen=True)
class Head:
    """What machines are told of a page. Texts are typeset, addresses whole."""

    title: str
    description: str
    address: str
    canonical: str
    kind: str = "website"
    image: Image | None = None
    languages: tuple[tuple[str, str], ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    published: dt.datetime | None = None
    modified: dt.datetime | None = None
    section: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    graph: tuple[dict[str, Any], ...] = ()

    @property
    def data(self) -> Mapping[str, Any]:
        """Return the whole JSON-LD."""
        return {"@context": "https://schema.org", "@graph": list(self.graph)}


@dataclass(frozen=True)
class Surroundings:
    """What a head is made of beside its subject: frame, leaf of a list, reading, drawn pictures.

    `drawn` holds, by page, the picture of the page itself and that of the home page.
    """

    frame: Frame
    leaf: int
    reading: Reading | None
    drawn: Mapping[int, Drawn]


def head_for(thing: Any, request: HttpRequest, reading: Reading | None = None) -> Head:
    """Return the head of a page: of Wagtail's tree, or of a person, a topic, an organisation."""
    frame = frame_of(request)
    pages = [page.pk for page in (thing, frame.home) if isinstance(page, Page)]
    around = Surroundings(frame, _leaf_of(request), reading, drawn_for(pages))
    head = head_of(thing, around)
    if head.image is None:
        head = replace(head, image=_magazines_image(around))
    return replace(head, languages=_languages_of(thing, head), feeds=_feeds_of(thing, around))


@singledispatch
def head_of(thing: Page, around: Surroundings) -> Head:
    """Return the head of a page that no other rule knows: about, paper, archive."""
    description = thing.search_description or getattr(thing, "introduction", "")
    path = thing.get_url() or "/"
    graph = structured_house.list_graph(thing.title, description, path, around.frame, "WebPage")
    return _plain(thing.seo_title or thing.title, description, path, graph)


@head_of.register
def _(article: Article, around: Surroundings) -> Head:
    reading = around.reading
    if reading is None:
        raise ValueError("an article's head is made of its reading")
    title, description = typeset(article.title), typeset(article.standfirst)
    address = in_full(article.get_url() or "")
    images = _images(article.lead_picture, around.drawn.get(article.pk))
    if article.is_paid:
        title = f"{article.get_paid_mention_display()} · {title}"
    original = article.provenance_url if article.provenance_is_canonical else ""
    return Head(
        title=title,
        description=description,
        address=address,
        canonical=original or address,
        kind="article",
        image=_image(images[-1], title) if images else None,
        published=article.shown_date,
        modified=article.last_published_at,
        section=typeset(reading.row.section.title) if reading.row.section else "",
        authors=tuple(
            in_full(byline.contributor.get_absolute_url())
            for byline in reading.bylines
            if byline.role in AUTHORS
        ),
        tags=tuple(typeset(topic.title) for topic in reading.topics),
        graph=tuple(structured_data.article_graph(article, reading, around.frame, images)),
    )


@head_of.register(Issue)
@head_of.register(PastIssue)
def _(issue: Issue | PastIssue, around: Surroundings) -> Head:
    images = _images(issue.cover, around.drawn.get(issue.pk))
    title = typeset(issue.title)
    head = _plain(
        issue.title,
        " · ".join([issue.cover_date_label, *issue.cover_line_list]),
        issue.get_url() or "",
        structured_house.issue_graph(issue, around.frame, images),
    )
    return replace(head, image=_image(images[-1], title) if images else None)


@head_of.register
def _(home: Home, around: Surroundings) -> Head:
    told = around.frame.publication
    title = told.title if told else home.title
    description = home.search_description or (told.motto or told.tagline if told else "")
    return _plain(title, description, "/", structured_house.website_graph(around.frame))


@head_of.register
def _(section: Section, around: Surroundings) -> Head:
    path = section.get_url() or ""
    text = section.search_description or section.introduction
    graph = structured_house.list_graph(section.title, text, path, around.frame)
    return _plain(section.title, text, path, graph, around.leaf)


@head_of.register
def _(topic: Topic, around: Surroundings) -> Head:
    path = topic.get_absolute_url()
    graph = structured_house.list_graph(topic.title, topic.description, path, around.frame)
    return _plain(topic.title, topic.description, path, graph, around.leaf)


@head_of.register
def _(person: Contributor, around: Surroundings) -> Head:
    graph = structured_data.person_graph(person, around.frame)
    head = _plain(person.name, person.bio, person.get_absolute_url(), graph, around.leaf)
    portrait = structured_house.image_of(person.portrait)
    return replace(head, kind="profile", image=_image(portrait, head.title) if portrait else None)


@head_of.register
def _(organisation: Organisation, around: Surroundings) -> Head:
    graph = structured_data.organisation_graph(organisation, around.frame)
    path = organisation.get_absolute_url()
    return _plain(organisation.name, organisation.description, path, graph, around.leaf)


def _plain(
    title: str, description: str, path: str, graph: list[dict[str, Any]], leaf: int = 1
) -> Head:
    address = in_full(path + (f"?{urlencode({'page': leaf})}" if leaf > 1 else ""))
    return Head(
        title=typeset(title),
        description=typeset(description),
        address=address,
        canonical=address,
        graph=tuple(graph),
    )


def _leaf_of(request: HttpRequest) -> int:
    """Return the leaf that an address asks for; anything odd is the first one."""
    return leaf_number(request.GET.get(LEAVES, "")) or 1


def _images(picture: Picture | None, drawn: Drawn | None) -> list[dict[str, Any]]:
    """Return what shows a page as ImageObjects; the drawn one, which goes with links, is last."""
    own = structured_house.image_of(picture)
    images = [own] if own else []
    return [*images, structured_house.drawn_image(drawn)] if drawn else images


def _image(data: Mapping[str, Any], text: str) -> Image:
    return Image(
        data["url"],
        data["width"]["value"],
        data["height"]["value"],
        Drawn.kind,
        data.get("caption") or text,
    )


def _magazines_image(around: Surroundings) -> Image | None:
    frame = around.frame
    drawn = around.drawn.get(frame.home.pk) if frame.home else None
    if drawn is None:
        return None
    title = typeset(frame.publication.title if frame.publication else frame.home.title)
    return _image(structured_house.drawn_image(drawn), title)


def _languages_of(thing: Any, head: Head) -> tuple[tuple[str, str], ...]:
    """Return the address of the page in each language that readers have it in."""
    if head.canonical != head.address:
        return ()
    own = (get_language() or settings.LANGUAGE_CODE, head.address)
    others: list[tuple[str, str]] = []
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False) and isinstance(thing, Page):
        own = (thing.locale.language_code, head.address)
        pages = thing.get_translations().live().public().select_related("locale")
        others = [(page.locale.language_code, in_full(page.get_url() or "")) for page in pages]
    return (own, *others, ("x-default", head.address))


def _feeds_of(thing: Any, around: Surroundings) -> tuple[FeedLink, ...]:
    """Return the feeds on a page's subject, the nearest first, that of all articles last."""
    own = around.frame.publication
    title = typeset(own.title if own else settings.WAGTAIL_SITE_NAME)
    told: list[tuple[str, Any, str]] = []
    if isinstance(thing, Article) and around.reading:
        section = around.reading.row.section
        if section:
            told.append(("feed_of_section", section.slug, typeset(section.title)))
        told.append(("feed_of_kind", thing.kind, typeset(_kind_name(thing))))
    elif isinstance(thing, Section):
        told.append(("feed_of_section", thing.slug, typeset(thing.title)))
    elif isinstance(thing, Topic):
        told.append(("feed_of_topic", thing.slug, typeset(thing.title)))
    elif isinstance(thing, Contributor):
        told.append(("feed_of_contributor", thing.slug, typeset(thing.name)))
    elif isinstance(thing, Issue):
        told.append(("feed_of_issue", thing.number, typeset(thing.title)))
    links = [
        FeedLink(in_full(reverse(f"{name}{form}", args=[slug])), kind, f"{title} · {words}")
        for name, slug, words in told
        for form, kind in FORMS
    ]
    return (
        *links,
        *(FeedLink(in_full(reverse(f"feed{form}")), kind, title) for form, kind in FORMS),
    )


def _kind_name(article: Article) -> str:
    return str(article.specific_class._meta.verbose_name_plural)
