"""Let the processes of a machine take turns at work that two of them would spoil. No database.

Whoever reads articles and then writes them into an index does both in one turn: else the one who
read first and wrote last would put an older text over a newer one.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from magazine.search.engines.base import EngineError

PATIENCE = 2.0


@contextmanager
def turn(work: str, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the one turn that there is at a work; when a process dies, the system frees its turn.

    Raises EngineError where another one holds it for longer than `patience`, in seconds.
    """
    folder = Path(settings.DATA_DIR) / "search"
    until = time.monotonic() + patience
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / f"{work}.lock").open("a")
    except OSError as error:
        told = {"work": work, "reason": error}
        raise EngineError(_("No turn can be taken at %(work)s: %(reason)s") % told) from error
    with file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    told = {"work": work}
                    raise EngineError(_("Another process is at work on %(work)s.") % told) from None
                time.sleep(0.02)
        yield
