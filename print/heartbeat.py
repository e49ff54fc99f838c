"""Keep the lease of a build alive while it is made, and write down how far it is."""

from __future__ import annotations

import threading
import time
import uuid
from types import TracebackType

from django.db import DatabaseError, connection
from django.db.models.functions import Now

from print.models import PressBuild

BEAT_SECONDS = 20.0
TELL_SECONDS = 1.0


class CalledOffError(Exception):
    """Somebody called the build off."""


class LeaseLostError(Exception):
    """The build was silent for so long that another worker took it."""


class Heartbeat:
    """The lease of one build: a thread beats for it, however long a single article takes."""

    def __init__(self, build_id: int, lease: uuid.UUID) -> None:
        self._row = PressBuild.objects.filter(
            pk=build_id, lease=lease, state=PressBuild.State.RUNNING
        )
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"press-{build_id}", daemon=True)
        self._told: tuple[str, float] = ("", 0.0)

    def __enter__(self) -> Heartbeat:
        """Begin to beat."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End to beat."""
        self._ended.set()
        self._thread.join()

    def tell(self, step: str, done: int, total: int) -> None:
        """Write down how far it is: each new step, and counts once a second.

        Raises CalledOffError, LeaseLostError.
        """
        last, moment = self._told
        if step == last and done < total and time.monotonic() - moment < TELL_SECONDS:
            return
        self._told = (step, time.monotonic())
        if not self._row.update(step=step, done=done, total=total, beat_at=Now()):
            raise LeaseLostError
        if self._row.filter(is_called_off=True).exists():
            raise CalledOffError

    def _beat(self) -> None:
        try:
            while not self._ended.wait(BEAT_SECONDS):
                try:
                    self._row.update(beat_at=Now())
                except DatabaseError:
                    # The next beat may find the database again; silence ends the lease.
                    connection.close()
        finally:
            connection.close()
