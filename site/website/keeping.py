"""Keep what was made for readers, with the things that it shows, until one of them changes.

It lies in the cache that all processes share. One value there, the `Changes`, says which things
changed and when, in numbers that only grow: what began to be made before one of its things
changed is never used again. A lost `Changes` lets everything go; nothing is ever kept for longer
than `PAGES_KEPT_SECONDS`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from magazine.shown import EVERYTHING, Shown, noted_so_far, noting
from website.version import version

logger = logging.getLogger(__name__)

CHANGES = "website:changes"
LOCK = "website:changes-lock"
# So many things are remembered; of more, the oldest let everything go that is older than they.
MOST = 1000
LOCK_SECONDS = 5


@dataclass
class Changes:
    """When each thing changed last. What was begun before `floor` is of no use, whatever it shows.

    Moments are milliseconds since 1970, each greater than the one before.
    """

    floor: int
    latest: int
    things: dict[str, int] = field(default_factory=dict)

    def allow(self, begun: int, things: Iterable[str]) -> bool:
        """Tell whether something begun at a moment, which shows these things, is still right."""
        if begun < self.floor or self.things.get(EVERYTHING, 0) > begun:
            return False
        return all(self.things.get(each, 0) <= begun for each in things)


@dataclass(frozen=True)
class Kept:
    """Something made for readers: what it shows, when it was begun, until when it may be shown."""

    value: Any
    things: frozenset[str]
    begun: int
    made_at: dt.datetime
    until: dt.datetime


def keeps() -> bool:
    """Tell whether anything is kept at all: not while developing, unless asked for."""
    return settings.PAGES_KEPT_SECONDS > 0


def key_of(name: str) -> str:
    """Return the cache's own name for what is kept under a name, of this version of the site."""
    return f"website:{version()}:{hashlib.sha256(name.encode()).hexdigest()[:32]}"


@contextmanager
def cache_may_fail() -> Iterator[None]:
    """Go on where the cache refuses to answer or to take: pages are made as ever."""
    try:
        yield
    except Exception:  # each cache has errors of its own
        logger.warning("the cache doesn't answer: nothing is kept", exc_info=True)


def look_up(name: str) -> tuple[Kept | None, Changes]:
    """Return what is kept under a name if it is still right, and the changes so far."""
    found, changes, _former = look_closely(name)
    return found, changes


def look_closely(name: str) -> tuple[Kept | None, Changes, Kept | None]:
    """Return as `look_up`, and what is kept under the name even where it is right no longer."""
    key = key_of(name)
    kept, changes = None, Changes(floor=_now(), latest=0)
    with cache_may_fail():
        values = cache.get_many([key, CHANGES])
        changes = values.get(CHANGES) or _begin()
        kept = values.get(key)
    if kept is None:
        return None, changes, None
    is_right = kept.until > timezone.now() and changes.allow(kept.begun, kept.things)
    return (kept if is_right else None), changes, kept


def is_right(kept: Kept) -> bool:
    """Tell whether nothing changed, while something was made, of what it shows."""
    changes = None
    with cache_may_fail():
        changes = cache.get(CHANGES)
    return changes is not None and changes.allow(kept.begun, kept.things)


def keep(name: str, value: Any, shown: Shown, changes: Changes) -> Kept:
    """Keep a value that was made while `changes` held, and return it as it is kept."""
    now = timezone.now()
    until = now + dt.timedelta(seconds=settings.PAGES_KEPT_SECONDS)
    if shown.until is not None:
        until = min(until, shown.until)
    kept = Kept(value, frozenset(shown.things), changes.latest, now, until)
    seconds = (until - now).total_seconds()
    if seconds >= 1 and changes.latest:
        with cache_may_fail():
            cache.set(key_of(name), kept, int(seconds))
    return kept


def kept_or_made(name: str, make: Callable[[], Any], *, fetches_all: bool = False) -> Any:
    """Return what is kept under a name, else make and keep it; its things are noted either way.

    Unless `make` fetches all that it shows, it may show what the page around it had fetched
    before: then what was noted so far belongs to it too.
    """
    if not keeps():
        return make()
    around = Shown() if fetches_all else noted_so_far()
    with noting() as shown:
        found, changes = look_up(name)
        if found is not None:
            shown.add(set(found.things), found.until)
            return found.value
        with noting() as inside:
            value = make()
        inside.add(around.things, around.until)
        keep(name, value, inside, changes)
        return value


def forget(things: Iterable[str]) -> None:
    """Let go whatever shows one of these things, in every process, from now on."""
    things = set(things)
    if not things or not keeps():
        return
    deadline = time.monotonic() + LOCK_SECONDS
    while not cache.add(LOCK, True, LOCK_SECONDS):
        if time.monotonic() > deadline:
            things = {EVERYTHING}
            break
        time.sleep(0.01)
    try:
        changes = cache.get(CHANGES) or _begin()
        changes.latest = max(changes.latest + 1, _now())
        changes.things.update(dict.fromkeys(things, changes.latest))
        _shorten(changes)
        cache.set(CHANGES, changes, None)
    finally:
        cache.delete(LOCK)


def _begin() -> Changes:
    now = _now()
    cache.add(CHANGES, Changes(floor=now, latest=now), None)
    return cache.get(CHANGES) or Changes(floor=now, latest=now)


def _shorten(changes: Changes) -> None:
    """Drop changes older than anything that is kept, then the oldest of too many."""
    oldest = changes.latest - 1000 * settings.PAGES_KEPT_SECONDS - 60_000
    changes.things = {each: when for each, when in changes.things.items() if when > oldest}
    if len(changes.things) > MOST:
        ordered = sorted(changes.things.items(), key=lambda pair: pair[1])
        changes.floor = max(changes.floor, ordered[-MOST // 2 - 1][1])
        changes.things = dict(ordered[-MOST // 2 :])


def _now() -> int:
    return time.time_ns() // 1_000_000
