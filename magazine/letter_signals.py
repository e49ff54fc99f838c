"""Hand the drafting of an issue's letter to a job when it is released; nothing is done here."""

from typing import Any

from django.db import transaction
from wagtail.signals import page_published

from magazine.letter_tasks import draft_letter
from magazine.models import Issue


def order_draft(sender: type[Issue], instance: Issue, **kwargs: Any) -> None:
    """Ask for the letter once, at the first publication; whatever fails, the release stands."""
    if instance.first_published_at == instance.last_published_at:
        transaction.on_commit(lambda: draft_letter.enqueue(instance.pk), robust=True)


def register() -> None:
    """Listen to Wagtail's signal."""
    page_published.connect(order_draft, sender=Issue, dispatch_uid="magazine.letter_draft")
