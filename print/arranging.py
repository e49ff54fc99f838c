"""Arrange an edition: move placements, put in adverts and blanks, leave articles out."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from print.editions import align_placements, put_in_order
from print.models import Advert, Edition, Placement

Kind = Placement.Kind
INSERTED = frozenset({Kind.ADVERT, Kind.BLANK})
CAN_BE_LEFT_OUT = frozenset({Kind.ARTICLE, Kind.CONTENTS, Kind.COLOPHON})


class ArrangeError(Exception):
    """A placement that can't be arranged so; the message is for the editor."""


def move(placement: Placement, position: int) -> None:
    """Move a placement to a position from 1; cover and back cover keep theirs. Raises ArrangeError.

    An article that leaves its place among the articles gives the edition an order of its own.
    """
    with transaction.atomic():
        placements = _locked(placement.edition)
        found = _in(placements, placement)
        if found.kind in (Kind.COVER, Kind.BACK_COVER):
            raise ArrangeError(_("The cover stays first and the back cover last."))
        articles = [each.pk for each in placements if each.kind == Kind.ARTICLE]
        placements.remove(found)
        last = len(placements) - (placements[-1].kind == Kind.BACK_COVER)
        placements.insert(min(max(position - 1, 1), last), found)
        if articles != [each.pk for each in placements if each.kind == Kind.ARTICLE]:
            _keep_own_order(placement.edition, True)
        put_in_order(placement.edition, placements)


def add_advert(edition: Edition, advert: Advert, position: int) -> Placement:
    """Put an advert at a position from 1. Raises ArrangeError for one of another press profile."""
    if advert.profile_id != edition.profile_id:
        raise ArrangeError(
            _("“%(advert)s” is made for %(profile)s, not for this edition.")
            % {"advert": advert, "profile": advert.profile}
        )
    return _insert(edition, Placement(edition=edition, kind=Kind.ADVERT, advert=advert), position)


def add_blank(edition: Edition, position: int) -> Placement:
    """Put an empty page at a position from 1."""
    return _insert(edition, Placement(edition=edition, kind=Kind.BLANK), position)


def take_away(placement: Placement) -> None:
    """Take an advert or a blank page away. Raises ArrangeError for anything else."""
    if placement.kind not in INSERTED:
        raise ArrangeError(_("Only adverts and blank pages can be taken away: leave it out."))
    with transaction.atomic():
        placements = _locked(placement.edition)
        placements.remove(_in(placements, placement))
        put_in_order(placement.edition, placements)


def leave_out(placement: Placement, left_out: bool = True) -> None:
    """Leave a placement out of this edition, or take it in again. Raises ArrangeError."""
    if placement.kind not in CAN_BE_LEFT_OUT:
        raise ArrangeError(_("The cover and the back cover can’t be left out."))
    _change(placement, lambda each: setattr(each, "is_left_out", left_out))


def open_on(placement: Placement, opens: str) -> None:
    """Choose the side on which a placement opens. Raises ArrangeError for an unknown one."""
    if opens not in Placement.Opens.values:
        raise ArrangeError(_("A placement opens anywhere, on a right-hand or a left-hand page."))
    _change(placement, lambda each: setattr(each, "opens", opens))


def follow_contents(edition: Edition) -> None:
    """Give up an edition's own order: its articles stand in the issue's again."""
    with transaction.atomic():
        _locked(edition)
        _keep_own_order(edition, False)
        align_placements(edition)


def _insert(edition: Edition, placement: Placement, position: int) -> Placement:
    with transaction.atomic():
        placements = _locked(edition)
        last = len(placements) - (placements[-1].kind == Kind.BACK_COVER)
        placements.insert(min(max(position - 1, 1), last), placement)
        put_in_order(edition, placements)
    return placement


def _change(placement: Placement, change: Callable[[Placement], None]) -> None:
    with transaction.atomic():
        found = _in(_locked(placement.edition), placement)
        change(found)
        found.save()


def _locked(edition: Edition) -> list[Placement]:
    """Lock the edition, and return its placements in step with the issue."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    edition.has_own_order = locked.has_own_order
    return align_placements(edition)


def _in(placements: list[Placement], wanted: Placement) -> Placement:
    for placement in placements:
        if placement.pk == wanted.pk:
            return placement
    raise ArrangeError(_("It isn’t in this edition any more: load the page again."))


def _keep_own_order(edition: Edition, own: bool) -> None:
    edition.has_own_order = own
    edition.save(update_fields=["has_own_order"])
