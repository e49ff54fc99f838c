"""Show first what an editor needs first: the next issue, what is late, one's own drafts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.components import Component

from magazine.desk.access import may_release
from magazine.desk.board_access import board_url, may_see_board
from magazine.desk.board_rows import days_late
from magazine.models import Article, Issue, IssueEntry, PlannedPiece, RefusedRelease
from magazine.refusals import where
from magazine.stages import Stage, standings_of

DRAFTS = 6


@dataclass(frozen=True)
class StageCount:
    """How many articles of an issue are at one stage, and their part of all, in percent."""

    stage: Stage
    label: str
    count: int
    percent: int


@dataclass(frozen=True)
class LatePiece:
    """A text that was due and isn't there: its title, who writes it, for how many days."""

    title: str
    author: str
    issue: Issue | None
    due_on: dt.date
    days: int
    url: str


@dataclass(frozen=True)
class Draft:
    """One of the user's own drafts: its title, how far it is, when it was last saved."""

    title: str
    stage: str
    saved_at: dt.datetime | None
    url: str


def next_issue() -> Issue | None:
    """Return the issue in the making that comes first."""
    return Issue.objects.in_the_making().on_the_desk().order_by("number").first()


def stage_counts(issue: Issue) -> list[StageCount]:
    """Return how many of an issue's articles are at which stage, in the order of the way."""
    articles = IssueEntry.objects.filter(issue=issue).values_list("article", flat=True)
    counts = Counter(standing.stage for standing in standings_of(articles).values())
    total = sum(counts.values())
    return [
        StageCount(stage, str(stage.label), counts[stage], round(100 * counts[stage] / total))
        for stage in Stage
        if counts[stage]
    ]


def late_pieces(today: dt.date) -> list[LatePiece]:
    """Return the texts that are missing after their due date, the latest first."""
    due = PlannedPiece.objects.filter(due_on__lt=today).select_related("issue", "author")
    due = due.filter(Q(issue=None) | Q(issue__live=False, issue__first_published_at=None))
    pieces = list(due.order_by("due_on", "pk"))
    standings = standings_of(piece.article_id for piece in pieces if piece.article_id)
    found = []
    for piece in pieces:
        standing = standings.get(piece.article_id)
        days = days_late(piece.due_on, standing.stage if standing else Stage.PLANNED, today)
        if days:
            author = piece.author.name if piece.author else ""
            url = board_url(piece.issue)
            found.append(LatePiece(piece.title, author, piece.issue, piece.due_on, days, url))
    return found


def own_drafts(user: AbstractBaseUser) -> list[Draft]:
    """Return the user's unpublished articles, the last saved first."""
    mine = Article.objects.on_the_desk().filter(owner=user, live=False).defer("body")
    articles = list(mine.order_by("-latest_revision_created_at", "-pk")[:DRAFTS])
    standings = standings_of(articles)
    return [
        Draft(
            title=article.draft_title,
            stage=str(standings[article.pk].stage.label),
            saved_at=article.latest_revision_created_at,
            url=reverse("wagtailadmin_pages:edit", args=[article.pk]),
        )
        for article in articles
    ]


class DeskPanel(Component):
    """A panel of the first screen, in the desk's clothes."""

    class Media:
        css: ClassVar = {"all": ["magazine/desk/verbs.css"]}


class NextIssuePanel(DeskPanel):
    """The issue in the making: its day, how far its articles are, what to do with it."""

    order = 100
    template_name = "magazine/desk/dashboard/next_issue.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the template prints."""
        user = parent_context["request"].user
        issue = next_issue()
        if issue is None:
            return {"issue": None}
        counts = stage_counts(issue)
        on_sale = issue.on_sale_date
        return {
            "issue": issue,
            "counts": counts,
            "total": sum(count.count for count in counts),
            "days": (on_sale - timezone.localdate()).days if on_sale else None,
            "on_sale": date_format(on_sale, "DATE_FORMAT") if on_sale else "",
            "board": board_url(issue),
            "edit": reverse("wagtailadmin_pages:edit", args=[issue.pk]),
            "release": reverse("release_issue", args=[issue.pk]) if may_release(user) else "",
        }


class LatePanel(DeskPanel):
    """What is late."""

    order = 110
    template_name = "magazine/desk/dashboard/late.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the template prints."""
        return {"pieces": late_pieces(timezone.localdate())}


class RefusedPanel(DeskPanel):
    """What was scheduled and couldn't go live."""

    order = 90
    template_name = "magazine/desk/dashboard/refused.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the template prints."""
        refusals = RefusedRelease.objects.select_related("page__content_type")
        return {"refusals": [(refusal, where(refusal.page)) for refusal in refusals]}


class OwnDraftsPanel(DeskPanel):
    """What the user has on the go."""

    order = 120
    template_name = "magazine/desk/dashboard/drafts.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the template prints."""
        return {"drafts": own_drafts(parent_context["request"].user)}


def panels_for(user: AbstractBaseUser) -> list[Component]:
    """Return the panels of the first screen that the user may see."""
    panels: list[Component] = [OwnDraftsPanel()]
    if may_see_board(user):
        panels += [NextIssuePanel(), LatePanel()]
    if may_release(user):
        panels.append(RefusedPanel())
    return panels
