"""Open an edition of an issue, and keep its placements in step with the issue's contents."""

from collections.abc import Iterator, Sequence
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
    """Return the issue's edition on a profile; an issue's first printed one is its principal."""
    edition, _made = Edition.objects.get_or_create(
        issue=issue,
        profile=profile,
        defaults={
            "is_principal": not profile.is_digital
            and not issue.editions.filter(is_principal=True).exists()
        },
    )
    return edition


@transaction.atomic
def choose_principal(edition: Edition) -> None:
    """Make an edition the one whose folios readers see. Raises EditionError for a digital one."""
    if edition.profile.is_digital:
        raise EditionError(_("The digital edition takes its folios from the printed one."))
    others = Edition.objects.select_for_update().filter(issue=edition.issue)
    # The one there is gives way first: there are never two.
    list(others)
    others.update(is_principal=False)
    others.filter(pk=edition.pk).update(is_principal=True)
    edition.is_principal = True


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
    """Bring the placements in step with the issue's contents, and return them in order.

    The cover comes first, the back cover last. What the issue gained goes behind the article that
    it follows there; what it lost goes. Adverts and blanks stay where they were put. Unless the
    edition has an order of its own, its articles stand in the issue's. Fillers are not kept here,
    since the extent decides on them. Raises EditionError for an issue without an article on paper.
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
    kept = _kept(edition, entries)
    _add_missing(edition, kept, entries)
    if not edition.has_own_order:
        _follow_contents(kept, entries)
    put_in_order(edition, kept)
    return kept


@transaction.atomic
def put_in_order(edition: Edition, placements: Sequence[Placement]) -> None:
    """Save an edition's placements in this order; those that aren't in it go."""
    edition.placements.exclude(pk__in=[each.pk for each in placements if each.pk]).delete()
    # Positions are unique: move what is out of place out of the way before it is put in order.
    astray = [each for at, each in enumerate(placements, 1) if each.pk and each.position != at]
    for offset, placement in enumerate(astray):
        Placement.objects.filter(pk=placement.pk).update(position=10_000 + offset)
    for position, placement in enumerate(placements, 1):
        if placement.pk is None or placement.position != position:
            placement.position = position
            placement.save()


def _kept(edition: Edition, entries: Sequence[IssueEntry]) -> list[Placement]:
    """Return the placements there are, without those of articles that left the issue."""
    there = {entry.pk: entry for entry in entries}
    kept = []
    for placement in edition.placements.select_related("advert__profile"):
        placement.edition = edition
        if placement.entry_id is None:
            kept.append(placement)
        elif placement.entry_id in there:
            placement.entry = there[placement.entry_id]
            kept.append(placement)
    return kept


def _add_missing(edition: Edition, kept: list[Placement], entries: Sequence[IssueEntry]) -> None:
    kinds = {placement.kind for placement in kept}
    for at, kind in enumerate(AHEAD):
        if kind not in kinds:
            kept.insert(at, Placement(edition=edition, kind=kind))
    for behind, kind in enumerate(reversed(BEHIND)):
        if kind not in kinds:
            kept.insert(len(kept) - behind, Placement(edition=edition, kind=kind))
    placed = {placement.entry_id for placement in kept}
    at = _behind(kept, [Kind.COVER, Kind.CONTENTS])
    for entry in entries:
        if entry.pk not in placed:
            kept.insert(at, Placement(edition=edition, kind=Kind.ARTICLE, entry=entry))
        at = 1 + next(n for n, each in enumerate(kept) if each.entry_id == entry.pk)


def _behind(kept: Sequence[Placement], kinds: Sequence[str]) -> int:
    return 1 + max((at for at, each in enumerate(kept) if each.kind in kinds), default=-1)


def _follow_contents(kept: list[Placement], entries: Sequence[IssueEntry]) -> None:
    """Put the articles into the places that articles have, in the issue's order."""
    by_entry = {placement.entry_id: placement for placement in kept if placement.entry_id}
    places = [at for at, placement in enumerate(kept) if placement.entry_id]
    for at, entry in zip(places, entries, strict=True):
        kept[at] = by_entry[entry.pk]
