"""The verbs of the planning board: plan, commission, start, link, move, drop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from magazine.contents import ContentsError, articles_in, refuse_if_fixed, set_contents
from magazine.models import (
    Article,
    Byline,
    CaseStudy,
    Feature,
    Interview,
    Issue,
    Opinion,
    PieceKind,
    PlannedPiece,
)
from magazine.planning_order import interleave, moved, stamp_of

MODELS: dict[str, type[Article]] = {
    PieceKind.INTERVIEW: Interview,
    PieceKind.CASE_STUDY: CaseStudy,
    PieceKind.OPINION: Opinion,
    PieceKind.FEATURE: Feature,
}


class PlanningError(Exception):
    """The board can't take the step that was asked; the message says why and what to do."""


class OrderChanged(PlanningError):
    """Somebody else changed the board since it was last seen; nothing was moved."""


def key_of_article(article_id: int) -> str:
    """Return the key of the row of an article that stands in the issue's contents."""
    return f"a{article_id}"


def key_of_piece(piece_id: int) -> str:
    """Return the key of the row of a piece that stands in no contents."""
    return f"p{piece_id}"


def order_of(issue: Issue | None) -> list[str]:
    """Return the keys of a board's rows, top to bottom; without an issue, of the ideas."""
    contents = articles_in(issue) if issue else []
    planned = [
        (place, key_of_piece(pk))
        for place, pk, article_id in PlannedPiece.objects.on_board(issue).values_list(
            "position", "pk", "article_id"
        )
        if article_id not in contents
    ]
    return interleave([key_of_article(pk) for pk in contents], planned)


def refuse_released(issue: Issue) -> None:
    """Raise PlanningError for an issue whose board can only be read."""
    try:
        refuse_if_fixed(issue)
    except ContentsError as error:
        raise PlanningError(str(error)) from error


@transaction.atomic
def plan_piece(title: str, issue: Issue | None = None, **planned: Any) -> PlannedPiece:
    """Add a row at the foot of a board. Raises PlanningError without a usable title."""
    _lock(issue)
    piece = PlannedPiece(title=" ".join(title.split()), issue=issue, **planned)
    if not piece.title:
        raise PlanningError(_("Give the idea a title."))
    piece.position = len(order_of(issue)) + 1
    return _saved(piece)


@transaction.atomic
def plan_article(issue: Issue, article: Article) -> PlannedPiece:
    """Return what is planned of an article of the contents, as a row that is empty at first."""
    _lock(issue)
    piece, _made = PlannedPiece.objects.get_or_create(
        issue=issue,
        article_id=article.pk,
        defaults={"title": article.draft_title[:160], "kind": article.kind},
    )
    return piece


@transaction.atomic
def revise(piece: PlannedPiece, changes: Mapping[str, Any]) -> PlannedPiece:
    """Write what is planned anew, field by field. Raises PlanningError."""
    piece = _locked(piece)
    for name, value in changes.items():
        setattr(piece, name, value)
    return _saved(piece)


@transaction.atomic
def commission(piece: PlannedPiece, on: dt.date) -> PlannedPiece:
    """Note the day on which the author was asked; nothing is sent. Raises PlanningError."""
    piece = _locked(piece)
    if piece.author is None:
        raise PlanningError(
            _("Choose an author for “%(title)s” before you commission it.") % {"title": piece}
        )
    piece.commissioned_on = on
    return _saved(piece)


@transaction.atomic
def start_article(piece: PlannedPiece, by: AbstractBaseUser) -> Article:
    """Make the draft that was planned, signed by its author, and put it into the contents.

    Raises PlanningError where there is one already, where no section is chosen, or
    where `by` may not write in that section.
    """
    piece = _locked(piece)
    _refuse_second_article(piece)
    section = piece.section
    if section is None:
        raise PlanningError(
            _("Choose a section for “%(title)s” before you start its article.") % {"title": piece}
        )
    if not section.permissions_for_user(by).can_add_subpage():
        raise PlanningError(
            _("You may not write in the section “%(section)s”.") % {"section": section}
        )
    article = MODELS[piece.kind](title=piece.title, owner=by, live=False)
    if piece.author:
        role = Byline.Role.INTERVIEW if piece.kind == PieceKind.INTERVIEW else Byline.Role.TEXT
        article.bylines.add(Byline(contributor=piece.author, role=role))
    section.add_child(instance=article)
    revision = article.save_revision(user=by, clean=False)
    log(instance=article, action="wagtail.create", user=by, revision=revision, content_changed=True)
    _attach(piece, article, by)
    return article


@transaction.atomic
def link_article(piece: PlannedPiece, article: Article, by: AbstractBaseUser) -> None:
    """Say that an article is what was planned, and put it into the contents.

    Raises PlanningError where the piece has another article, or the article another row.
    """
    piece = _locked(piece)
    if piece.article_id != article.pk:
        _refuse_second_article(piece)
    _attach(piece, article, by)


