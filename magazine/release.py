"""The verbs that move an issue on its way; for now, what the press reports back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from magazine.models.issues import Issue, IssueEntry


class ReleaseError(Exception):
    """An issue can't take the step that was asked."""


@dataclass(frozen=True)
class Printed:
    """What was printed of one entry: a revision, from one folio to another."""

    entry_id: int
    revision_id: int | None
    first_folio: int
    last_folio: int


@transaction.atomic
def record_printing(issue: Issue, printed: Sequence[Printed]) -> None:
    """Write revisions and folios of the principal edition to the issue's entries.

    An entry that wasn't printed loses folios recorded before. Raises ReleaseError
    where an entry isn't the issue's.
    """
    entries = {entry.pk: entry for entry in IssueEntry.objects.filter(issue=issue)}
    foreign = [item.entry_id for item in printed if item.entry_id not in entries]
    if foreign:
        raise ReleaseError(
            _("Issue %(number)s has no entry %(entries)s.")
            % {"number": issue.number, "entries": ", ".join(map(str, foreign))}
        )
    for entry in entries.values():
        entry.printed_revision_id = entry.first_folio = entry.last_folio = None
    for item in printed:
        entry = entries[item.entry_id]
        entry.printed_revision_id = item.revision_id
        entry.first_folio, entry.last_folio = item.first_folio, item.last_folio
    IssueEntry.objects.bulk_update(
        entries.values(), ["printed_revision", "first_folio", "last_folio"]
    )
