"""Change an article's kind, keeping its address, its history and its place in an issue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import models, router, transaction
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail.search.index import insert_or_update_object

from magazine.models import Article, CaseStudy, Feature, Interview, Opinion
from magazine.trash_place import is_trashed

KINDS: dict[str, type[Article]] = {
    model.KIND: model for model in (Interview, CaseStudy, Opinion, Feature)
}


class KindError(Exception):
    """An article can't become of that kind; the message says why."""


@dataclass(frozen=True)
class OfTheKind:
    """Something that only an article's present kind has: its name and what stands there."""

    label: str
    value: str


@dataclass(frozen=True)
class Changed:
    """The article in its new kind, and whether earlier facts of that kind came back."""

    article: Article
    brought_back: bool


def kept_in_history(article: Article) -> list[OfTheKind]:
    """Return what only the present kind shows: after a change, it is kept in the versions alone."""
    draft = article.specific.get_latest_revision_as_object()
    fields, relations = _own(type(draft))
    found = []
    for field in fields:
        shown = getattr(draft, f"get_{field.name}_display", None)
        value = shown() if shown else getattr(draft, field.name)
        if value:
            found.append(OfTheKind(capfirst(field.verbose_name), str(value)))
    for relation in relations:
        children = ", ".join(str(child) for child in getattr(draft, relation).all())
        if children:
            model = draft._meta.get_field(relation).related_model
            found.append(OfTheKind(capfirst(model._meta.verbose_name_plural), children))
    return found


@transaction.atomic
def change_kind(article: Article, kind: str, by: AbstractBaseUser | None) -> Changed:
    """Make an article an interview, a case study, an opinion or a feature.

    Its id, address, versions, comments, workflow, log, bylines, topics and places in issues
    stay; a published article stays published. What only the former kind had is kept in the
    versions, and comes back should the kind be changed back. Raises KindError.
    """
    locked = Article.objects.select_for_update().filter(pk=article.pk).first()
    if locked is None:
        raise KindError(_("This page is gone."))
    old = locked.specific
    new_model = _checked(old, kind, by)
    if old.latest_revision is None or (old.live and old.live_revision is None):
        # What isn't in a version yet would be lost with its row.
        revision = old.save_revision(user=by, changed=False, clean=False)
        if old.live and old.live_revision is None:
            Page.objects.filter(pk=old.pk).update(live_revision=revision)
    former = ContentType.objects.get_for_model(old)
    _swap_rows(old, new_model)
    _point_to(ContentType.objects.get_for_model(new_model), former, old.pk)
    changed = new_model.objects.get(pk=old.pk)
    shown = changed.live_revision if changed.live else changed.latest_revision
    brought_back = _take_own(changed, shown.content)
    changed.save(clean=False)
    insert_or_update_object(changed)
    ReferenceIndex.remove_for_object(changed)
    ReferenceIndex.create_or_update_for_object(changed)
    if _bring_back_draft(changed, by):
        brought_back = True
    names = {"from": str(old._meta.verbose_name), "to": str(new_model._meta.verbose_name)}
    log(instance=changed, action="magazine.change_kind", user=by, data=names)
    return Changed(article=new_model.objects.get(pk=old.pk), brought_back=brought_back)


def _checked(old: Article, kind: str, by: AbstractBaseUser | None) -> type[Article]:
    names = {"title": old.get_admin_display_title()}
    new_model = KINDS.get(kind)
    if new_model is None:
        raise KindError(_("There is no such kind of article."))
    if isinstance(old, new_model):
        raise KindError(_("“%(title)s” is of that kind already.") % names)
    if is_trashed(old):
        raise KindError(_("“%(title)s” is in the trash.") % names)
    if old.alias_of_id or old.aliases.exists():
        raise KindError(_("“%(title)s” is an alias or has some: remove them first.") % names)
    lock = old.get_lock()
    if lock and (by is None or lock.for_user(by)):
        raise KindError(_("“%(title)s” is locked: have it unlocked first.") % names)
    return new_model


def _own(model: type[Article]) -> tuple[list[models.Field], list[str]]:
    """Return the fields and the child relations that one kind adds to the article."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    relations = [
        relation.get_accessor_name()
        for relation in get_all_child_relations(model)
        if relation.field.related_model is model
    ]
    return fields, relations


def _own_names(model: type[Article]) -> list[str]:
    fields, relations = _own(model)
    return [*(field.name for field in fields), *relations]


def _swap_rows(old: Article, new_model: type[Article]) -> None:
    """Replace the row of the former kind by one of the new; the article's own rows stay."""
    for name in _own(type(old))[1]:
        relation = old._meta.get_field(name)
        relation.related_model.objects.filter(**{relation.field.name: old.pk}).delete()
    # Not delete(): that would take the page, its versions and its workflow along.
    rows = type(old).objects.filter(pk=old.pk)
    rows._raw_delete(router.db_for_write(type(old)))  # noqa: SLF001
    row = new_model(article_ptr_id=old.pk)
    row.save_base(raw=True)


def _point_to(new: ContentType, former: ContentType, pk: int) -> None:
    """Let all that speaks of the page by type and id (versions, workflow…) say the new type."""
    Page.objects.filter(pk=pk).update(content_type=new)
    PageLogEntry.objects.filter(page_id=pk, content_type=former).update(content_type=new)
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        if "object_id" not in names or model is ReferenceIndex:
            continue
        for field in model._meta.concrete_fields:
            if field.related_model is ContentType:
                rows = models.QuerySet(model).filter(**{field.name: former, "object_id": pk})
                rows.update(**{field.name: new})


def _take_own(page: Article, content: dict[str, Any]) -> bool:
    """Give the page what a version kept of its kind; tell whether there was anything."""
    kept = [name for name in _own_names(type(page)) if name in content]
    if kept:
        source = type(page).from_serializable_data({**content, "pk": page.pk})
        fields, relations = _own(type(page))
        for field in fields:
            setattr(page, field.attname, getattr(source, field.attname))
        for relation in relations:
            setattr(page, relation, list(getattr(source, relation).all()))
    return bool(kept)


def _bring_back_draft(page: Article, by: AbstractBaseUser | None) -> bool:
    """Write a version with the facts of the kind that only older versions have, if any."""
    names = _own_names(type(page))
    if not names or any(name in page.latest_revision.content for name in names):
        return False
    knows = Q(*(("content__has_key", name) for name in names), _connector=Q.OR)
    older = page.revisions.filter(knows).order_by("-created_at", "-pk").first()
    if older is None:
        return False
    draft = page.get_latest_revision_as_object()
    _take_own(draft, older.content)
    draft.save_revision(user=by, clean=False)
    return True
