"""The output profiles that come with the house, and where they lie."""

from pathlib import Path

COATED = Path(__file__).with_name("ISOcoated_v2_300_bas.icc")
UNCOATED = Path(__file__).with_name("FOGRA29L_uncoated.icc")
HOUSE_PROFILES = {"coated": COATED, "uncoated": UNCOATED}
