"""Keep the files of the embedded index: the one in use, the one before, and which is which."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

POINTER = "current"
# The work of changing which files are in use (`magazine.search.turns`).
CHANGING = "generations"


@dataclass(frozen=True)
class Generations:
    """The names of the file in use and of the one before it; empty where there is none."""

    current: str = ""
    previous: str = ""


def folder() -> Path:
    """Return where the files are; it is made where it lacks."""
    path = Path(settings.DATA_DIR) / "search"
    path.mkdir(parents=True, exist_ok=True)
    return path


def generations() -> Generations:
    """Return which files are in use now."""
    pointer = f"{settings.DATA_DIR}/search/{POINTER}"
    try:
        state = os.stat(pointer)  # noqa: PTH116  asked several times an answer
    except FileNotFoundError:
        return Generations()
    return _read(pointer, state.st_ino, state.st_mtime_ns)


@lru_cache(maxsize=4)
def _read(pointer: str, inode: int, changed: int) -> Generations:
    """Return what a pointer says; it is replaced as a whole, never written again."""
    lines = Path(pointer).read_text().split("\n")
    return Generations(*(lines + ["", ""])[:2])


def current_path() -> Path | None:
    """Return the file in use, or None."""
    name = generations().current
    return Path(settings.DATA_DIR) / "search" / name if name else None


def new_path() -> Path:
    """Return the path of a file that nobody has yet."""
    return folder() / f"readers-{time.time_ns():x}-{os.getpid():x}.sqlite3"


def point_to(wanted: Generations) -> None:
    """Put files into use, at once for all who look."""
    path = folder() / f"{POINTER}.{os.getpid()}"
    with path.open("w") as file:
        file.write(f"{wanted.current}\n{wanted.previous}\n")
        file.flush()
        os.fsync(file.fileno())
    path.replace(folder() / POINTER)
    directory = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def sweep() -> None:
    """Delete every file that is neither in use nor the one before."""
    kept = generations()
    for path in folder().glob("readers-*"):
        if not path.name.startswith(tuple(filter(None, (kept.current, kept.previous)))):
            path.unlink(missing_ok=True)
