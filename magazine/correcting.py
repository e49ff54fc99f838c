"""The verbs of a correction: tell readers what was wrong, reword it, take it back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.signals import page_published

from magazine.models import Article, Correction


class CorrectionError(Exception):
    """A correction can't be made or changed; the message says why."""


@transaction.atomic
def correct(article: Article, *, date: dt.date, wrong: str, text: str, by: Any) -> Correction:
    """Tell readers, at once, what was wrong in a published article.

    The article's own text isn't touched: mend it as usual. Raises CorrectionError for an article
    that isn't live, a day to come, words that are missing or too long, a user who may not publish.
    """
    article = _published(article, by)
    correction = _kept(Correction(article=article), date, wrong, text)
    _note("magazine.correct", correction, by)
    return correction


@transaction.atomic
def reword(correction: Correction, *, date: dt.date, wrong: str, text: str, by: Any) -> Correction:
    """Change a correction that no issue has printed yet. Raises CorrectionError like `correct`."""
    _published(correction.article, by)
    correction = _kept(_unprinted(correction), date, wrong, text)
    _note("magazine.reword_correction", correction, by)
    return correction


@transaction.atomic
def withdraw(correction: Correction, by: Any) -> None:
    """Take back a correction that no issue has printed yet. Raises CorrectionError."""
    _published(correction.article, by)
    correction = _unprinted(correction)
    _note("magazine.withdraw_correction", correction, by)
    correction.delete()


def _published(article: Article, by: Any) -> Article:
    article = Article.objects.select_for_update().get(pk=article.pk)
    if not article.permissions_for_user(by).can_publish():
        raise CorrectionError(_("You may not correct published articles."))
    if not article.live:
        raise CorrectionError(
            _("“%(title)s” isn’t published: mend its text, there is nothing to tell readers.")
            % {"title": article.draft_title}
        )
    return article


def _unprinted(correction: Correction) -> Correction:
    correction = Correction.objects.select_for_update().get(pk=correction.pk)
    if correction.printed_in_id:
        raise CorrectionError(
            _("Issue %(number)s has printed this correction: it stays as it is.")
            % {"number": correction.printed_in.number}
        )
    return correction


def _kept(correction: Correction, date: dt.date, wrong: str, text: str) -> Correction:
    if date > timezone.localdate():
        raise CorrectionError(_("A correction can’t be dated in the future."))
    correction.date, correction.wrong, correction.text = date, wrong.strip(), text.strip()
    try:
        correction.full_clean()
    except ValidationError as error:
        raise CorrectionError(" ".join(error.messages)) from error
    correction.save()
    return correction


def _note(action: str, correction: Correction, by: Any) -> None:
    """Keep who did it, and let caches, feeds and search know that the page changed."""
    article = correction.article.specific
    log(instance=article, action=action, user=by, data={"text": correction.text})
    now = timezone.now()
    type(article).objects.filter(pk=article.pk).update(last_published_at=now)
    article.last_published_at = now
    page_published.send(sender=type(article), instance=article, revision=article.live_revision)
