"""Publish articles, whole text, as Atom and as JSON Feed: all, or one part of the magazine."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import URLPattern, re_path, reverse
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from magazine.models import Article, Contributor, Issue, PastPiece, Publication, Section, Topic
from magazine.models.articles import ArticleQuerySet
from magazine.models.kinds import CaseStudy, Feature, Interview, Opinion
from website.addresses import in_full
from website.feed_formats import WholeTextAtom, WholeTextJson
from website.feed_text import Facts, facts_of, plain, whole_text
from website.pages import frame_of
from website.sharing import address_of

ARTICLES_A_LEAF = 30
LARGEST_NUMBER = 2**31 - 1
KINDS = {kind.KIND: kind for kind in (Interview, CaseStudy, Opinion, Feature)}
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Stream:
    """One leaf of what a feed carries: its name, its page for readers, its articles."""

    publication: Publication | None
    name: str
    page: str
    self_path: str
    leaf: Leaf
    facts: Facts
    request: HttpRequest
    started: dt.datetime

    @property
    def title(self) -> str:
        """Return the title of the magazine, then the name of the part."""
        own = self.publication.title if self.publication else settings.WAGTAIL_SITE_NAME
        return plain(f"{own} · {self.name}" if self.name else own)

    @property
    def leaves(self) -> dict[str, str]:
        """Return the addresses of the other leaves, by their relation (RFC 5005, 3)."""
        leaf, told = self.leaf, {}
        if leaf.paginator.num_pages > 1:
            told = {"first": self.address(1), "last": self.address(leaf.paginator.num_pages)}
        if leaf.has_previous():
            told["previous"] = self.address(leaf.previous_page_number())
        if leaf.has_next():
            told["next"] = self.address(leaf.next_page_number())
        return told

    def address(self, number: int) -> str:
        """Return the address of a leaf; the first one has no number."""
        return in_full(self.self_path + (f"?page={number}" if number > 1 else ""))


class Newest(Feed):
    """All articles that readers may see, the newest first."""

    def __init__(self, feed_type: type) -> None:
        self.feed_type = feed_type

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed; its tag tells what changed.

        The newest article's date, which Django would give it, goes back when one is taken back.
        """
        response = super().__call__(request, *args, **kwargs)
        del response["Last-Modified"]
        return response

    def articles(self, **asked: Any) -> tuple[str, str, ArticleQuerySet]:
        """Return the part's name, the path of its page, and its articles in order."""
        return "", "/", Article.objects.for_readers().newest_first()

    def get_object(self, request: HttpRequest, **asked: Any) -> Stream:
        name, page, articles = self.articles(**asked)
        rows = articles.with_signatures().select_related("sharing_picture")
        rows = rows.prefetch_related("topics", "corrections")
        leaf = Paginator(rows, ARTICLES_A_LEAF).get_page(request.GET.get("page"))
        leaf.object_list = list(leaf.object_list)
        frame = frame_of(request)
        return Stream(
            publication=frame.publication,
            name=name,
            page=page,
            self_path=request.path,
            leaf=leaf,
            facts=facts_of(leaf.object_list),
            request=request,
            started=(frame.home and frame.home.last_published_at) or LONG_AGO,
        )

    def title(self, stream: Stream) -> str:
        return stream.title

    def subtitle(self, stream: Stream) -> str:
        return plain(stream.publication.tagline) if stream.publication else ""

    def link(self, stream: Stream) -> str:
        return in_full(stream.page)

    def feed_url(self, stream: Stream) -> str:
        return stream.address(stream.leaf.number)

    def feed_guid(self, stream: Stream) -> str:
        return in_full(stream.page)

    def author_name(self, stream: Stream) -> str:
        told = stream.publication
        return plain((told and (told.publisher or told.title)) or settings.WAGTAIL_SITE_NAME)

    def author_link(self, stream: Stream) -> str:
        return in_full("/")

    def feed_copyright(self, stream: Stream) -> str:
        return f"© {self.author_name(stream)}"

    def feed_extra_kwargs(self, stream: Stream) -> dict[str, Any]:
        return {
            "leaves": stream.leaves,
            "started": stream.started,
            "icon": in_full(static("website/icons/icon-192.png")),
            "picture": in_full(static("website/icons/icon-512.png")),
        }

    def items(self, stream: Stream) -> list[tuple[Article, Stream]]:
        return [(article, stream) for article in stream.leaf.object_list]

    def item_title(self, item: tuple[Article, Stream]) -> str:
        article, _stream = item
        if article.is_paid:
            return plain(f"{article.get_paid_mention_display()} · {article.title}")
        return plain(article.title)

    def item_description(self, item: tuple[Article, Stream]) -> str:
        return escape(plain(item[0].standfirst))

    def item_link(self, item: tuple[Article, Stream]) -> str:
        article, stream = item
        return in_full(article.get_url(stream.request) or "")

    def item_guid(self, item: tuple[Article, Stream]) -> str:
        return in_full(reverse("short", args=[item[0].pk]))

    def item_pubdate(self, item: tuple[Article, Stream]) -> dt.datetime | None:
        return item[0].shown_date

    def item_updateddate(self, item: tuple[Article, Stream]) -> dt.datetime:
        return item[0].last_published_at or item[0].shown_date or LONG_AGO

    def item_categories(self, item: tuple[Article, Stream]) -> list[str]:
        return [plain(topic.title) for topic in item[0].topics.all()]

    def item_extra_kwargs(self, item: tuple[Article, Stream]) -> dict[str, Any]:
        """Return the whole text and what only one of the two formats has a place for."""
        article, stream = item
        return {
            "content": whole_text(article, stream.facts),
            "summary": plain(article.standfirst),
            "original": article.provenance_url,
            "image": _picture_of(article),
            "authors": _authors_of(article),
            "extension": _extension_of(article),
        }


