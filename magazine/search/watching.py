"""Say in a line how each engine is, for those who watch over the site."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError

from magazine.search.engines import engine_names, is_at_rest
from magazine.search.engines.base import EngineError
from magazine.search.upkeep import behind, index_called

# Seconds: a watchman asks often, and would take a slow answer for none.
PATIENCE = 0.5


def states() -> Iterator[str]:
    """Return a line for each engine, the one that readers get first: “embedded, 0 behind”.

    Of a server that failed a moment ago, what is known is said; else it has half a second.
    """
    for name in engine_names():
        yield f"{name}, {_state(name)}"


def _state(name: str) -> str:
    if is_at_rest(name):
        return "doesn't answer"
    try:
        if not index_called(name, PATIENCE).exists():
            return "no index yet"
        return f"{behind(name)} behind"
    except EngineError:
        return "doesn't answer"
    except DatabaseError:
        return "unknown"
