"""Say in a line how each engine is, for those who watch over the site."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError

from magazine.search.engines import engine_names
from magazine.search.engines.base import EngineError
from magazine.search.upkeep import behind, index_called


def states() -> Iterator[str]:
    """Return a line for each engine, the one that readers get first: “embedded, 0 behind”."""
    for name in engine_names():
        yield f"{name}, {_state(name)}"


def _state(name: str) -> str:
    try:
        if not index_called(name).exists():
            return "no index yet"
        return f"{behind(name)} behind"
    except EngineError:
        return "doesn't answer"
    except DatabaseError:
        return "unknown"
