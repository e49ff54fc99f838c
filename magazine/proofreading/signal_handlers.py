"""Ask for a reading whenever an article's text is saved; nothing is read here."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from wagtail.models import Revision

from magazine.models import Article
from magazine.proofreading.asking import ask_reading


def order_reading(sender: type[Revision], instance: Revision, raw: bool, **kwargs: Any) -> None:
    """Ask for the article whose draft was saved; a failure to ask never harms the save."""
    model = instance.content_type.model_class()
    if not raw and model is not None and issubclass(model, Article):
        article_id = int(instance.object_id)
        transaction.on_commit(lambda: ask_reading(article_id), robust=True)


def register() -> None:
    """Listen to Wagtail's drafts, autosaved ones too."""
    post_save.connect(order_reading, sender=Revision, dispatch_uid="magazine.order_reading")
