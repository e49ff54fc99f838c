"""Note which articles a save, a move or a deletion may concern; nothing is indexed here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from magazine.models import (
    Article,
    Byline,
    Contributor,
    InterviewedPerson,
    Issue,
    IssueEntry,
    KeyFigure,
    Organisation,
    Section,
    Topic,
)
from magazine.search.changes import record

# What saving a draft writes to the page: readers see none of it.
OF_DRAFTS = frozenset(
    ("latest_revision", "latest_revision_id", "latest_revision_created_at", "draft_title")
    + ("has_unpublished_changes", "locked", "locked_at", "locked_by", "locked_by_id", "numchild")
    + ("go_live_at", "expire_at", "approved_schedule", "url_path")
)


def under(page: Page) -> Iterable[int]:
    """Return the articles at or below a place of the tree."""
    return Article.objects.filter(path__startswith=page.path).values_list("pk", flat=True)


def _of_page(page: Page) -> Iterable[int]:
    if isinstance(page, Article):
        return [page.pk]
    if isinstance(page, Issue):
        return _of_issue(page)
    if isinstance(page, Section):
        return [*under(page), *_entries(section=page)]
    return [page.pk] if type(page) is Page else []


def _of_issue(issue: Issue) -> Iterable[int]:
    return _entries(issue_id=issue.pk)


def _entries(**lookup: Any) -> Iterable[int]:
    return IssueEntry.objects.filter(**lookup).values_list("article_id", flat=True)


def _of_organisation(organisation: Organisation) -> Iterable[int]:
    cases = Article.objects.filter(casestudy__organisation=organisation)
    interviews = Article.objects.filter(interview__people__organisation=organisation)
    return [*cases.values_list("pk", flat=True), *interviews.values_list("pk", flat=True)]


CONCERNED: dict[type[Model], Callable[[Any], Iterable[int]]] = {
    Byline: lambda byline: [byline.article_id],
    InterviewedPerson: lambda person: [person.interview_id],
    KeyFigure: lambda figure: [figure.case_study_id],
    IssueEntry: lambda entry: [entry.article_id],
    Topic: lambda topic: topic.articles.values_list("pk", flat=True),
    Contributor: lambda person: person.bylines.values_list("article_id", flat=True),
    Organisation: _of_organisation,
    PageViewRestriction: lambda restriction: under(restriction.page),
}


def note_saved(
    sender: type[Model], instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Note the articles that a saved row concerns."""
    if update_fields is not None and OF_DRAFTS.issuperset(update_fields):
        return
    if isinstance(instance, Page):
        record(_of_page(instance))
    elif sender in CONCERNED:
        record(CONCERNED[sender](instance))


def note_deleted(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Note the articles that a row concerned, while it can still say which."""
    if isinstance(instance, Page):
        record([*under(instance), *_of_page(instance)])
    elif sender in CONCERNED:
        record(CONCERNED[sender](instance))


def note_topics(instance: Any, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Note the articles that got or lost a topic."""
    record((pk_set or ()) if reverse else [instance.pk])


def note_moved(instance: Page, **kwargs: Any) -> None:
    """Note the articles that stand elsewhere in the tree now."""
    record(under(instance))


def register() -> None:
    """Listen to whatever can change a document, and whether readers may see it."""
    post_save.connect(note_saved, dispatch_uid="search.note_saved")
    pre_delete.connect(note_deleted, dispatch_uid="search.note_deleted")
    m2m_changed.connect(
        note_topics, sender=Article.topics.through, dispatch_uid="search.note_topics"
    )
    post_page_move.connect(note_moved, dispatch_uid="search.note_moved")
