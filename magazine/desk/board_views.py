"""Show a planning board, as a page and as a CSV file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from magazine.desk.access import may_plan
from magazine.desk.board_access import BoardMixin, board_url, may_see_board
from magazine.desk.board_csv import write_csv
from magazine.desk.board_rows import Row, read_rows
from magazine.desk.board_table import STAGES, Choice, Table
from magazine.models import Issue, PlannedPiece
from magazine.planning_order import stamp_of

TITLE = gettext_lazy("Planning board")


class FirstBoardView(View):
    """Lead to the board that is being worked on: the next issue's, else the ideas."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Go there. Raises Http404 for those who may not see boards."""
        if not may_see_board(request.user):
            raise Http404
        in_the_making = Issue.objects.filter(live=False, first_published_at=None)
        return redirect(board_url(in_the_making.order_by("number").first()))


class BoardView(BoardMixin, WagtailAdminTemplateMixin, TemplateView):
    """One board, sorted and filtered as the address says."""

    changes = False
    template_name = "magazine/desk/board/board.html"
    header_icon = "clipboard-list"
    page_title = TITLE

    def get_page_subtitle(self) -> str:
        """Return which board it is."""
        return issue_label(self.issue)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        return breadcrumbs(super().get_breadcrumbs_items(), self.issue)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        return super().get_context_data(
            **board_context(self.request, self.issue), boards=_boards(self.issue), **kwargs
        )


class CsvView(BoardMixin, View):
    """The same rows as a file for a spreadsheet."""

    changes = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the file."""
        table = Table(self.issue, read_rows(self.issue), Choice.read(request.GET))
        name = slugify(f"{TITLE} {self.issue.number if self.issue else _('Ideas')}")
        return HttpResponse(
            write_csv(table),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{name}.csv"',
                "Cache-Control": "private, no-store",
            },
        )


def issue_label(issue: Issue | None) -> str:
    """Return how a board is called."""
    if issue is None:
        return _("Ideas")
    return _("No. %(number)s, %(title)s") % {"number": issue.number, "title": issue.draft_title}


def breadcrumbs(
    home: list[dict[str, Any]], issue: Issue | None, *steps: str
) -> list[dict[str, Any]]:
    """Return the way to a board or, with steps, to something on it."""
    ways = [
        *home,
        {"url": reverse("planning_board:first"), "label": TITLE},
        {"url": board_url(issue), "label": issue_label(issue)},
        *({"url": "", "label": step} for step in steps),
    ]
    return [*ways[:-1], {**ways[-1], "url": ""}]


def board_context(request: HttpRequest, issue: Issue | None) -> dict[str, Any]:
    """Return what the table is made of, for the page and for what replaces a part of it."""
    rows = read_rows(issue)
    shown = Choice.read(request.GET)
    is_open = issue is None or not issue.was_released
    can_plan = is_open and may_plan(request.user)
    return {
        "issue": issue,
        "number": issue.number if issue else None,
        "choice": shown,
        "table": Table(issue, rows, shown),
        "options": _options(rows),
        "seen": stamp_of([row.key for row in rows]),
        "is_open": is_open,
        "can_plan": can_plan,
        "can_move": can_plan and shown.is_in_order and len(rows) > 1,
        "last": rows[-1].key if rows else "",
        "editable": {row.key for row in rows if _may_open(request, row)},
        "schedule": issue.scheduled_revision if issue and is_open else None,
    }


def _may_open(request: HttpRequest, row: Row) -> bool:
    """Tell whether the row's article may be opened, without a query for each."""
    if row.article is None or row.is_trashed:
        return False
    user = request.user
    return user.is_superuser or "change" in row.article.permissions_for_user(user).permissions


def _options(rows: list[Row]) -> dict[str, list[tuple[str, str]]]:
    """Return what the rows may be filtered by."""
    authors = {str(author.pk): author.name for row in rows for author in row.authors}
    sections = {str(row.section.pk): row.section.title for row in rows if row.section}
    there = {row.stage for row in rows}
    return {
        "stages": [(stage.value, str(stage.label)) for stage in STAGES if stage in there],
        "authors": sorted(authors.items(), key=lambda option: option[1]),
        "sections": sorted(sections.items(), key=lambda option: option[1]),
    }


def _boards(current: Issue | None) -> dict[str, Any]:
    """Return the tabs: the ideas, the issues in the making, and those that are out."""
    issues = list(Issue.objects.order_by("number"))
    waiting = PlannedPiece.objects.on_board(None).count()
    return {
        "ideas": waiting,
        "ideas_url": board_url(None),
        "open": [_tab(issue, current) for issue in issues if not issue.was_released],
        "released": [_tab(issue, current) for issue in reversed(issues) if issue.was_released],
    }


def _tab(issue: Issue, current: Issue | None) -> dict[str, Any]:
    return {
        "url": board_url(issue),
        "label": issue_label(issue),
        "is_current": current is not None and issue.pk == current.pk,
    }
