"""Hand work to jobs when a page is published; nothing is done here."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail.signals import page_published

from magazine.models import Article, Issue
from print.digital_tasks import keep_up


def order_digital_editions(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Ask for the digital editions of the issues that a page is, or stands in.

    A release publishes the issue, and a correction its article. What goes wrong with the queue
    stays with the press: the page is published all the same.
    """
    issues: list[int] = []
    if isinstance(instance, Issue):
        issues = [instance.pk]
    elif isinstance(instance, Article):
        # While an issue is being released it isn't live: its own publication follows.
        holding = Issue.objects.filter(live=True, entries__article=instance.pk)
        issues = list(holding.values_list("pk", flat=True))
    for pk in issues:
        transaction.on_commit(partial(keep_up.enqueue, pk), robust=True)


def register() -> None:
    """Listen to Wagtail's signals."""
    page_published.connect(order_digital_editions, dispatch_uid="print.order_digital_editions")
