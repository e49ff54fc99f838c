"""Gather what readers wrote under an article, in one query."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from magazine.comment_times import Talk, talk_of
from magazine.models import Article, Comment
from website.pages import frame_of


@dataclass(frozen=True)
class Thread:
    """One comment and what was answered to it, the oldest first."""

    comment: Comment
    answers: tuple[Comment, ...]


@dataclass(frozen=True)
class Conversation:
    """All that stands under an article, and whether more is taken."""

    threads: tuple[Thread, ...]
    count: int
    is_open: bool
    is_over: bool


def conversation_under(request: HttpRequest, article: Article) -> Conversation | None:
    """Return what readers see under an article; None for previews and private pages."""
    if getattr(request, "is_preview", False) or not article.live:
        return None
    # Only somebody with a session can be shown a private page; nobody else costs the query.
    if settings.SESSION_COOKIE_NAME in request.COOKIES and article.get_view_restrictions():
        return None
    talk = talk_of(article, frame_of(request).publication)
    comments = list(Comment.objects.shown_under(article.pk))
    answers: dict[int, list[Comment]] = {}
    for comment in comments:
        if comment.parent_id:
            answers.setdefault(comment.parent_id, []).append(comment)
    threads = [
        Thread(comment, tuple(answers.get(comment.pk, ())))
        for comment in comments
        if not comment.parent_id
    ]
    return Conversation(
        threads=tuple(each for each in threads if each.answers or not each.comment.erased_at),
        count=sum(not comment.erased_at for comment in comments),
        is_open=talk is Talk.OPEN,
        is_over=talk is Talk.OVER,
    )
