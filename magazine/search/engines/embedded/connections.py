"""Hand every thread of every process a connection of its own to the file in use."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from magazine.search.engines.base import EngineError, NotMadeError
from magazine.search.engines.embedded.generations import (
    CHANGING,
    Generations,
    current_path,
    generations,
    point_to,
)
from magazine.search.engines.embedded.schema import connect, stamp, value_of
from magazine.search.turns import turn

BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
PRIMARY_CODE = 0xFF


@dataclass(frozen=True)
class _Open:
    path: Path
    process: int
    db: sqlite3.Connection


_mine = threading.local()
# A child must neither use nor close what its parent opened.
_of_parents: list[sqlite3.Connection] = []


@contextmanager
def reading() -> Iterator[sqlite3.Connection]:
    """Hold one state of the index, whatever is written meanwhile. Raises EngineError."""
    with errors():
        db = _connection()
        db.execute("BEGIN")
        try:
            yield db
        finally:
            db.rollback()


@contextmanager
def writing() -> Iterator[sqlite3.Connection]:
    """Write all or nothing; others read on. Raises EngineError, also when others don't end."""
    with errors():
        db = _connection()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.execute("COMMIT")
        finally:
            db.rollback()


@contextmanager
def errors() -> Iterator[None]:
    """Turn what a file or a disk does to us into EngineError; a broken file is out of use then."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        if _is_of_a_broken_file(error):
            _lay_aside()
            said = _("The embedded index is broken: %(reason)s") % {"reason": error}
            raise NotMadeError(said) from error
        said = _("The embedded index can’t be used: %(reason)s") % {"reason": error}
        raise EngineError(said) from error


def _is_of_a_broken_file(error: Exception) -> bool:
    """Tell whether a file can't be read any more, or was emptied under our hands."""
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE
    return code in BROKEN or "no such table" in str(error)


def is_there() -> bool:
    """Tell whether there is a file in use, made by this version. Raises EngineError."""
    try:
        with errors():
            _connection()
    except NotMadeError:
        return False
    return True


def path_in_use() -> Path:
    """Return the file that this thread's connection is to."""
    return _mine.open.path


def _connection() -> sqlite3.Connection:
    path = current_path()
    mine: _Open | None = getattr(_mine, "open", None)
    if mine and mine.process == os.getpid() and mine.path == path:
        return mine.db
    _mine.open = None
    if mine and mine.process == os.getpid():
        mine.db.close()
    elif mine:
        _of_parents.append(mine.db)
    if path is None or not path.exists():
        raise NotMadeError(_("The embedded index isn’t made yet: manage.py search_index rebuild"))
    db = connect(path)
    if not _is_ours(db):
        db.close()
        raise NotMadeError(
            _("The embedded index is of another version: manage.py search_index rebuild")
        )
    _mine.open = _Open(path, os.getpid(), db)
    return db


def _is_ours(db: sqlite3.Connection) -> bool:
    has_meta = "SELECT 1 FROM sqlite_schema WHERE name = 'meta'"
    return bool(db.execute(has_meta).fetchone()) and value_of(db, "stamp") == stamp()


def _lay_aside() -> None:
    """Take a broken file out of use, unless another one has taken its place already."""
    mine: _Open | None = getattr(_mine, "open", None)
    path = mine.path if mine else current_path()
    _mine.open = None
    with suppress(EngineError, OSError), turn(CHANGING):
        now = generations()
        if path and now.current == path.name:
            point_to(Generations("", now.previous))
