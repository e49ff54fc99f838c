"""Read the Range header of a download, as far as resuming one needs it."""

import re
from dataclasses import dataclass

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class UnsatisfiableRange(Exception):
    """The range begins past the end of the file."""


@dataclass(frozen=True)
class ByteRange:
    """A part of a file: first and last byte, both included, counted from 0."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Return how many bytes the part holds."""
        return self.last - self.first + 1


def read_range(header: str, size: int) -> ByteRange | None:
    """Return the part that `header` asks of a file of `size` bytes; None means the whole file.

    Several ranges at once, other units and nonsense are answered with the whole file,
    as RFC 9110 §14.2 allows. Raises UnsatisfiableRange.
    """
    found = ONE_RANGE.fullmatch(header.strip().replace(" ", ""))
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if first == "":
        length = min(int(last), size)
        if length == 0:
            raise UnsatisfiableRange
        return ByteRange(size - length, size - 1)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise UnsatisfiableRange
    return ByteRange(int(first), min(int(last), size - 1) if last else size - 1)
