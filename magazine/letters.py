"""The verbs of a letter: draft it for an issue, send it, stop it, let it go on."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from magazine.letter_tasks import send_batch
from magazine.models import Issue, IssueEntry, Letter, LetterDelivery, Subscriber

logger = logging.getLogger(__name__)
State = Letter.State
MAY_SEND = "magazine.send_letter"
AT_ONCE = 500


class LetterError(Exception):
    """A letter can't be drafted, sent or stopped; the message says why."""


@transaction.atomic
def draft_letter_for(issue: Issue) -> Letter:
    """Return the draft of a released issue's letter, made of its contents, or the one there is.

    Raises LetterError for an issue that readers can't see.
    """
    # Two at once wait for each other here.
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    there = issue.letters.first()
    if there:
        return there
    if not Issue.objects.for_readers().filter(pk=issue.pk).exists():
        raise LetterError(_("Issue %(number)s isn’t out yet.") % {"number": issue.number})
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("No. %(number)s is out: %(title)s")
    letter = Letter.objects.create(
        issue=issue,
        subject=(subject % {"number": issue.number, "title": issue.title})[:120],
        opening=issue.introduction,
        contents=contents_for_letter(issue),
    )
    log(instance=letter, action="wagtail.create")
    return letter


def draft_after_release(issue_id: int) -> None:
    """Draft the letter of an issue; one that was taken offline meanwhile gets none."""
    issue = Issue.objects.filter(pk=issue_id).first()
    if issue is None:
        return
    try:
        draft_letter_for(issue)
    except LetterError as error:
        logger.warning("No letter for issue %s: %s", issue_id, error)


def contents_for_letter(issue: Issue) -> list[dict[str, Any]]:
    """Return what a letter shows of an issue's articles, as they stand: texts as typed."""
    entries = IssueEntry.objects.filter(issue=issue).for_readers()
    rows = []
    for entry in entries.select_related("article", "section", "issue").defer("article__body"):
        article = entry.article
        section = entry.section or article.get_parent()
        rows.append(
            {
                "article": article.pk,
                "title": article.title,
                "kicker": article.kicker,
                "standfirst": article.standfirst,
                "section": section.title,
                "ticket": entry.ticket,
                "address": article.get_url() or f"/a/{article.pk}/",
                "paid": article.get_paid_mention_display() if article.is_paid else "",
                "advertiser": article.advertiser,
            }
        )
    return rows


@transaction.atomic
def renew_contents(letter: Letter, by: AbstractBaseUser) -> Letter:
    """Take the issue's contents anew into a draft. Raises LetterError for one that went out."""
    letter = _locked(letter)
    if not letter.is_draft:
        raise LetterError(_("This letter isn’t a draft any more."))
    letter.contents = contents_for_letter(letter.issue) if letter.issue else []
    letter.save(update_fields=["contents"])
    log(instance=letter, action="wagtail.edit", user=by)
    return letter


@transaction.atomic
def send(letter: Letter, by: AbstractBaseUser) -> int:
    """Have a draft sent to all who confirmed; return to how many.

    Raises LetterError: not allowed, no draft any more, nothing to say, nobody to send it to, an
    issue that readers can't see.
    """
    _refuse_stranger(by)
    letter = _locked(letter)
    if not letter.is_draft:
        raise LetterError(_("This letter is sent already, or on its way."))
    if letter.issue and not Issue.objects.for_readers().filter(pk=letter.issue_id).exists():
        raise LetterError(
            _("Readers can’t see issue %(number)s just now: its letter has to wait.")
            % {"number": letter.issue.number}
        )
    if not letter.opening.strip() and not letter.shown_contents:
        raise LetterError(_("The letter is empty: write an opening, or take contents in."))
    readers = list(Subscriber.objects.confirmed().order_by("pk").values_list("pk", flat=True))
    if not readers:
        raise LetterError(_("Nobody has confirmed yet that they want the letter."))
    LetterDelivery.objects.bulk_create(
        (LetterDelivery(letter=letter, subscriber_id=pk) for pk in readers), batch_size=AT_ONCE
    )
    Letter.objects.filter(pk=letter.pk).update(
        state=State.SENDING, by=by, started_at=Now(), message=""
    )
    log(instance=letter, action="magazine.send_letter", user=by, data={"readers": len(readers)})
    _wake(letter)
    return len(readers)


@transaction.atomic
def stop(letter: Letter, by: AbstractBaseUser) -> None:
    """Stop a letter under way, before its next mail. Raises LetterError where there is none."""
    _refuse_stranger(by)
    letter = _locked(letter)
    if letter.state != State.SENDING:
        raise LetterError(_("There is nothing left to stop."))
    Letter.objects.filter(pk=letter.pk).update(state=State.STOPPED, message="")
    log(instance=letter, action="magazine.stop_letter", user=by)


@transaction.atomic
def go_on(letter: Letter, by: AbstractBaseUser) -> None:
    """Let a stopped letter go on, with those who still wait for it.

    Nobody gets it again who refused it, or who may have it since the line broke while it was
    handed over. Raises LetterError for a letter that isn't stopped.
    """
    _refuse_stranger(by)
    letter = _locked(letter)
    if letter.state != State.STOPPED:
        raise LetterError(_("This letter isn’t stopped."))
    letter.deliveries.waiting().update(attempts=0, error="")
    # It counts as forsaken two minutes from now, not at once.
    Letter.objects.filter(pk=letter.pk).update(
        state=State.SENDING, message="", started_at=Now(), by=by
    )
    log(instance=letter, action="magazine.continue_letter", user=by)
    _wake(letter)


def _wake(letter: Letter) -> None:
    pk = letter.pk
    transaction.on_commit(lambda: send_batch.enqueue(pk))


def _refuse_stranger(by: AbstractBaseUser) -> None:
    if not by.has_perm(MAY_SEND):
        raise LetterError(_("You may not send letters: ask the editor-in-chief."))


def _locked(letter: Letter) -> Letter:
    found = Letter.objects.select_for_update(of=("self",)).filter(pk=letter.pk).first()
    if found is None:
        raise LetterError(_("This letter is gone."))
    return found
