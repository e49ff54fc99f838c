"""Order pictures for sharing anew when what they show may have changed; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from magazine.models import (
    Article,
    Contributor,
    Issue,
    IssueEntry,
    PastIssue,
    Picture,
    Publication,
    SharingPicture,
)
from website.sharing import forget_file
from website.sharing_tasks import draw_every_sharing_picture, draw_sharing_pictures


def _order(page_ids: Iterable[int]) -> None:
    ids = list(page_ids)
    transaction.on_commit(lambda: [draw_sharing_pictures.enqueue(pk) for pk in ids])


def order_for_page(instance: Page, **kwargs: Any) -> None:
    """Order the pictures that show something of a page that was published, withdrawn or moved."""
    _order([instance.pk])


def order_for_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Order what a page is shared by when who may see it changes."""
    _order([instance.page_id])


def order_for_picture(instance: Picture, created: bool = False, **kwargs: Any) -> None:
    """Order what shows a picture whose file or point of interest may have changed."""
    if created:
        return
    for model, field in ((Article, "lead_picture"), (Issue, "cover"), (PastIssue, "cover")):
        _order(model.objects.live().filter(**{field: instance}).values_list("pk", flat=True))


def order_for_contributor(instance: Contributor, created: bool = False, **kwargs: Any) -> None:
    """Order what somebody signed, whose name may have changed."""
    if not created:
        _order(Article.objects.live().signed_by(instance).values_list("pk", flat=True))


def order_for_entry(instance: IssueEntry, **kwargs: Any) -> None:
    """Order what shows the number and the inks of an issue that the article left."""
    _order([instance.article_id])


def order_all(instance: Publication, **kwargs: Any) -> None:
    """Order every picture: the magazine's name may have changed."""
    transaction.on_commit(lambda: draw_every_sharing_picture.enqueue())


def register() -> None:
    """Listen to whatever a picture shows."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(order_for_page, dispatch_uid="website.sharing.page")
    listened = (
        (post_save, order_for_restriction, PageViewRestriction),
        (post_delete, order_for_restriction, PageViewRestriction),
        (post_delete, order_for_entry, IssueEntry),
        (post_save, order_for_picture, Picture),
        (post_save, order_for_contributor, Contributor),
        (post_save, order_all, Publication),
        (post_delete, forget_file, SharingPicture),
    )
    for signal, handler, sender in listened:
        uid = f"website.sharing.{handler.__name__}"
        signal.connect(handler, sender=sender, dispatch_uid=uid)
