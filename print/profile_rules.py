"""Choose the rules that a press profile's files, and adverts for it, are held against."""

from __future__ import annotations

from pathlib import Path

from print.inks import Inks
from print.models import Advert, PressProfile
from print.output_profile import read_output_profile
from print.page_grid import PageGrid
from print.preflight.variants import VARIANTS, Variant
from print.sheet import Side, ink_of
from print.spot_job import SpotInk, SpotJob

RULES_OF_INKS = {
    PressProfile.Inks.CMYK: "sheet-cmyk",
    PressProfile.Inks.CMYK_SPOTS: "sheet-spot",
    PressProfile.Inks.SPOTS: "spots",
}


def rules_of(profile: PressProfile) -> Variant:
    """The variant for a profile, with its sizes, extent, ink limit, resolutions and spots."""
    code = RULES_OF_INKS[PressProfile.Inks(profile.inks)]
    if profile.variant == PressProfile.Variant.X1A:
        code = "x1a"
    return _numbered(VARIANTS[code], profile).with_limits(
        trim_mm=(profile.trim_width_mm, profile.trim_height_mm),
        bleed_mm=profile.bleed_mm,
        safety_mm=profile.safety_mm,
        extent_multiple=profile.extent_multiple,
    )


def rules_of_advert(advert: Advert) -> Variant:
    """The variant for a supplied PDF: GWG's for magazine adverts, or the spots' own."""
    profile = advert.profile
    code = "spots" if profile.inks == PressProfile.Inks.SPOTS else "magazine-adverts"
    _left, _top, width, height = space_mm(advert.space, profile)
    return _numbered(VARIANTS[code], profile).with_limits(
        trim_mm=(width, height),
        bleed_mm=profile.bleed_mm if advert.space == Advert.Space.FULL else 0,
        page_count=1,
    )


def space_mm(
    space: str, profile: PressProfile, side: Side = "recto", row: int = 0, column: int = 0
) -> tuple[float, float, float, float]:
    """The box of a space on its page: left, top, width, height in mm from the trim's top left.

    Halves and quarters share the type area, in two rows and, for quarters, two columns.
    """
    if space == Advert.Space.FULL:
        return (0.0, 0.0, float(profile.trim_width_mm), float(profile.trim_height_mm))
    grid = PageGrid(profile.sheet)
    across = 2 if space == Advert.Space.QUARTER else 1
    width = (grid.width_mm - (across - 1) * grid.gutter_mm) / across
    height = (grid.height_mm - grid.gutter_mm) / 2
    left = grid.inner_mm if side == "recto" else grid.outer_mm
    return (
        left + column * (width + grid.gutter_mm),
        grid.head_mm + row * (height + grid.gutter_mm),
        width,
        height,
    )


def spot_job(profile: PressProfile) -> SpotJob | None:
    """The spot inks of a profile as the press lays them down; None for four colours alone."""
    if not profile.spot_colours:
        return None
    inks = Inks(read_output_profile(Path(profile.icc_path)), profile.ink_limit)
    return SpotJob(
        [SpotInk(name, ink_of(colour, inks)) for name, colour in profile.spot_colours.values()],
        keeps_process=profile.inks == PressProfile.Inks.CMYK_SPOTS,
    )


def _numbered(variant: Variant, profile: PressProfile) -> Variant:
    spots = frozenset(name for name, _colour in profile.spot_colours.values())
    return variant.with_limits(
        ink_percent=profile.ink_limit,
        contone_ppi=(profile.least_ppi - 1, profile.low_ppi - 1),
        spots=spots,
        spot_count=len(spots),
    )
