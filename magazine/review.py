"""The verbs of rereading: open and close private addresses of a draft, take and settle remarks."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from magazine.models import Article, Remark, ReviewLink
from magazine.models.reviewing import LONGEST_REMARK
from magazine.review_mail import tell_of_remark
from magazine.review_places import Place
from magazine.trash_place import is_trashed

KEY_BYTES = 32
DAYS, MOST_DAYS = 14, 90
MOST_REMARKS = 200
REMARKS_IN_A_ROW, PAUSE = 10, dt.timedelta(minutes=10)
SEEN_AGAIN = dt.timedelta(minutes=1)
# Embeddings, overrides and isolates: they make a line read as something else than it says.
TURNS_TEXT_ROUND = re.compile("[\u202a-\u202e\u2066-\u2069]")


class ReviewError(Exception):
    """A draft can't be shown, or a remark can't be taken; the message says why."""


class TooManyRemarks(ReviewError):
    """A guest writes more, or faster, than people do."""


@transaction.atomic
def open_review(
    article: Article, guest: str, by: AbstractBaseUser, days: int = DAYS
) -> tuple[ReviewLink, str]:
    """Open a private address of the article's newest draft; return it with its key.

    Only the key's digest is kept: this is the one moment at which the key can be shown.
    Raises ReviewError for an article in the trash or without a saved draft, for a guest
    without a name and for days below 1 or above 90.
    """
    guest = " ".join(guest.split())
    if not guest:
        raise ReviewError(_("Say for whom the address is."))
    if not 1 <= days <= MOST_DAYS:
        raise ReviewError(_("An address lives from 1 to %(most)s days.") % {"most": MOST_DAYS})
    revision = _newest_revision(article)
    key = secrets.token_urlsafe(KEY_BYTES)
    link = ReviewLink.objects.create(
        article_id=article.pk,
        revision=revision,
        guest=guest,
        key_digest=digest_of(key),
        created_by=by,
        expires_at=timezone.now() + dt.timedelta(days=days),
    )
    _note("magazine.open_review", link, by)
    return link, key


@transaction.atomic
def show_newest(link: ReviewLink, by: AbstractBaseUser) -> None:
    """Let an address show the newest draft. Raises ReviewError for one that is closed."""
    link = _locked(link)
    if not link.is_open:
        raise ReviewError(_("This address is closed: make another one."))
    link.revision = _newest_revision(link.article)
    link.save(update_fields=["revision"])
    _note("magazine.renew_review", link, by)


@transaction.atomic
def revoke(link: ReviewLink, by: AbstractBaseUser) -> None:
    """Close an address at once; one that is closed already stays so. Its remarks are kept."""
    link = _locked(link)
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        _note("magazine.revoke_review", link, by)


def find_review(key: str) -> ReviewLink | None:
    """Return the open address of a key, in one and the same query whatever is wrong with it."""
    digest = digest_of(key)
    links = ReviewLink.objects.open_at(timezone.now()).select_related("article", "revision")
    link = links.filter(key_digest=digest).first()
    if link is None or not constant_time_compare(link.key_digest, digest):
        return None
    # A revision of another article is never shown, whoever wrote it into the row.
    return link if link.revision.object_id == str(link.article_id) else None


def digest_of(key: str) -> str:
    """Return what is kept of a key: its sha256."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def mark_seen(link: ReviewLink) -> None:
    """Note that the draft was looked at, once a minute at most."""
    now = timezone.now()
    if link.seen_at is None or now - link.seen_at > SEEN_AGAIN:
        ReviewLink.objects.filter(pk=link.pk).update(seen_at=now)


@transaction.atomic
def remark(link: ReviewLink, text: str, place: Place | None = None) -> Remark:
    """Keep what a guest wrote, and have the address's maker told by a job.

    The same words sent twice are kept once. Raises ReviewError for an empty or too long text
    and for signs that no remark needs, TooManyRemarks past 200 or ten in ten minutes.
    """
    link = _locked(link)
    if not link.is_open:
        raise ReviewError(_("This address is closed: make another one."))
    text = readable(text)
    name, block_id = (place.label, place.block_id) if place else ("", "")
    remarks = link.remarks.all()
    same = remarks.filter(text=text, block_id=block_id, settled_at=None).first()
    if same:
        return same
    if remarks.count() >= MOST_REMARKS:
        raise TooManyRemarks(
            _("This address has taken all the remarks that it can: write to the editors.")
        )
    if remarks.filter(created_at__gt=timezone.now() - PAUSE).count() >= REMARKS_IN_A_ROW:
        raise TooManyRemarks(
            _("That was a lot of remarks in a short while: send this one in ten minutes.")
        )
    kept = Remark.objects.create(link=link, text=text, place=name, block_id=block_id)
    transaction.on_commit(lambda: tell_of_remark.enqueue(kept.pk), robust=True)
    return kept


def readable(text: str) -> str:
    """Return a remark with its ends trimmed. Raises ReviewError for one that can't be kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise ReviewError(_("The remark is empty."))
    if len(text) > LONGEST_REMARK:
        raise ReviewError(
            _("The remark has %(signs)s signs, %(most)s are taken: send it in several parts.")
            % {"signs": len(text), "most": LONGEST_REMARK}
        )
    if any(sign < " " and sign not in "\n\t" for sign in text) or "\x7f" in text:
        raise ReviewError(
            _("The remark holds signs that can’t be seen (control characters): type it again.")
        )
    if TURNS_TEXT_ROUND.search(text):
        raise ReviewError(
            _("The remark holds invisible signs that turn the reading direction: type it again.")
        )
    return text


@transaction.atomic
def settle(remark: Remark, by: AbstractBaseUser, *, done: bool = True) -> None:
    """Mark a remark as dealt with, or as open again."""
    remark.settled_at = timezone.now() if done else None
    remark.settled_by = by if done else None
    remark.save(update_fields=["settled_at", "settled_by"])


def _newest_revision(article: Article) -> Revision:
    """Return the article's newest revision, locked so that no autosave writes over it."""
    fresh = Article.objects.get(pk=article.pk)
    if is_trashed(fresh):
        raise ReviewError(_("The article is in the trash."))
    revision = Revision.objects.select_for_update().filter(pk=fresh.latest_revision_id).first()
    if revision is None:
        raise ReviewError(_("The article was never saved as a draft: save it first."))
    return revision


def _locked(link: ReviewLink) -> ReviewLink:
    return ReviewLink.objects.select_for_update(of=("self",)).get(pk=link.pk)


def _note(action: str, link: ReviewLink, by: AbstractBaseUser) -> None:
    log(instance=link.article.specific, action=action, user=by, data={"guest": link.guest})