@transaction.atomic
def move(
    issue: Issue | None, key: str, *, before: str | None, seen: str, by: AbstractBaseUser
) -> None:
    """Move a row ahead of another, or to the foot; `seen` is the stamp of the order it was in.

    Raises OrderChanged where the board isn't the one that was seen, and PlanningError
    where it can only be read.
    """
    _lock(issue)
    keys = order_of(issue)
    if stamp_of(keys) != seen:
        raise OrderChanged(
            _("Somebody else changed the board meanwhile. Nothing was moved: look, and move again.")
        )
    try:
        wanted = moved(keys, key, before)
    except ValueError as error:
        raise _gone() from error
    _arrange(issue, wanted, by)


@transaction.atomic
def move_to_issue(piece: PlannedPiece, issue: Issue | None, by: AbstractBaseUser) -> None:
    """Plan a piece for another issue or, without one, for later; its article goes along.

    Raises PlanningError where either issue is released, where the article was printed
    in the one, or where it stands on the board of the other.
    """
    piece = _locked(piece, issue)
    source, article = piece.issue, piece.article
    if source == issue:
        return
    if article and source:
        _take_out(source, article, by)
    if article and issue:
        _refuse_second_row(issue, piece, article)
    piece.issue, piece.position = issue, len(order_of(issue)) + 1
    _saved(piece)
    if article and issue:
        _attach(piece, article, by)


@transaction.atomic
def drop(issue: Issue | None, key: str, by: AbstractBaseUser) -> None:
    """Take a row off a board and its article out of the contents; the article itself stays.

    Raises PlanningError where the issue is released, or the article printed in it.
    """
    _lock(issue)
    if key not in order_of(issue):
        raise _gone()
    rows, pk = PlannedPiece.objects.on_board(issue), int(key[1:])
    if key == key_of_piece(pk):
        rows.filter(pk=pk).delete()
    else:
        _take_out(issue, Article.objects.get(pk=pk), by)
        rows.filter(article_id=pk).delete()


def _lock(*boards: Issue | None) -> None:
    """Let nobody else change these boards, issues first, by id; refuse released ones."""
    issues = {board.pk for board in boards if board}
    for issue in Issue.objects.select_for_update(of=("self",)).filter(pk__in=issues).order_by("pk"):
        refuse_released(issue)
    if None in boards:
        list(PlannedPiece.objects.select_for_update().filter(issue=None).order_by("pk"))


def _locked(piece: PlannedPiece, *also: Issue | None) -> PlannedPiece:
    _lock(piece.issue, *also)
    rows = PlannedPiece.objects.select_for_update(of=("self",)).on_board(piece.issue)
    fresh = rows.select_related("issue", "article", "section", "author").filter(pk=piece.pk).first()
    if fresh is None:
        raise _gone()
    return fresh


def _gone() -> PlanningError:
    return PlanningError(_("That row is no longer on this board."))


def _saved(piece: PlannedPiece) -> PlannedPiece:
    try:
        piece.full_clean()
    except ValidationError as error:
        raise PlanningError(" ".join(error.messages)) from error
    piece.save()
    return piece


def _attach(piece: PlannedPiece, article: Article, by: AbstractBaseUser) -> None:
    """Give the piece its article, in the contents at the place that the piece held."""
    if piece.issue:
        _refuse_second_row(piece.issue, piece, article)
    keys = order_of(piece.issue)
    piece.article_id = article.pk
    _saved(piece)
    old, new = key_of_piece(piece.pk), key_of_article(article.pk)
    if piece.issue and new not in keys:
        _arrange(piece.issue, [new if key == old else key for key in keys], by)


def _arrange(issue: Issue | None, keys: Sequence[str], by: AbstractBaseUser) -> None:
    """Give a board this order: in the contents for articles, in its place for each piece."""
    articles = [int(key[1:]) for key in keys if key == key_of_article(int(key[1:]))]
    if issue and articles != articles_in(issue):
        _set_contents(issue, articles, by)
    places = {key: place for place, key in enumerate(keys, start=1)}
    pieces = list(PlannedPiece.objects.on_board(issue))
    for piece in pieces:
        by_article = places.get(key_of_article(piece.article_id or 0))
        piece.position = places.get(key_of_piece(piece.pk)) or by_article or len(keys)
    PlannedPiece.objects.bulk_update(pieces, ["position"])


def _take_out(issue: Issue, article: Article, by: AbstractBaseUser) -> None:
    there = articles_in(issue)
    if article.pk in there:
        _set_contents(issue, [pk for pk in there if pk != article.pk], by)


def _set_contents(issue: Issue, articles: Sequence[int], by: AbstractBaseUser) -> None:
    try:
        set_contents(issue, articles, by)
    except ContentsError as error:
        raise PlanningError(str(error)) from error


def _refuse_second_article(piece: PlannedPiece) -> None:
    if piece.article_id:
        raise PlanningError(_("“%(title)s” has its article already.") % {"title": piece})


def _refuse_second_row(issue: Issue, piece: PlannedPiece, article: Article) -> None:
    others = PlannedPiece.objects.on_board(issue).exclude(pk=piece.pk)
    if others.filter(article_id=article.pk).exists():
        raise PlanningError(
            _("“%(title)s” is on the board of issue %(number)s already.")
            % {"title": article.draft_title, "number": issue.number}
        )
