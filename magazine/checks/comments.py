"""Report the comments that are still open on an article."""

from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Comment

from magazine.checks import places
from magazine.checks.findings import Finding, Severity, subject_of
from magazine.models import Article, Issue

OPEN_COMMENT = "open_comment"


def check_comments(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the open comments on fields that are still there; an unanswered one holds back."""
    names = {leaf.path: leaf.name for leaf in places.leaves(article)}
    comments = (
        Comment.objects.filter(page_id=article.pk, resolved_at=None)
        .select_related("user")
        .prefetch_related("replies")
        .order_by("created_at", "pk")
    )
    for comment in comments:
        if not comment.has_valid_contentpath(article):
            continue
        answered = any(reply.user_id != comment.user_id for reply in comment.replies.all())
        facts = {
            "who": comment.user.get_full_name() or comment.user.get_username(),
            "words": Truncator(comment.text).chars(90),
        }
        if answered:
            message = _("A comment by %(who)s is still open: “%(words)s”")
        else:
            message = _("Nobody answered %(who)s: “%(words)s”")
        yield Finding(
            code=OPEN_COMMENT,
            severity=Severity.ADVISORY if answered else Severity.BLOCKING,
            message=message % facts,
            remedy=_("Answer it, or mark it as settled."),
            place=comment.contentpath,
            subject=subject_of("comment", comment.pk, comment.updated_at.isoformat()),
            place_name=names.get(comment.contentpath, _("Text")),
        )
