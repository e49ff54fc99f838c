"""Hand work to jobs when a page is published; nothing is done here."""

from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail.signals import page_published

from website.tasks import prepare_page


def order_preparation(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Ask for the sizes of the pictures that the page shows."""
    transaction.on_commit(lambda: prepare_page.enqueue(instance.pk))


def register() -> None:
    """Listen to Wagtail's signals."""
    page_published.connect(order_preparation, dispatch_uid="website.order_preparation")
