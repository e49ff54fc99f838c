"""Keep every index true: apply changes, make anew, find and mend what differs."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from magazine.models import Article, SearchChange
from magazine.search.changes import (
    changes_after,
    forget_old,
    lowest_number,
    order,
    settled_number,
)
from magazine.search.document import documents_of
from magazine.search.engines import EMBEDDED, SERVER, engine_names, wake_server
from magazine.search.engines.base import EngineError, Index, Seen
from magazine.search.turns import PATIENCE, turn

if TYPE_CHECKING:
    from magazine.search.engines.embedded.index import EmbeddedIndex

logger = logging.getLogger(__name__)

# Articles that a reader's question may bring up to date before it is answered.
AT_ONCE = 5
CHUNK = 100
# Articles of a magazine whose embedded index is made while the first reader waits.
SMALL = 300


@dataclass(frozen=True)
class Differences:
    """How an index differs from what readers may see, by article."""

    missing: tuple[int, ...]
    stale: tuple[int, ...]
    surplus: tuple[int, ...]

    @property
    def articles(self) -> tuple[int, ...]:
        """Return all that differ."""
        return (*self.missing, *self.stale, *self.surplus)


@dataclass(frozen=True)
class Checked:
    """How an index is: whether it is there, how much it holds, what it lacks.

    `behind` are changes that wait to be applied; the articles that they concern aren't counted
    among the differences.
    """

    exists: bool
    held: int
    behind: int
    differences: Differences

    @property
    def is_good(self) -> bool:
        """Tell whether there is nothing to do."""
        return self.exists and not self.behind and not self.differences.articles


def index_called(name: str, patience: float | None = None) -> Index:
    """Return an index by its engine's name. Raises EngineError for one that isn't set up.

    `patience` is for how many seconds a server may keep us waiting to know whether it has one.
    """
    if name == EMBEDDED:
        return _embedded()
    if name == SERVER and settings.SEARCH_URL:
        from magazine.search.engines.elasticsearch.index import ServerIndex

        return ServerIndex(patience)
    raise EngineError(_("No search index called “%(name)s” is set up.") % {"name": name})


def bring_up_to_date() -> list[str]:
    """Apply all changes to each index; return those that can't be reached: another time, then."""
    behind = []
    for name in engine_names():
        try:
            _bring_up_to_date(name)
        except EngineError as error:
            logger.warning("The %s index is behind: %s", name, error)
            behind.append(name)
    return behind


def pending_for(name: str) -> frozenset[int]:
    """Return the articles whose changes an engine hasn't applied: they are left out of answers.

    The embedded index is brought up to date first where that takes a moment only.
    """
    if name == EMBEDDED and not _embedded().exists():
        _make_small_index()
    if name == EMBEDDED and _waiting(name):
        if _is_too_far_behind(name):
            _make_small_index()
        try:
            _apply_some(name, AT_ONCE, patience=0)
        except EngineError:
            logger.info("The embedded index is being written; its changes wait.")
    return still_pending(name)


def still_pending(name: str) -> frozenset[int]:
    """Return the articles whose changes an engine hasn't applied, without applying any."""
    return frozenset(pk for _number, pk in _waiting(name))


def rebuild(name: str) -> int:
    """Make an index anew from what readers may see now; return how many articles it holds."""
    index = index_called(name)
    with _nobody_applies(name):
        # What was forgotten is older than whatever is read from now on.
        floor = max(settled_number(), lowest_number() - 1)
        seen = Seen(floor, frozenset(number for number, _pk in changes_after(floor)))
        waiting = list(SearchChange.objects.filter(is_on_server=False).values_list("pk", flat=True))
        held = index.rebuild(documents_of(), seen)
        if name == SERVER:
            _mark_on_server(waiting)
            wake_server()
    return held


def go_back(name: str) -> Differences:
    """Swap with the index that was in use before, and mend what it missed meanwhile."""
    index_called(name).go_back()
    return reconcile(name)


def check(name: str) -> Checked:
    """Say how an index is; nothing is changed."""
    index = index_called(name)
    if not index.exists():
        public = Article.objects.for_readers().values_list("pk", flat=True)
        return Checked(False, 0, 0, Differences(tuple(public), (), ()))
    waiting = {pk for _number, pk in _waiting(name)}
    differences = _differences(index, but=waiting)
    return Checked(True, len(index.digests()), behind(name), differences)


