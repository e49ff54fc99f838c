"""Keep why a page that was due could not go live, and tell the editors-in-chief once."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.users.models import UserProfile

from magazine.models import Issue, RefusedRelease
from magazine.roles import EDITOR_IN_CHIEF

logger = logging.getLogger(__name__)


@transaction.atomic
def record(page_id: int, revision_id: int | None, reason: str) -> None:
    """Keep the newest reason; one and the same text is told of once, however often it is tried."""
    if not Page.objects.filter(pk=page_id).exists():
        return
    RefusedRelease.objects.update_or_create(
        page_id=page_id, revision_id=revision_id, defaults={"reason": reason}
    )


def settle(page_id: int) -> None:
    """Forget the refusals of a page that went live, or whose schedule was taken back."""
    RefusedRelease.objects.filter(page_id=page_id).delete()


def tell() -> None:
    """Write to the editors-in-chief of what nobody was told yet. Mail that fails stops nothing."""
    for refusal in RefusedRelease.objects.filter(told_at=None).select_related("page"):
        mine = RefusedRelease.objects.filter(pk=refusal.pk, told_at=None)
        # Of two schedulers one writes.
        if not mine.update(told_at=timezone.now()):
            continue
        try:
            _write(refusal)
        except Exception:
            logger.exception("Nobody could be told of refusal %s.", refusal.pk)
            RefusedRelease.objects.filter(pk=refusal.pk).update(told_at=None)


def where(page: Page) -> str:
    """Return the address at which an editor mends what was refused."""
    if issubclass(page.specific_class, Issue):
        return reverse("release_issue", args=[page.pk])
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _write(refusal: RefusedRelease) -> None:
    people = list(_editors_in_chief())
    if not people:
        logger.warning("%s was refused, and no editor-in-chief has a mail address.", refusal.page)
    for person in people:
        language = UserProfile.get_for_user(person).get_preferred_language()
        with translation.override(language):
            send_mail(
                _("Not released: %(title)s") % {"title": refusal.page.draft_title},
                render_to_string(
                    "magazine/desk/release/refused_mail.txt",
                    {
                        "refusal": refusal,
                        "address": f"{settings.WAGTAILADMIN_BASE_URL}{where(refusal.page)}",
                    },
                ),
                None,
                [person.email],
            )


def _editors_in_chief() -> Iterable[Any]:
    users = get_user_model().objects.filter(is_active=True).exclude(email="")
    chiefs = users.filter(groups__name=EDITOR_IN_CHIEF)
    return chiefs if chiefs.exists() else users.filter(is_superuser=True)
