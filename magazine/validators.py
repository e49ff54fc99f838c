"""Refuse codes that a French periodical can't carry: ISSN, CPPAP, ink colours."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

hex_colour = RegexValidator(
    r"^#[0-9A-Fa-f]{6}$", _("Write the colour as # and six hexadecimal signs, such as #0B5A4A.")
)


def issn(value: str) -> None:
    """Accept `1234-5679`: eight signs whose last is the check digit of ISO 3297."""
    if not re.fullmatch(r"\d{4}-\d{3}[\dX]", value):
        raise ValidationError(_("An ISSN reads 1234-5679: four signs, a hyphen, four signs."))
    digits = value.replace("-", "")
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=False))
    check = (11 - total % 11) % 11
    if digits[7] != ("X" if check == 10 else str(check)):
        raise ValidationError(_("The last sign of this ISSN doesn't match the others: retype it."))


def cppap(value: str) -> None:
    """Accept `MMYY L NNNNN`, the ten signs of a CPPAP registration (month and year of its end)."""
    if not re.fullmatch(r"(0[1-9]|1[0-2])\d{2} [A-Z] \d{5}", value):
        raise ValidationError(
            _("A CPPAP number reads 0628 G 91234: month and year it ends, a letter, five digits.")
        )
