"""Gather what each page of the readers' site shows, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest
from wagtail.models import Page, Site

from magazine.models import (
    AccessibilityStatement,
    Article,
    Byline,
    Correction,
    Home,
    HousePage,
    Issue,
    IssueArchive,
    IssueEntry,
    PaperPage,
    PrivacyNotice,
    Publication,
    Section,
    Topic,
)
from magazine.picture_sizes import fetch_sizes
from magazine.rendering import RenderedBody
from magazine.shown import is_noting, note
from website.inks import HOUSE_INKS, Inks, mix_inks
from website.keeping import kept_or_made
from website.kept_bodies import read_body
from website.lists import Listed, contents_of, listed, listed_entry
from website.passing_on import WayToShare, ways_to_share

ARTICLES_A_LEAF = 20
ON_THE_HOUSE = (HousePage, PrivacyNotice, AccessibilityStatement)
DOORS = (IssueArchive, PaperPage, *ON_THE_HOUSE)
OTHERS_ON_HOME = 6
RELATED = 3


@dataclass(frozen=True)
class Frame:
    """What surrounds every page: the title, its counters, other doors, the current issue."""

    publication: Publication | None
    home: Home | None
    sections: tuple[Section, ...]
    archive: Page | None
    paper: Page | None
    house: tuple[Page, ...]
    issue: Issue | None


def frame_of(request: HttpRequest) -> Frame:
    """Return the surroundings of the site that answers; made once a request."""
    frame = getattr(request, "_frame", None)
    if frame is None:
        site = Site.find_for_request(request)
        frame = kept_or_made(f"frame {site and site.pk}", lambda: _frame(site), fetches_all=True)
        request._frame = frame  # noqa: SLF001
    return frame


def _frame(site: Site | None) -> Frame:
    note("places", "publication", "current-issue")
    home = Home.objects.filter(pk=site.root_page_id).first() if site else None
    sections = Section.objects.live().public().child_of(home) if home else Section.objects.none()
    doors = Page.objects.live().public().child_of(home).type(*DOORS) if home else []
    by_kind = {door.specific_class: door for door in doors}
    return Frame(
        publication=Publication.objects.filter(site=site).first() if site else None,
        home=home,
        sections=tuple(sections.order_by("path")),
        archive=by_kind.get(IssueArchive),
        paper=by_kind.get(PaperPage),
        house=tuple(door for door in doors if door.specific_class in ON_THE_HOUSE),
        issue=Issue.objects.for_readers().newest_first().select_related("cover").first(),
    )


def inks_of(issue: Issue | None) -> Inks:
    """Return the colours of an issue, or the house's own."""
    return mix_inks(issue.ink_dark, issue.ink_bright) if issue else mix_inks(*HOUSE_INKS)


@dataclass(frozen=True)
class FrontPage:
    """The current issue in unequal ranks, then what stands outside it."""

    issue: Issue | None
    editorial: Listed | None
    lead: Listed | None
    seconds: tuple[Listed, ...]
    chosen: tuple[Listed, ...]
    rest: tuple[Listed, ...]
    others: tuple[Listed, ...]


def front_page(home: Home | None, issue: Issue | None) -> FrontPage:
    """Rank an issue's articles: editorial, one lead, three with pictures, a board of the rest.

    What the editors chose stands between: nothing is shown twice.
    """
    note("articles")
    rows = contents_of(issue) if issue else []
    chosen = Article.objects.for_readers().chosen_for(home) if home else Article.objects.none()
    chosen = listed(chosen.with_signatures())
    others = Article.objects.for_readers().newest_first().with_signatures()
    others = others.exclude(pk__in=[row.article.pk for row in (*rows, *chosen)])[:OTHERS_ON_HOME]
    editorial = next((row for row in rows if row.article.kind == "opinion"), None)
    if editorial is not (rows[0] if rows else None):
        editorial = None
    pictured = [
        row
        for row in rows
        if row is not editorial and row.article.lead_picture_id and not row.article.is_paid
    ]
    lead = next(
        (row for row in pictured if row.article.kind in {"feature", "interview"}),
        pictured[0] if pictured else None,
    )
    seconds = [row for row in pictured if row is not lead][:3]
    shown = {row.article.pk for row in (editorial, lead, *seconds) if row}
    chosen = [row for row in chosen if row.article.pk not in shown]
    shown |= {row.article.pk for row in chosen}
    return FrontPage(
        issue=issue,
        editorial=editorial,
        lead=lead,
        seconds=tuple(seconds),
        chosen=tuple(chosen),
        rest=tuple(row for row in rows if row.article.pk not in shown),
        others=tuple(listed(others)),
    )


