"""Say whether an article takes comments, and let the newsroom open and close them at once."""

from __future__ import annotations

import datetime as dt
from enum import Enum

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.log_actions import log

from magazine.models import Article, Comment, Publication
from magazine.models.articles import CommentsRule
from magazine.models.publication import COMMENT_DAYS
from magazine.shown import note

# Sent with `article_id`, once the transaction is through, where readers see something else now.
comments_changed = Signal()


class Talk(Enum):
    """How an article stands to what readers would write under it."""

    OPEN = "open"
    OVER = "over"
    CLOSED = "closed"


def talk_of(
    article: Article, publication: Publication | None, now: dt.datetime | None = None
) -> Talk:
    """Return whether comments are open, over (by age) or closed (by the newsroom)."""
    note(f"talk:{article.pk}")
    takes_any = publication is None or publication.takes_comments
    if not takes_any or article.comments == CommentsRule.CLOSED:
        return Talk.CLOSED
    if article.comments == CommentsRule.OPEN:
        return Talk.OPEN
    last = last_day_of(article, publication)
    if last and (now or timezone.now()) > last:
        return Talk.OVER
    note(until=last)
    return Talk.OPEN


def last_day_of(article: Article, publication: Publication | None) -> dt.datetime | None:
    """Return the moment from which an article is too old for comments; None: never published."""
    days = publication.comment_days if publication else COMMENT_DAYS
    return article.shown_date and article.shown_date + dt.timedelta(days=days)


@transaction.atomic
def set_rule(article: Article, rule: CommentsRule, by: AbstractBaseUser) -> None:
    """Open or close an article's comments, or leave it to its age; at once, published or not."""
    Article.objects.filter(pk=article.pk).update(comments=rule)
    log(
        instance=article.specific,
        action="magazine.rule_comments",
        user=by,
        data={"rule": str(rule)},
    )
    announce(article.pk)


def announce(article_id: int) -> None:
    """Tell whoever keeps pages that readers see something else under an article."""
    transaction.on_commit(
        lambda: comments_changed.send_robust(sender=Comment, article_id=article_id)
    )
