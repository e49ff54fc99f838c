"""What preflight measured, in the reader's language."""

import pytest
from django.utils.translation import override

from print.measures import as_place, as_read, in_megabytes


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("fr", "0.71 mm", "0,71 mm"),
        ("en", "0.71 mm", "0.71 mm"),
        ("fr", "210.5 × 297 mm", "210,5 × 297 mm"),
        ("fr", "PDF 1.4", "PDF 1.4"),
        ("fr", "True", "oui"),
        ("en", "False", "no"),
        ("fr", "encryption", "chiffrement"),
        ("fr", "RGB, profile of a screen", "RGB, profil d’écran"),
        ("fr", "≤ 2000 MB", "≤ 2000 Mo"),
    ],
)
def test_measures_are_written_as_one_reads_them(language, value, shown):
    with override(language):
        assert as_read(value) == shown


@pytest.mark.parametrize(
    ("size", "french", "english"),
    [(4_799_303, "4,8 Mo", "4.8 MB"), (312_400, "312 ko", "312 kB"), (12, "1 ko", "1 kB")],
)
def test_sizes_are_in_one_unit_everywhere(size, french, english):
    with override("fr"):
        assert in_megabytes(size) == french
    with override("en"):
        assert in_megabytes(size) == english


def test_the_way_to_a_place_is_in_words():
    with override("fr"):
        assert as_place("page/soft mask/image") == "page/masque de transparence/image"
        assert as_place("TrimBox") == "TrimBox"
