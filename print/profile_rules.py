"""Choose the rules that a press profile's files are held against."""

from __future__ import annotations

from print.models import PressProfile
from print.preflight.variants import VARIANTS, Variant


def rules_of(profile: PressProfile) -> Variant:
    """The variant for a profile, with its sizes and its extent."""
    return VARIANTS["sheet-cmyk"].with_limits(
        trim_mm=(profile.trim_width_mm, profile.trim_height_mm),
        bleed_mm=profile.bleed_mm,
        extent_multiple=profile.extent_multiple,
    )
