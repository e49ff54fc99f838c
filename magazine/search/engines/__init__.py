"""Choose the engine that answers, and name every index that has to be kept true."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from magazine.search.engines.base import Engine, EngineError, NotMadeError

logger = logging.getLogger(__name__)

EMBEDDED = "embedded"
SERVER = "elasticsearch"
# Seconds for which a server that failed isn't asked again.
REST = 20.0
Answer = TypeVar("Answer")


@dataclass
class _Rest:
    """Until when, on this process's clock, the server is left alone."""

    until: float = 0.0


_rest = _Rest()


def engine_called(name: str) -> Engine:
    """Return an engine by its name. Raises EngineError for one that isn't set up."""
    if name == EMBEDDED:
        from magazine.search.engines.embedded.engine import EmbeddedEngine

        return EmbeddedEngine()
    if name == SERVER and settings.SEARCH_URL:
        from magazine.search.engines.elasticsearch.engine import ServerEngine

        return ServerEngine()
    raise EngineError(_("No search engine called “%(name)s” is set up.") % {"name": name})


def engine_names() -> tuple[str, ...]:
    """Return the engines that are set up here, the one that readers get first."""
    return (SERVER, EMBEDDED) if settings.SEARCH_URL else (EMBEDDED,)


def ask(question: Callable[[Engine], Answer], only: str = "") -> tuple[Answer, str, bool]:
    """Return an engine's answer, its name, and whether it stands in for another one.

    A server that fails is left alone for a while and the embedded engine answers. Raises
    EngineError where none does; `only` names the one engine that is asked.
    """
    names = (only,) if only else engine_names()
    for name in names:
        is_last = name == names[-1]
        if is_at_rest(name) and not is_last:
            continue
        try:
            return _answered(question, name), name, name != names[0]
        except EngineError as error:
            if is_last:
                raise
            logger.warning("Search turns over from %s: %s", name, error)
            _rest.until = time.monotonic() + REST
    raise EngineError(_("No search engine is set up."))


def _answered(question: Callable[[Engine], Answer], name: str) -> Answer:
    """Return an engine's answer; one that finds its index spoilt makes it anew when asked again."""
    try:
        return question(engine_called(name))
    except NotMadeError:
        return question(engine_called(name))


def is_at_rest(name: str) -> bool:
    """Tell whether an engine is the server, and failed this process a moment ago."""
    return name == SERVER and time.monotonic() < _rest.until


def wake_server() -> None:
    """Ask the server again from now on, as after it was started."""
    _rest.until = 0.0
