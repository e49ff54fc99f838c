"""Put planned pieces between the articles of an issue's contents, and move one row among them."""

from collections.abc import Sequence
from hashlib import sha256


def interleave(contents: Sequence[str], planned: Sequence[tuple[int, str]]) -> list[str]:
    """Return all keys of a board, top to bottom.

    `contents` are the rows that stand in the issue's contents: their order is never
    changed. `planned` are the others, each with the place from 1 up that it wants;
    the contents fill the places between them.
    """
    waiting = sorted(planned, key=lambda row: row[0])
    entries = list(contents)
    rows: list[str] = []
    while waiting or entries:
        if waiting and (not entries or waiting[0][0] <= len(rows) + 1):
            rows.append(waiting.pop(0)[1])
        else:
            rows.append(entries.pop(0))
    return rows


def moved(keys: Sequence[str], key: str, before: str | None) -> list[str]:
    """Return the keys with one moved ahead of another, or to the end.

    Raises ValueError where either isn't on the board.
    """
    rest = list(keys)
    rest.remove(key)
    if before == key:
        return list(keys)
    rest.insert(len(rest) if before is None else rest.index(before), key)
    return rest


def stamp_of(keys: Sequence[str]) -> str:
    """Return a short mark of an order, by which a board seen earlier is told from today's."""
    return sha256(" ".join(keys).encode()).hexdigest()[:16]
