"""Write what preflight measured as the reader writes it: decimal comma, yes and no in words."""

from __future__ import annotations

import re

from django.utils.formats import get_format
from django.utils.translation import gettext as _

DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def as_read(value: str) -> str:
    """Return a value as found or wanted, “0.71 mm” or “True”, in the language of the moment."""
    if value in {"True", "False"}:
        return _("yes") if value == "True" else _("no")
    told = _(value)
    # “PDF 1.4” is a name, no measure.
    return told if told.startswith("PDF") else DECIMAL_POINT.sub(get_format("DECIMAL_SEPARATOR"), told)
