"""Open an edition of an issue, and keep its placements in step with the issue's contents."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from magazine.models import Issue, IssueEntry
from print.models import Edition, Placement, PressProfile

Kind = Placement.Kind
AHEAD = (Kind.COVER, Kind.CONTENTS)
BEHIND = (Kind.COLOPHON, Kind.BACK_COVER)


class EditionError(Exception):
    """An issue can't be laid out on a profile; the message says why and what to do."""


def find_issue(number: str) -> Issue:
    """Return the issue of that number. Raises EditionError with the numbers there are."""
    is_number = number.isascii() and number.isdecimal() and len(number) < 9
    found = Issue.objects.filter(number=int(number)).first() if is_number else None
    if found is None:
        there = ", ".join(str(n) for n in Issue.objects.values_list("number", flat=True))
        raise EditionError(
            _("There is no issue %(number)s. Issues there are: %(there)s.")
            % {"number": number, "there": there or _("none yet; make one in the admin")}
        )
    return found


def find_profile(slug: str) -> PressProfile:
    """Return the press profile of that code. Raises EditionError with the codes there are."""
    found = PressProfile.objects.filter(slug=slug).first()
    if found is None:
        there = ", ".join(PressProfile.objects.values_list("slug", flat=True))
        raise EditionError(
            _("There is no press profile “%(slug)s”. Profiles there are: %(there)s.")
            % {"slug": slug, "there": there or _("none")}
        )
    return found


@transaction.atomic
def open_edition(issue: Issue, profile: PressProfile) -> Edition:
    """Return the issue's edition on a profile; an issue's first one is its principal one."""
    edition, _made = Edition.objects.get_or_create(
        issue=issue,
        profile=profile,
        defaults={"is_principal": not issue.editions.filter(is_principal=True).exists()},
    )
    return edition


@contextmanager
def opened_edition(issue: Issue, profile: PressProfile) -> Iterator[Edition]:
    """Open an edition for a build; one that was made for it goes again if the build fails."""
    was_there = Edition.objects.filter(issue=issue, profile=profile).exists()
    edition = open_edition(issue, profile)
    try:
        yield edition
    except Exception:
        if not was_there:
            edition.delete()
        raise


@transaction.atomic
def align_placements(edition: Edition) -> list[Placement]:
    """Make the placements follow the issue's contents, and return them in order.

    The cover and contents come first, colophon and back cover last; fillers are
    not kept here, since the extent decides on them. Raises EditionError for an
    issue without an article on paper.
    """
    entries = list(
        IssueEntry.objects.filter(issue=edition.issue)
        .on_paper()
        .select_related("article", "section", "issue")
    )
    if not entries:
        raise EditionError(
            _("Issue %(number)s has no article for paper: add some to its contents.")
            % {"number": edition.issue.number}
        )
    there = {_identity(placement): placement for placement in edition.placements.all()}
    kept: list[Placement] = []
    for position, (kind, entry) in enumerate(_wanted(entries), start=1):
        placement = there.pop((kind, entry.pk if entry else None), None) or Placement(
            edition=edition, kind=kind, entry=entry
        )
        placement.position = position
        kept.append(placement)
    Placement.objects.filter(pk__in=[placement.pk for placement in there.values()]).delete()
    # Positions are unique: move what stays out of the way before it is put in order.
    for offset, placement in enumerate(kept):
        if placement.pk:
            Placement.objects.filter(pk=placement.pk).update(position=10_000 + offset)
    for placement in kept:
        placement.save()
    return kept


def _wanted(entries: Iterable[IssueEntry]) -> list[tuple[str, IssueEntry | None]]:
    return [
        *((kind, None) for kind in AHEAD),
        *((Kind.ARTICLE, entry) for entry in entries),
        *((kind, None) for kind in BEHIND),
    ]


def _identity(placement: Placement) -> tuple[str, int | None]:
    return placement.kind, placement.entry_id
