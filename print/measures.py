"""Write what preflight measured as the reader writes it: decimal comma, yes and no in words."""

from __future__ import annotations

import re

from django.utils.formats import get_format, number_format
from django.utils.translation import gettext as _

from print.remedies import gettext_noop

DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
MEGABYTES = re.compile(r"(?<=\d) MB\b")
MEGABYTE, KILOBYTE = 1_000_000, 1_000
# What the way to a place is made of; “form” and “image” as ISO 32000-1 calls them.
PLACES = (
    gettext_noop("page"),
    gettext_noop("form"),
    gettext_noop("image"),
    gettext_noop("inline image"),
    gettext_noop("pattern"),
    gettext_noop("shading"),
    gettext_noop("soft mask"),
    gettext_noop("glyph"),
    gettext_noop("annotation"),
    gettext_noop("file"),
    gettext_noop("output intent"),
    gettext_noop("metadata"),
)


def as_read(value: str) -> str:
    """Return a value as found or wanted, “0.71 mm” or “True”, in the language of the moment."""
    if value in {"True", "False"}:
        return _("yes") if value == "True" else _("no")
    told = _(value)
    if told == value:
        # “RGB, profile of a screen” is a list of words.
        told = ", ".join(_(part) for part in value.split(", "))
    if told.startswith("PDF"):
        # “PDF 1.4” is a name, no measure.
        return told
    told = MEGABYTES.sub(" " + _("MB"), told)
    return DECIMAL_POINT.sub(get_format("DECIMAL_SEPARATOR"), told)


def as_place(place: str) -> str:
    """Return the way to a place, “page/form”, in the language of the moment."""
    return "/".join(_(step) for step in place.split("/"))


def in_megabytes(size: int) -> str:
    """Return the size of a file in decimal units, “4.8 MB”, in the language of the moment."""
    if size < MEGABYTE:
        return _("%(size)s kB") % {"size": max(1, round(size / KILOBYTE))}
    return _("%(size)s MB") % {"size": number_format(round(size / MEGABYTE, 1), 1)}
