"""Set every placement in type, each on its own, until all stand on the side they were set for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from print.flatplan import BACK, Extent, ExtentRule, Flatplan, Opens, Side, plan, side
from print.remedies import Remedied, gettext_noop
from print.typesetter import Limits, TypesetError, TypesetJob, TypesetPages, typeset, typeset_many

MakeJob = Callable[[Side], TypesetJob]
FILLER = "filler"
ROUNDS = 6


class LayoutError(Remedied):
    """A placement can't be set; `remedy` names it and says what to do, in one line."""


@dataclass(frozen=True)
class Setting:
    """A placement to set: its key, its kind in the flatplan, and what makes its job.

    `expected_pages` only saves time: the nearer to the truth, the fewer are set twice.
    """

    key: str
    label: str
    kind: str
    make: MakeJob
    opens: Opens = "any"
    expected_pages: int = 1


@dataclass(frozen=True)
class Layout:
    """The flatplan, and the typeset pages of each of its entries by key."""

    flatplan: Flatplan
    pages: Mapping[str, TypesetPages]


def lay_out(
    settings: Sequence[Setting],
    make_filler: MakeJob,
    rule: ExtentRule,
    limits: Limits,
    workers: int,
    likely: Mapping[str, Side],
) -> Layout:
    """Set all placements, plan them, and set again what turned out to lie on the other side.

    Pages depend on the side a placement opens on, and sides on the extents before it: a few
    rounds settle it; `likely` names the sides of an earlier build. Fillers are put in front of
    the last entry before the back cover, where the extent rule wants more pages. Raises
    LayoutError, FlatplanError.
    """
    typeset: dict[tuple[str, Side], TypesetPages] = {}
    sides = _guess(settings, likely)
    for _round in range(ROUNDS):
        missing = [each for each in settings if (each.key, sides[each.key]) not in typeset]
        for each, pages in zip(missing, _set(missing, sides, limits, workers), strict=True):
            typeset[each.key, sides[each.key]] = pages
        flatplan = _plan(
            settings,
            {each.key: typeset[each.key, sides[each.key]].pages for each in settings},
            rule,
        )
        turned = {each.key: flatplan.entry(each.key).opens for each in settings}
        if turned == sides:
            pages = {key: typeset[key, on] for key, on in sides.items()}
            return Layout(flatplan, {**pages, **_fillers(flatplan, make_filler, limits, workers)})
        sides = turned
    raise LayoutError(
        gettext_noop(
            "the pages keep changing sides: "
            "give one article a fixed side in the edition's placements"
        )
    )


def _guess(settings: Sequence[Setting], likely: Mapping[str, Side]) -> dict[str, Side]:
    """Guess on which side each placement will open, from the extents that are expected."""
    sides: dict[str, Side] = {}
    folio = 1
    for setting in settings:
        expected = side(folio) if setting.opens == "any" else setting.opens
        sides[setting.key] = likely.get(setting.key, expected)
        folio += setting.expected_pages
    return sides


def _set(
    settings: Sequence[Setting], sides: Mapping[str, Side], limits: Limits, workers: int
) -> Sequence[TypesetPages]:
    def jobs() -> Iterator[TypesetJob]:
        for setting in settings:
            yield setting.make(sides[setting.key])

    try:
        # Each job is set as soon as it is composed, while the next one is being composed.
        return typeset_many(jobs(), limits, workers)
    except TypesetError:
        pass
    # Something failed: set them one by one, to say which.
    for setting in settings:
        try:
            typeset(setting.make(sides[setting.key]), limits)
        except TypesetError as error:
            raise LayoutError(
                gettext_noop("%(label)s: %(remedy)s"), label=setting.label, remedy=error
            ) from error
    return typeset_many(jobs(), limits, workers)


def _plan(settings: Sequence[Setting], pages: Mapping[str, int], rule: ExtentRule) -> Flatplan:
    extents = [Extent(each.key, each.kind, pages[each.key], each.opens) for each in settings]
    padded = len(plan(extents, rule).blanks)
    at = len(extents) - 2 if extents[-1].kind == BACK else len(extents)
    fillers = [Extent(f"{FILLER}-{number}", FILLER, 1) for number in range(1, padded + 1)]
    return plan([*extents[:at], *fillers, *extents[at:]], rule)


def _fillers(
    flatplan: Flatplan, make: MakeJob, limits: Limits, workers: int
) -> dict[str, TypesetPages]:
    empty = [entry for entry in flatplan.entries if entry.kind in {FILLER, "blank"}]
    wanted = sorted({side(entry.first) for entry in empty})
    done = dict(
        zip(wanted, typeset_many([make(on) for on in wanted], limits, workers), strict=True)
    )
    return {entry.key: done[side(entry.first)] for entry in empty}
