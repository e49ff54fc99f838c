"""Rules on colour spaces and inks."""

from __future__ import annotations

from collections.abc import Iterator

from print.preflight.findings import Limits, Rule, Spot
from print.preflight.painted import Document, Painted
from print.remedies import gettext_noop

GWG = "GWG 2022"
FORBIDDEN = frozenset({"DeviceRGB", "CalRGB", "CalGray", "Lab", "ICCBased"})
PROCESS_INKS = frozenset({"Cyan", "Magenta", "Yellow", "Black"})
PROCESS_SPACES = frozenset({"DeviceCMYK", "DeviceGray", *FORBIDDEN})


def _family(thing: Painted) -> str:
    """The first family in the colour's chain that a press can't take; alternates don't count."""
    if thing.colour is None:
        return ""
    for space in thing.colour.space.chain:
        if space.family in ("Separation", "DeviceN"):
            return ""
        if space.family in FORBIDDEN:
            return space.family + (f" {space.icc}" if space.icc else "")
    return ""


def is_in_press_colours(document: Document, limits: Limits) -> Iterator[Spot]:
    """No DeviceRGB, CalRGB, Lab, no ICCBased space of any kind."""
    for thing in document.painted:
        if found := _family(thing):
            yield Spot(thing.page, found, "DeviceCMYK", thing.place, thing.box)


def groups_blend_in_cmyk(document: Document, limits: Limits) -> Iterator[Spot]:
    """A transparency group that names a space blends in DeviceCMYK.

    The group of a soft mask may blend in DeviceGray: only its luminosity counts.
    """
    for group in document.groups:
        if group.space is None or group.space.family == "DeviceCMYK":
            continue
        if group.space.family == "DeviceGray" and "soft mask" in group.place:
            continue
        yield Spot(group.page, group.space.family, "DeviceCMYK", group.place)


def spots_are_few(document: Document, limits: Limits) -> Iterator[Spot]:
    """No more spot inks than the job has."""
    used: dict[str, Painted] = {}
    for thing in document.painted:
        for name in thing.colour.space.spots if thing.colour else ():
            used.setdefault(name, thing)
    if len(used) > limits.spot_count:
        for name, thing in used.items():
            yield Spot(thing.page, name, f"≤ {limits.spot_count}", thing.place, thing.box)


def spots_are_declared(document: Document, limits: Limits) -> Iterator[Spot]:
    """Every spot ink is one that the job declares."""
    seen = set()
    for thing in document.painted:
        for name in thing.colour.space.spots if thing.colour else ():
            if name not in limits.spots and (name, thing.page) not in seen:
                seen.add((name, thing.page))
                wanted = ", ".join(sorted(limits.spots)) or "—"
                yield Spot(thing.page, name, wanted, thing.place, thing.box)


def marks_stay_outside(document: Document, limits: Limits) -> Iterator[Spot]:
    """Nothing inside the trim prints on all plates."""
    for thing in document.painted:
        chain = thing.colour.space.chain if thing.colour else ()
        on_all = any("All" in space.names for space in chain)
        if on_all and thing.box and thing.box.meets(document.page(thing.page).product):
            yield Spot(thing.page, "All", "—", thing.place, thing.box)


def process_plates_are_empty(document: Document, limits: Limits) -> Iterator[Spot]:
    """On spots alone, nothing inside the trim prints in process inks."""
    for thing in document.painted:
        colour = thing.colour
        if colour is None or colour.is_white or "soft mask" in thing.place:
            continue
        base = colour.space.base if colour.space.family == "Indexed" else colour.space
        if base is None:
            continue
        process = base.family in PROCESS_SPACES or not PROCESS_INKS.isdisjoint(base.names)
        if process and thing.box and thing.box.meets(document.page(thing.page).product):
            wanted = ", ".join(sorted(limits.spots))
            yield Spot(thing.page, base.family, wanted, thing.place, thing.box)


RULES = (
    Rule(
        "R0027",
        gettext_noop("A colour is not in the inks of the press"),
        gettext_noop("Convert it to CMYK under the profile of the printing condition."),
        GWG,
        is_in_press_colours,
    ),
    Rule(
        "R0030",
        gettext_noop("A transparency group doesn’t blend in CMYK"),
        gettext_noop("Set the blend space of the document to CMYK."),
        GWG,
        groups_blend_in_cmyk,
    ),
    Rule(
        "R0020",
        gettext_noop("There are more spot inks than the job has"),
        gettext_noop("Turn the spot ink into CMYK."),
        GWG,
        spots_are_few,
    ),
    Rule(
        "C-SPOT",
        gettext_noop("A spot ink is not one of the job’s"),
        gettext_noop("Use the declared inks by their exact names."),
        "Couture",
        spots_are_declared,
    ),
    Rule(
        "R0024",
        gettext_noop("Something on the page prints on all plates"),
        gettext_noop("Keep the registration colour for marks outside the trim."),
        GWG,
        marks_stay_outside,
    ),
    Rule(
        "C-PROCESS",
        gettext_noop("Something prints in process inks on a job of spot inks"),
        gettext_noop("Set it in the declared inks."),
        "Couture",
        process_plates_are_empty,
    ),
)
