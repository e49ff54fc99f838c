"""Find the board, the row and the piece that an address names, for those who may see them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from magazine.desk.access import may_plan, sees_every_draft
from magazine.desk.board_table import Choice
from magazine.models import Article, Issue, PlannedPiece
from magazine.planning import key_of_piece, order_of

IDEAS = "idees"


def may_see_board(user: AbstractBaseUser) -> bool:
    """Tell whether the user may read the boards: they name every draft."""
    return sees_every_draft(user) or may_plan(user)


class BoardConverter:
    """A board's part of an address: an issue's number, or “idees” where there is no issue."""

    regex = f"{IDEAS}|[1-9][0-9]{{0,8}}"

    def to_python(self, value: str) -> int | None:
        """Return the issue's number, None for the ideas."""
        return None if value == IDEAS else int(value)

    def to_url(self, value: int | None) -> str:
        """Return the part of the address."""
        return IDEAS if value is None else str(value)


def board_url(issue: Issue | None, key: str = "", query: str = "") -> str:
    """Return the address of a board, down to one of its rows."""
    number = issue.number if issue else None
    asked = f"?{query}" if query else ""
    place = f"#row-{key}" if key else ""
    return reverse("planning_board:board", args=[number]) + asked + place


class BoardMixin:
    """Views of one board: 404 for those who may not see it, or who may not change it."""

    changes = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in those who plan; where nothing is changed, those who read every draft too."""
        allowed = may_plan(request.user) if self.changes else may_see_board(request.user)
        if not allowed:
            raise Http404
        number = kwargs.pop("number")
        self.issue = None if number is None else get_object_or_404(Issue, number=number)
        return super().dispatch(request, *args, **kwargs)

    def back(self, key: str = "") -> HttpResponse:
        """Return to the board as it was filtered and sorted, at a row."""
        shown = Choice.read(QueryDict(self.request.POST.get("query", "")))
        return redirect(board_url(self.issue, key, shown.query))

    def piece_of(self, key: str) -> PlannedPiece:
        """Return what is planned of a row; not yet saved where nothing is. Raises Http404."""
        if key not in order_of(self.issue):
            raise Http404
        rows = PlannedPiece.objects.on_board(self.issue).select_related("article", "author")
        pk = int(key[1:])
        if key == key_of_piece(pk):
            return rows.get(pk=pk)
        article = Article.objects.get(pk=pk)
        return rows.filter(article_id=pk).first() or PlannedPiece(
            issue=self.issue, article=article, title=article.draft_title[:160], kind=article.kind
        )
