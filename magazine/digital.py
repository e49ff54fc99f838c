"""The verbs of digital editions: keep the one that the press made, find the one for readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from wagtail.models import Revision

from magazine.leafing_tasks import draw_leaves
from magazine.models import DigitalEdition, DigitalText, Issue


@dataclass(frozen=True)
class MadeEdition:
    """A file in the press storage: its name there, bytes, pages, and the sha256 of its content."""

    name: str
    size: int
    pages: int
    sha256: str


@transaction.atomic
def keep_digital_edition(
    issue: Issue, made: MadeEdition, texts: Mapping[int, Revision]
) -> DigitalEdition:
    """Make a file the issue's digital edition, in place of the one before.

    `texts` are the revisions that it holds, by article. Whether readers see it isn't decided here:
    that is asked anew each time.
    """
    edition, _new = DigitalEdition.objects.update_or_create(
        issue=issue,
        defaults={
            "name": made.name,
            "size": made.size,
            "pages": made.pages,
            "sha256": made.sha256,
        },
    )
    edition.texts.all().delete()
    DigitalText.objects.bulk_create(
        DigitalText(
            edition=edition,
            article_id=article,
            revision_id=revision.pk,
            saved_at=revision.created_at,
        )
        for article, revision in texts.items()
    )
    transaction.on_commit(lambda: draw_leaves.enqueue(made.sha256))
    return edition


def digital_edition_for_readers(issue: Issue) -> DigitalEdition | None:
    """Return the issue's digital edition, None where a stranger may not have it as it stands."""
    found = DigitalEdition.objects.for_readers().filter(issue=issue).first()
    if found:
        found.issue = issue
    return found
