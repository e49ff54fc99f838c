"""The verbs of readers' comments: submit, answer, show, refuse, mark as spam, erase.

`comments_changed` is sent, once the transaction is through, with the `article_id` of an article
under which readers see something else than before: there a page cache is emptied.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from magazine.comment_mail import order_mail
from magazine.comment_text import count_links, has_heaped_marks, tidy, tidy_line
from magazine.comment_times import Talk, announce, comments_changed, talk_of
from magazine.models import Article, Comment, Publication
from magazine.models.comments import LONGEST_COMMENT, LONGEST_NAME, CommentState
from magazine.review import digest_of

# To be changed with the sentence that readers agree to (templates/website/pieces/consent.html).
CONSENT = "2026-11"
KEY_BYTES = 24
MOST_LINKS = 2
SAME_AGAIN = dt.timedelta(minutes=10)
PAUSE = dt.timedelta(minutes=10)
# Of one address in ten minutes and a day; under one article, whoever writes, in ten minutes.
MOST_IN_A_ROW, MOST_A_DAY, MOST_UNDER_ARTICLE = 5, 20, 40

__all__ = [
    "AnsweredIsGone",
    "CommentError",
    "CommentsClosed",
    "Kept",
    "TooManyComments",
    "Written",
    "answer",
    "comments_changed",
    "erase",
    "find_by_key",
    "mark_spam",
    "readable_name",
    "readable_text",
    "refuse",
    "show",
    "submit",
]


class CommentError(Exception):
    """A comment can't be taken, or not be dealt with so; the message says why."""


class TooManyComments(CommentError):
    """Somebody, or everybody under one article, writes faster than people do."""


class CommentsClosed(CommentError):
    """The article takes no comments, or no longer."""


class AnsweredIsGone(CommentError):
    """What is answered isn't shown any more."""


@dataclass(frozen=True)
class Written:
    """What a reader sent. `address` is theirs on the network; only a day's digest is kept of it."""

    name: str
    text: str
    mail: str = ""
    answers: int | None = None
    address: str = ""
    key: str = ""
    is_trapped: bool = False


@dataclass(frozen=True)
class Kept:
    """The comment, and the key that erases it; no key where another form had sent the same."""

    comment: Comment
    key: str


@transaction.atomic
def submit(article: Article, written: Written, publication: Publication | None) -> Kept:
    """Keep a comment until the newsroom has read it; the same words twice are one comment.

    What a trap caught is kept as spam. Raises CommentsClosed, AnsweredIsGone, TooManyComments,
    and CommentError for a name or text that can't be kept.
    """
    article = _held(article.pk)
    now = timezone.now()
    if talk_of(article, publication, now) is not Talk.OPEN:
        raise CommentsClosed(_("Comments on this article are closed."))
    name, text = readable_name(written.name), readable_text(written.text)
    parent = _answered(article.pk, written.answers)
    same = Comment.objects.since(now - SAME_AGAIN).filter(
        article_id=article.pk, parent=parent, name=name, text=text
    )
    if before := same.first():
        mine = bool(written.key) and before.key_digest == digest_of(written.key)
        return Kept(before, written.key if mine else "")
    address = _digest_of_address(written.address, now)
    _check_pace(article.pk, address, now)
    key = written.key
    if not key or Comment.objects.filter(key_digest=digest_of(key)).exists():
        key = secrets.token_urlsafe(KEY_BYTES)
    comment = Comment.objects.create(
        article_id=article.pk,
        parent=parent,
        name=name,
        mail=written.mail.strip(),
        text=text,
        state=CommentState.SPAM if written.is_trapped else CommentState.WAITING,
        decided_at=now if written.is_trapped else None,
        consent_version=CONSENT,
        key_digest=digest_of(key),
        address_digest=address,
    )
    if not written.is_trapped:
        order_mail(now)
    return Kept(comment, key)


@transaction.atomic
def answer(comment: Comment, text: str, by: AbstractBaseUser) -> Comment:
    """Answer as the newsroom, at once to be read; what is answered is shown with it.

    Raises CommentError for a text that can't be kept and for a comment that was erased.
    """
    _held(comment.article_id)
    comment = _fresh(comment)
    text = readable_text(text, most_links=None)
    top = comment.parent or comment
    for each in (top, comment):
        _decide(each, CommentState.SHOWN, by)
    publication = Publication.objects.first()
    announce(comment.article_id)
    return Comment.objects.create(
        article_id=comment.article_id,
        parent=top,
        name=by.get_full_name()[:LONGEST_NAME]
        or (publication.title if publication else _("The newsroom")),
        text=text,
        state=CommentState.SHOWN,
        from_newsroom=True,
        decided_by=by,
        decided_at=timezone.now(),
    )


@transaction.atomic
def show(comment: Comment, by: AbstractBaseUser) -> None:
    """Let readers see a comment. Raises CommentError for an answer to what isn't shown."""
    _held(comment.article_id)
    comment = _fresh(comment)
    if comment.parent and not comment.parent.is_shown:
        raise CommentError(
            _("It answers a comment by %(name)s that isn’t shown: show that one first.")
            % {"name": comment.parent.name}
        )
    _decide(comment, CommentState.SHOWN, by)


