"""What preflight measured, in the reader's language."""

import pytest
from django.utils.translation import override

from print.measures import as_read


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("fr", "0.71 mm", "0,71 mm"),
        ("en", "0.71 mm", "0.71 mm"),
        ("fr", "210.5 × 297 mm", "210,5 × 297 mm"),
        ("fr", "PDF 1.4", "PDF 1.4"),
        ("fr", "True", "oui"),
        ("en", "False", "no"),
    ],
)
def test_measures_are_written_as_one_reads_them(language, value, shown):
    with override(language):
        assert as_read(value) == shown
