"""Forget, day by day, what the house promised its readers not to keep."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from magazine.models import Comment
from magazine.models.comments import CommentState

REFUSED_FOR = dt.timedelta(days=91)
MAIL_FOR = UNREAD_FOR = dt.timedelta(days=365)
ADDRESS_FOR = dt.timedelta(days=1)


@dataclass(frozen=True)
class Forgotten:
    """How many comments were deleted, and how many lost mail address or network digest."""

    comments: int
    mails: int
    addresses: int


@transaction.atomic
def forget_comments(now: dt.datetime | None = None) -> Forgotten:
    """Delete refused comments and spam after three months, and what nobody read in a year;
    forget mail addresses after a year, digests of network addresses after a day.
    """
    now = now or timezone.now()
    refused = Q(
        state__in=[CommentState.REFUSED, CommentState.SPAM], decided_at__lt=now - REFUSED_FOR
    )
    unread = Q(state=CommentState.WAITING, created_at__lt=now - UNREAD_FOR)
    old = Comment.objects.filter(refused | unread)
    number = old.count()
    old.delete()
    mailed = Comment.objects.exclude(mail="").filter(created_at__lt=now - MAIL_FOR)
    known = Comment.objects.exclude(address_digest="").filter(created_at__lt=now - ADDRESS_FOR)
    return Forgotten(number, mailed.update(mail=""), known.update(address_digest=""))