class OfSection(Newest):
    """The articles of one section."""

    def articles(self, **asked: Any) -> tuple[str, str, ArticleQuerySet]:
        section = get_object_or_404(Section.objects.live().public(), slug=asked["slug"])
        page = section.get_url()
        if not page:
            raise Http404
        articles = Article.objects.for_readers().in_section(section).newest_first()
        return section.title, page, articles


class OfTopic(Newest):
    """The articles on one topic; unknown until one of them is public."""

    def articles(self, **asked: Any) -> tuple[str, str, ArticleQuerySet]:
        topic = get_object_or_404(Topic, slug=asked["slug"])
        articles = Article.objects.for_readers().about(topic).newest_first()
        if not articles.exists():
            raise Http404
        return topic.title, topic.get_absolute_url(), articles


class OfContributor(Newest):
    """What somebody signed; unknown, as their page, until something of it is public."""

    def articles(self, **asked: Any) -> tuple[str, str, ArticleQuerySet]:
        person = get_object_or_404(Contributor, slug=asked["slug"])
        articles = Article.objects.for_readers().signed_by(person).newest_first()
        pieces = PastPiece.objects.for_readers().filter(contributor=person)
        if not (articles.exists() or pieces.exists()):
            raise Http404
        return person.name, person.get_absolute_url(), articles


class OfKind(Newest):
    """The interviews, the case studies, the opinions or the features."""

    def articles(self, **asked: Any) -> tuple[str, str, ArticleQuerySet]:
        kind = KINDS.get(asked["slug"])
        if kind is None:
            raise Http404
        articles = Article.objects.for_readers().type(kind).newest_first()
        page = f"{reverse('search')}?kind={kind.KIND}"
        return capfirst(kind._meta.verbose_name_plural), page, articles


class OfIssue(Newest):
    """A released issue's articles, in its order."""

    def articles(self, **asked: Any) -> tuple[str, str, ArticleQuerySet]:
        number = int(asked["slug"])
        if number > LARGEST_NUMBER:
            raise Http404
        issue = get_object_or_404(Issue.objects.for_readers(), number=number)
        page = issue.get_url()
        if not page:
            raise Http404
        name = _("no. %(number)s") % {"number": issue.number}
        return f"{name}, {issue.title}", page, Article.objects.for_readers().in_issue(issue)


def _picture_of(article: Article) -> str:
    drawn = getattr(article, "sharing_picture", None)
    return in_full(address_of(drawn)) if drawn else ""


def _authors_of(article: Article) -> list[dict[str, str]]:
    people = dict.fromkeys(byline.contributor for byline in article.bylines.all())
    return [
        {"name": plain(person.name), "url": in_full(person.get_absolute_url())} for person in people
    ]


def _extension_of(article: Article) -> dict[str, Any]:
    entry = article.entry
    return {
        "kind": article.kind,
        "kicker": plain(article.kicker),
        "issue": entry.issue.number if entry else None,
        "pages": entry.folios if entry else "",
        "paid": (
            {"mention": article.get_paid_mention_display(), "advertiser": article.advertiser}
            if article.is_paid
            else None
        ),
    }


def _answering(feed: Newest) -> Any:
    return require_safe(cache_control(public=True, no_cache=True)(conditional_page(feed)))


# Route, name of the address, feed. A name with `_json` is the same as JSON.
STREAMS: tuple[tuple[str, str, type[Newest]], ...] = (
    (r"flux", "feed", Newest),
    (r"flux/rubrique/(?P<slug>[-\w]+)", "feed_of_section", OfSection),
    (r"flux/sujet/(?P<slug>[-\w]+)", "feed_of_topic", OfTopic),
    (r"flux/signature/(?P<slug>[-\w]+)", "feed_of_contributor", OfContributor),
    (r"flux/type/(?P<slug>[a-z_]+)", "feed_of_kind", OfKind),
    (r"flux/numero/(?P<slug>[0-9]{1,12})", "feed_of_issue", OfIssue),
)

urlpatterns: list[URLPattern] = [
    pattern
    for route, name, made in STREAMS
    for pattern in (
        re_path(rf"^{route}\.atom$", _answering(made(WholeTextAtom)), name=name),
        re_path(rf"^{route}\.json$", _answering(made(WholeTextJson)), name=f"{name}_json"),
    )
]