def reconcile(name: str) -> Differences:
    """Compare an index with what readers may see, and mend it; return what was mended."""
    if not index_called(name).exists():
        rebuild(name)
    _bring_up_to_date(name)
    found = _differences(index_called(name))
    for start in range(0, len(found.articles), CHUNK):
        with turn(name):
            _write(name, found.articles[start : start + CHUNK])
    return found


def reconcile_all() -> dict[str, Differences]:
    """Reconcile every index that answers, and forget changes that are old; return by engine."""
    found = {}
    for name in engine_names():
        try:
            found[name] = reconcile(name)
        except EngineError as error:
            logger.warning("The %s index can't be reconciled: %s", name, error)
    forget_old()
    return found


def behind(name: str) -> int:
    """Return how many changes an index hasn't applied."""
    return len(_waiting(name))


def _bring_up_to_date(name: str) -> None:
    if not index_called(name).exists() or _is_too_far_behind(name):
        rebuild(name)
    while _apply_some(name, CHUNK):
        pass
    if name == SERVER:
        wake_server()
    else:
        _settle()


def _differences(index: Index, but: Collection[int] = ()) -> Differences:
    """Return how an index differs from what readers may see, some articles left aside."""
    known = {pk: digest for pk, digest in index.digests().items() if pk not in but}
    missing: list[int] = []
    stale: list[int] = []
    for document in documents_of():
        if document.article_id in but:
            continue
        digest = known.pop(document.article_id, None)
        if digest is None:
            missing.append(document.article_id)
        elif digest != document.digest:
            stale.append(document.article_id)
    return Differences(tuple(missing), tuple(stale), tuple(sorted(known)))


def _waiting(name: str) -> list[tuple[int, int]]:
    if name == SERVER:
        rows = SearchChange.objects.filter(is_on_server=False).order_by("pk")
        return list(rows.values_list("pk", "article_id"))
    seen = _embedded().seen()
    return [row for row in changes_after(seen.floor) if row[0] not in seen.numbers]


def _apply_some(name: str, most: int, patience: float = PATIENCE) -> int:
    """Apply the changes of some articles; return how many articles that were."""
    if not _waiting(name):
        return 0
    with turn(name, patience):
        waiting = _waiting(name)
        chosen = list(dict.fromkeys(pk for _number, pk in waiting))[:most]
        numbers = [number for number, pk in waiting if pk in set(chosen)]
        if chosen:
            _write(name, chosen, numbers)
        if name == SERVER:
            _mark_on_server(numbers)
    return len(chosen)


def _write(name: str, article_ids: Collection[int], numbers: Collection[int] = ()) -> None:
    """Bring articles into an index as they are now; whoever calls has the turn at it."""
    documents = list(documents_of(article_ids))
    gone = set(article_ids) - {document.article_id for document in documents}
    index_called(name).apply(documents, gone, numbers)


def _mark_on_server(numbers: list[int]) -> None:
    for start in range(0, len(numbers), 500):
        rows = SearchChange.objects.filter(pk__in=numbers[start : start + 500])
        rows.update(is_on_server=True)


@contextmanager
def _nobody_applies(name: str) -> Iterator[None]:
    """Hold changes back from a server's old index: they would be missed in the new one.

    The embedded index notes for itself what it has seen.
    """
    if name == SERVER:
        with turn(name):
            yield
    else:
        yield


def _embedded() -> EmbeddedIndex:
    from magazine.search.engines.embedded.index import EmbeddedIndex

    return EmbeddedIndex()


def _settle() -> None:
    """Say in one number what the embedded index has seen, as far as nothing can come before it."""
    waiting = [number - 1 for number, _pk in _waiting(EMBEDDED)]
    floor = min([settled_number(), *waiting])
    if floor > _embedded().seen().floor:
        _embedded().settle(floor)


def _is_too_far_behind(name: str) -> bool:
    """Tell whether changes may have been forgotten that this machine's index never saw."""
    if name == SERVER:
        return False
    seen = _embedded().seen()
    return lowest_number() - 1 > max([seen.floor, *seen.numbers])


def _make_small_index() -> None:
    if Article.objects.for_readers().count() > SMALL:
        order()
        raise EngineError(_("The embedded index has to be made: manage.py search_index rebuild"))
    rebuild(EMBEDDED)
