"""Tell the newsroom by mail that comments wait: once in ten minutes at most, naming nobody."""

from __future__ import annotations

import datetime as dt
import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext
from django_tasks import task

from magazine.models import Comment, Publication

logger = logging.getLogger(__name__)
PAUSE = dt.timedelta(minutes=10)


def order_mail(now: dt.datetime) -> None:
    """Have the newsroom told by a job, at the earliest moment that the pause leaves."""
    last = Comment.objects.aggregate(last=Max("told_at"))["last"]
    at = max(now, last + PAUSE) if last else now
    transaction.on_commit(lambda: tell_of_comments.using(run_after=at).enqueue(), robust=True)


@task()
def tell_of_comments() -> None:
    """Write of all that nobody was told of yet."""
    tell_newsroom()


def catch_up() -> None:
    """Write of what a lost job or a mail server that was away left untold; fail at nothing."""
    try:
        tell_newsroom()
    except (OSError, SMTPException):
        logger.exception("The newsroom could not be told of comments; trying again.")


def tell_newsroom(now: dt.datetime | None = None) -> int:
    """Write of the comments that wait and that nobody was told of; return how many that were.

    Nothing is written within ten minutes of the last letter. Where the mail can't be sent the
    comments count as untold, and the error goes on to the caller.
    """
    now = now or timezone.now()
    untold = Comment.objects.on_the_desk().waiting().filter(told_at=None)
    pks = list(untold.values_list("pk", flat=True))
    if not pks or Comment.objects.filter(told_at__gt=now - PAUSE).exists():
        return 0
    publication = Publication.objects.exclude(contact_mail="").first()
    if publication is None:
        logger.warning("Comments wait, and the publication has no mail address.")
        return 0
    # Of two that run at once, one writes.
    told = Comment.objects.filter(pk__in=pks, told_at=None).update(told_at=now)
    if not told:
        return 0
    try:
        _write(publication, Comment.objects.filter(pk__in=pks))
    except Exception:
        Comment.objects.filter(pk__in=pks, told_at=now).update(told_at=None)
        raise
    return told


def _write(publication: Publication, comments: object) -> None:
    titles: dict[str, int] = {}
    for comment in comments.select_related("article"):
        titles[comment.article.title] = titles.get(comment.article.title, 0) + 1
    number = sum(titles.values())
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext(
            "%(number)d comment waits for you", "%(number)d comments wait for you", number
        ) % {"number": number}
        body = render_to_string(
            "magazine/desk/comments/mail.txt",
            {
                "titles": titles.items(),
                "address": f"{settings.WAGTAILADMIN_BASE_URL}{reverse('comments')}?state=waiting",
            },
        )
    EmailMessage(subject, body, to=[publication.contact_mail]).send()