@dataclass(frozen=True)
class Reading:
    """An article's page: its typeset body, its place in the issue, what comes before and after."""

    body: RenderedBody
    bylines: tuple[Byline, ...]
    row: Listed
    minutes: int
    topics: tuple[Topic, ...]
    previous: Listed | None
    following: Listed | None
    corrections: tuple[Correction, ...]
    related: tuple[Listed, ...]
    ways_to_share: tuple[WayToShare, ...]

    @property
    def issue(self) -> Issue | None:
        """Return the released issue in which the article stands."""
        return self.row.entry.issue if self.row.entry else None


def reading_of(article: Article) -> Reading:
    """Return everything an article's page shows beside the article's own fields."""
    if is_noting() and article.live:
        around = kept_or_made(f"around {article.pk}", lambda: _around(article))
    else:
        around = _around(article)
    if around.entry:
        article.entries_for_readers = [around.entry]
    read = read_body(article)
    return Reading(
        body=read.body,
        bylines=around.bylines,
        row=Listed(article, around.section, around.entry),
        minutes=read.minutes,
        topics=around.topics,
        previous=around.previous,
        following=around.following,
        corrections=around.corrections,
        related=around.related,
        ways_to_share=ways_to_share(article),
    )


@dataclass(frozen=True)
class _Around:
    """What of a reading isn't the article's own: kept together, for it changes together."""

    section: Section | None
    entry: IssueEntry | None
    bylines: tuple[Byline, ...]
    topics: tuple[Topic, ...]
    previous: Listed | None
    following: Listed | None
    corrections: tuple[Correction, ...]
    related: tuple[Listed, ...]


def _around(article: Article) -> _Around:
    article.entries_for_readers = list(
        IssueEntry.objects.in_public_issues()
        .filter(article_id=article.pk)
        .select_related("issue", "section")
    )
    topics = tuple(article.topics.all())
    row, *related = listed([article, *_related(article, topics)])
    bylines = tuple(article.bylines.all())
    prefetch_related_objects(bylines, "contributor__portrait")
    fetch_sizes(byline.contributor.portrait for byline in bylines)
    before, after = _neighbours(article, row.entry.issue) if row.entry else (None, None)
    return _Around(
        section=row.section,
        entry=row.entry,
        bylines=bylines,
        topics=topics,
        previous=before,
        following=after,
        corrections=tuple(Correction.objects.of_article(article)),
        related=tuple(related),
    )


def _related(article: Article, topics: Sequence[Topic]) -> list[Article]:
    """Return what else readers find on the same topics; nothing paid, nor beside a paid text."""
    if article.is_paid or not topics:
        return []
    others = Article.objects.for_readers().near(topics).filter(advertiser="").defer("body")
    return list(others.exclude(pk=article.pk).with_signatures()[:RELATED])


def _neighbours(article: Article, issue: Issue) -> tuple[Listed | None, Listed | None]:
    note(f"contents:{issue.pk}")
    entries = list(
        IssueEntry.objects.filter(issue=issue)
        .for_readers()
        .select_related("article", "section", "issue")
        .defer("article__body")
    )
    place = next((n for n, entry in enumerate(entries) if entry.article_id == article.pk), None)
    if place is None:
        return None, None
    before = entries[place - 1] if place else None
    after = entries[place + 1] if place + 1 < len(entries) else None
    return before and listed_entry(before), after and listed_entry(after)


def leaf_of(articles: QuerySet[Article], number: str | None) -> tuple[Leaf, list[Listed]]:
    """Return one leaf of a long list and its rows; any odd number gives the nearest leaf."""
    leaf = Paginator(articles.with_signatures(), ARTICLES_A_LEAF).get_page(number)
    return leaf, listed(leaf.object_list)
