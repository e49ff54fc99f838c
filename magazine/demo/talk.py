"""Let readers of the demo talk: a few comments, one of which waits for the newsroom."""

from collections.abc import Mapping
from typing import Any

from magazine.demo.content import read_talk
from magazine.models import Article, Comment
from magazine.models.comments import CommentState


def load_talk() -> None:
    """Put the comments under their articles, unless somebody has commented already."""
    if Comment.objects.exists():
        return
    for row in read_talk():
        article = Article.objects.filter(slug=row["article"]).first()
        if article is None:
            continue
        first = _said(article, row)
        for answer in row.get("answers", ()):
            _said(article, answer, parent=first)


def _said(article: Article, row: Mapping[str, Any], parent: Comment | None = None) -> Comment:
    waits = row.get("waits", False)
    comment = Comment.objects.create(
        article=article,
        parent=parent,
        name=row["name"],
        text=row["text"].strip(),
        from_newsroom=row.get("newsroom", False),
        state=CommentState.WAITING if waits else CommentState.SHOWN,
        decided_at=None if waits else row["written"],
    )
    Comment.objects.filter(pk=comment.pk).update(created_at=row["written"])
    return comment
