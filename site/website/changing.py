"""Tell what readers see differently when something is published, moved, edited or taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from magazine.comment_times import comments_changed
from magazine.models import Article, Issue, IssueEntry, PastIssue, Picture, Topic
from magazine.picture_sizes import order_sizes
from magazine.shown import EVERYTHING, changed, seen_models, thing, things_changed
from website.keeping import forget
from website.page_things import ANYTHING
from website.purging import order_purge


def things_of_page(page: Page) -> set[str]:
    """Return what readers see differently when this page comes, goes or changes."""
    things = {thing(page), ANYTHING}
    if isinstance(page, Article):
        issues = IssueEntry.objects.filter(article_id=page.pk).values_list("issue_id", flat=True)
        people = page.bylines.values_list("contributor_id", flat=True)
        return things | {
            "articles",
            f"in-section:{page.get_parent().pk}",
            *(f"about:{pk}" for pk in page.topics.values_list("pk", flat=True)),
            *(f"signed:{pk}" for pk in people),
            *(f"contents:{pk}" for pk in issues),
        }
    if isinstance(page, Issue):
        newest = Issue.objects.for_readers().newest_first().values_list("pk", flat=True).first()
        held = IssueEntry.objects.filter(issue_id=page.pk).values_list("article_id", flat=True)
        things |= {"articles", "issues", f"contents:{page.pk}", *(f"page:{pk}" for pk in held)}
        return things | ({"current-issue"} if newest == page.pk else set())
    if isinstance(page, PastIssue):
        return things | {"issues"}
    return things | {"places", "articles"}


def _page_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    changed(*things_of_page(instance.specific))


def _page_moved(
    sender: type[Page],
    instance: Page,
    parent_page_before: Page,
    parent_page_after: Page,
    **kwargs: Any,
) -> None:
    page = Page.objects.get(pk=instance.pk).specific
    if not isinstance(page, Article):
        changed(EVERYTHING)
        return
    parents = {f"in-section:{each.pk}" for each in (parent_page_before, parent_page_after)}
    changed(*things_of_page(page), *parents)


def _object_changed(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    things = {thing(instance), str(sender._meta.model_name), ANYTHING}
    for field in sender._meta.concrete_fields:
        if not field.is_relation or getattr(instance, field.attname) is None:
            continue
        if issubclass(field.related_model, Page):
            things.add(f"page:{getattr(instance, field.attname)}")
        if field.related_model is Picture:
            order_sizes([getattr(instance, field.attname)])
    if sender is Topic:
        things.add(f"about:{instance.pk}")
    if sender is Picture and "created" in kwargs and not kwargs["created"]:
        order_sizes([instance.pk])
    changed(*things)


def _all_changed(sender: type[models.Model], **kwargs: Any) -> None:
    changed(EVERYTHING)


def _talk_changed(sender: Any, article_id: int, **kwargs: Any) -> None:
    _let_go(sender, {f"talk:{article_id}"})


def _let_go(sender: Any, things: Iterable[str], **kwargs: Any) -> None:
    forget(things)
    order_purge()


def register() -> None:
    """Listen to Wagtail, to the models that readers see something of, and to the magazine."""
    page_published.connect(_page_changed, dispatch_uid="website.changing.published")
    page_unpublished.connect(_page_changed, dispatch_uid="website.changing.unpublished")
    post_page_move.connect(_page_moved, dispatch_uid="website.changing.moved")
    for model in seen_models():
        if issubclass(model, Page):
            uid = f"website.changing.deleted.{model._meta.label}"
            pre_delete.connect(_page_changed, sender=model, dispatch_uid=uid)
            continue
        uid = f"website.changing.{model._meta.label}"
        post_save.connect(_object_changed, sender=model, dispatch_uid=uid)
        post_delete.connect(_object_changed, sender=model, dispatch_uid=uid)
    for model in (Site, PageViewRestriction):
        uid = f"website.changing.all.{model._meta.label}"
        post_save.connect(_all_changed, sender=model, dispatch_uid=uid)
        post_delete.connect(_all_changed, sender=model, dispatch_uid=uid)
    comments_changed.connect(_talk_changed, dispatch_uid="website.changing.comments")
    things_changed.connect(_let_go, dispatch_uid="website.changing")
