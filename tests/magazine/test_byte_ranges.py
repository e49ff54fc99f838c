"""The parts of a file that a download may ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magazine.byte_ranges import ByteRange, UnsatisfiableRange, read_range


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-99", ByteRange(0, 99)),
        ("bytes=900-", ByteRange(900, 999)),
        ("bytes=-100", ByteRange(900, 999)),
        ("bytes=-5000", ByteRange(0, 999)),
        ("bytes=990-5000", ByteRange(990, 999)),
        ("", None),
        ("bytes=-", None),
        ("bytes=5-2", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
    ],
)
def test_part_of_a_thousand_bytes(header: str, part: ByteRange | None) -> None:
    assert read_range(header, 1000) == part


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_part_past_the_end_is_refused(header: str) -> None:
    with pytest.raises(UnsatisfiableRange):
        read_range(header, 1000)


@given(st.text(max_size=40) | st.from_regex(r"bytes=\d{0,4}-\d{0,4}"), st.integers(1, 5000))
def test_a_part_always_lies_in_the_file(header: str, size: int) -> None:
    try:
        part = read_range(header, size)
    except UnsatisfiableRange:
        return
    assert part is None or 0 <= part.first <= part.last < size
