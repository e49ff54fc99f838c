"""Let a blocking finding pass, with a reason that is kept; take it back."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from magazine.checks.registry import label_of
from magazine.models import Article, PassedCheck

LONGEST_REASON = 600


class PassError(Exception):
    """A finding can't be let pass; the message is for the editor-in-chief."""


@transaction.atomic
def pass_finding(
    article: Article, code: str, subject: str, reason: str, by: AbstractBaseUser
) -> PassedCheck:
    """Let one finding of a check pass; a second pass of the same finding replaces the reason.

    Raises PassError without a reason, or with one of more than 600 signs.
    """
    reason = reason.strip()
    if not reason:
        raise PassError(_("Say why this finding may pass: the reason is kept."))
    if len(reason) > LONGEST_REASON:
        raise PassError(_("Give the reason in 600 signs at most."))
    passed, _created = PassedCheck.objects.update_or_create(
        article_id=article.pk,
        check_code=code,
        subject=subject,
        defaults={"reason": reason, "passed_by": by},
    )
    _note("magazine.pass_check", article, code, by, reason=reason)
    return passed


@transaction.atomic
def withdraw_pass(article: Article, code: str, subject: str, by: AbstractBaseUser) -> None:
    """Take a pass back. Raises PassError where there is none any more."""
    gone, _of_which = PassedCheck.objects.filter(
        article_id=article.pk, check_code=code, subject=subject
    ).delete()
    if not gone:
        raise PassError(_("This pass was already withdrawn."))
    _note("magazine.withdraw_pass", article, code, by)


def _note(action: str, article: Article, code: str, by: AbstractBaseUser, reason: str = "") -> None:
    data = {"check": code, "label": label_of(code), "reason": reason}
    log(instance=article.specific, action=action, user=by, data=data)
