"""Gather what each page of the readers' site shows, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest
from wagtail.models import Site

from magazine.length import length_of_blocks
from magazine.models import (
    Article,
    Byline,
    Correction,
    Home,
    Issue,
    IssueArchive,
    IssueEntry,
    Publication,
    Section,
    Topic,
)
from magazine.rendering import RenderedBody, render_body, shown_blocks
from website.inks import HOUSE_INKS, Inks, mix_inks
from website.lists import Listed, contents_of, listed, listed_entry

ARTICLES_A_LEAF = 20
OTHERS_ON_HOME = 6


@dataclass(frozen=True)
class Frame:
    """What surrounds every page: the title, its counters, the current issue."""

    publication: Publication | None
    home: Home | None
    sections: tuple[Section, ...]
    archive: IssueArchive | None
    issue: Issue | None


def frame_of(request: HttpRequest) -> Frame:
    """Return the surroundings of the site that answers; made once a request."""
    frame = getattr(request, "_frame", None)
    if frame is None:
        frame = request._frame = _frame(Site.find_for_request(request))  # noqa: SLF001
    return frame


def _frame(site: Site | None) -> Frame:
    home = Home.objects.filter(pk=site.root_page_id).first() if site else None
    sections = Section.objects.live().public().child_of(home) if home else Section.objects.none()
    return Frame(
        publication=Publication.objects.filter(site=site).first() if site else None,
        home=home,
        sections=tuple(sections.order_by("path")),
        archive=IssueArchive.objects.live().public().child_of(home).first() if home else None,
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
    rest: tuple[Listed, ...]
    others: tuple[Listed, ...]


def front_page(issue: Issue | None) -> FrontPage:
    """Rank an issue's articles: editorial, one lead, three with pictures, a board of the rest."""
    rows = contents_of(issue) if issue else []
    others = Article.objects.for_readers().newest_first().with_signatures()
    others = others.exclude(pk__in=[row.article.pk for row in rows])[:OTHERS_ON_HOME]
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
    shown = [editorial, lead, *seconds]
    return FrontPage(
        issue=issue,
        editorial=editorial,
        lead=lead,
        seconds=tuple(seconds),
        rest=tuple(row for row in rows if row not in shown),
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

    @property
    def issue(self) -> Issue | None:
        """Return the released issue in which the article stands."""
        return self.row.entry.issue if self.row.entry else None


def reading_of(article: Article) -> Reading:
    """Return everything an article's page shows beside the article's own fields."""
    body = render_body(article, "web")
    article.entries_for_readers = list(
        IssueEntry.objects.in_public_issues()
        .filter(article_id=article.pk)
        .select_related("issue", "section")
    )
    row = listed([article])[0]
    bylines = tuple(article.bylines.all())
    prefetch_related_objects(bylines, "contributor__portrait__renditions")
    before, after = _neighbours(article, row.entry.issue) if row.entry else (None, None)
    return Reading(
        body=body,
        bylines=bylines,
        row=row,
        minutes=length_of_blocks(article.standfirst, shown_blocks(article, "web")).minutes,
        topics=tuple(article.topics.all()),
        previous=before,
        following=after,
        corrections=tuple(Correction.objects.of_article(article)),
    )


def _neighbours(article: Article, issue: Issue) -> tuple[Listed | None, Listed | None]:
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