@transaction.atomic
def refuse(comment: Comment, by: AbstractBaseUser) -> None:
    """Keep a comment from readers; it is deleted three months later."""
    _held(comment.article_id)
    _decide(_fresh(comment), CommentState.REFUSED, by)


@transaction.atomic
def mark_spam(comment: Comment, by: AbstractBaseUser) -> None:
    """Say that a comment is spam; it is deleted three months later."""
    _held(comment.article_id)
    _decide(_fresh(comment), CommentState.SPAM, by)


@transaction.atomic
def erase(comment: Comment) -> None:
    """Erase a comment for good; where others answered, an empty place stays. Twice is once."""
    _held(comment.article_id)
    found = Comment.objects.filter(pk=comment.pk, erased_at=None).select_related("parent").first()
    if found is None:
        return
    if found.is_shown:
        announce(found.article_id)
    if found.answers.exists():
        found.name = found.mail = found.text = found.address_digest = ""
        found.key_digest, found.erased_at = None, timezone.now()
        found.save()
        return
    parent = found.parent
    found.delete()
    if parent and parent.erased_at and not parent.answers.exists():
        parent.delete()


def find_by_key(key: str) -> Comment | None:
    """Return the comment whose writer was given the key."""
    return Comment.objects.filter(key_digest=digest_of(key)).select_related("article").first()


def readable_name(name: str) -> str:
    """Return a name as it is kept, on one line. Raises CommentError."""
    name = tidy_line(name)
    if not name:
        raise CommentError(_("Say how you sign."))
    if len(name) > LONGEST_NAME:
        raise CommentError(_("The name has more than %(most)d signs.") % {"most": LONGEST_NAME})
    if count_links(name):
        raise CommentError(_("Sign with a name, not with an address."))
    return _without_heaps(name)


def readable_text(text: str, most_links: int | None = MOST_LINKS) -> str:
    """Return a text as it is kept. Raises CommentError."""
    text = tidy(text)
    if not text:
        raise CommentError(_("The comment is empty."))
    if len(text) > LONGEST_COMMENT:
        raise CommentError(
            _("The comment has %(signs)s signs; %(most)s are taken.")
            % {"signs": len(text), "most": LONGEST_COMMENT}
        )
    links = count_links(text)
    if most_links is not None and links > most_links:
        raise CommentError(
            ngettext(
                "There is %(links)d link in the comment; %(most)d are taken.",
                "There are %(links)d links in the comment; %(most)d are taken.",
                links,
            )
            % {"links": links, "most": most_links}
        )
    return _without_heaps(text)


def _without_heaps(text: str) -> str:
    if has_heaped_marks(text):
        raise CommentError(
            _("There are letters with heaps of accents on them: write them without, please.")
        )
    return text


def _held(article_id: int) -> Article:
    """Return the article; until the transaction ends, nobody else deals with its comments."""
    return Article.objects.select_for_update(of=("self",)).defer("body").get(pk=article_id)


def _fresh(comment: Comment) -> Comment:
    found = Comment.objects.filter(pk=comment.pk, erased_at=None).select_related("parent").first()
    if found is None:
        raise CommentError(_("This comment was erased in the meantime."))
    return found


def _answered(article_id: int, pk: int | None) -> Comment | None:
    """Return the comment under which an answer stands: threads are one level deep."""
    if pk is None:
        return None
    shown = Comment.objects.shown_under(article_id).filter(erased_at=None)
    found = shown.filter(pk=pk).select_related("parent").first()
    if found is None:
        raise AnsweredIsGone(
            _("The comment that you answer isn’t there any more: yours would stand by itself.")
        )
    return found.parent or found


def _digest_of_address(address: str, now: dt.datetime) -> str:
    """Return what is known of an address until the day ends: another digest every day."""
    if not address:
        return ""
    return salted_hmac(f"comment {now:%Y-%m-%d}", address, algorithm="sha256").hexdigest()


def _check_pace(article_id: int, address: str, now: dt.datetime) -> None:
    mine = Comment.objects.from_address(address)
    recently = mine.since(now - PAUSE).count()
    if recently >= MOST_IN_A_ROW or mine.count() >= MOST_A_DAY:
        raise TooManyComments(
            _("That was a lot of comments from you: send this one a little later, please.")
        )
    here = Comment.objects.filter(article_id=article_id, from_newsroom=False)
    if here.since(now - PAUSE).count() >= MOST_UNDER_ARTICLE:
        raise TooManyComments(
            _("A lot is being written under this article: send yours in ten minutes, please.")
        )


def _decide(comment: Comment, state: CommentState, by: AbstractBaseUser) -> None:
    if comment.erased_at or comment.state == state:
        return
    if CommentState.SHOWN in (comment.state, state):
        announce(comment.article_id)
    comment.state, comment.decided_by, comment.decided_at = state, by, timezone.now()
    comment.save(update_fields=["state", "decided_by", "decided_at"])
