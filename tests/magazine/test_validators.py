"""Codes of a French periodical, right and mistyped."""

import pytest
from django.core.exceptions import ValidationError

from magazine.validators import cppap, hex_colour, issn


@pytest.mark.parametrize("code", ["3099-4179", "0317-8471", "2434-561X"])
def test_issn_with_its_check_digit_is_taken(code: str) -> None:
    issn(code)


@pytest.mark.parametrize("code", ["3099-4170", "30994179", "3099-417", "abcd-efgh", "2434-5610"])
def test_mistyped_issn_is_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        issn(code)


def test_cppap_says_when_it_ends() -> None:
    cppap("0629 G 94187")


@pytest.mark.parametrize("code", ["1329 G 94187", "0629G94187", "0629 g 94187", ""])
def test_mistyped_cppap_is_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        cppap(code)


@pytest.mark.parametrize("colour", ["0B5A4A", "#0B5A4", "red", "#0B5A4A;x"])
def test_ink_that_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValidationError):
        hex_colour(colour)
