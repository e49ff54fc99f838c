"""The output profiles that come with the house, and where they lie."""

from pathlib import Path

VENDORED_PROFILE = Path(__file__).with_name("ISOcoated_v2_300_bas.icc")
