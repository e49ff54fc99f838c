"""Keep every index true: apply changes, make anew, find and mend what differs."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.conf import settings

from magazine.models import Article, SearchChange
from magazine.search.changes import changes_after, forget_old, lowest_number, settled_number
from magazine.search.document import documents_of
from magazine.search.engines import EMBEDDED, SERVER, engine_names, wake_server
from magazine.search.engines.base import EngineError, Index, Seen

logger = logging.getLogger(__name__)

# Articles that a reader's question may bring up to date before it is answered.
AT_ONCE = 5
CHUNK = 100
# Articles of a magazine whose embedded index is made while the first reader waits.
SMALL = 300


@dataclass(frozen=True)
class Mended:
    """What a reconciliation found in one index, by article; all of it is mended."""

    missing: tuple[int, ...]
    stale: tuple[int, ...]
    surplus: tuple[int, ...]

    @property
    def is_clean(self) -> bool:
        """Tell whether there was nothing to mend."""
        return not (self.missing or self.stale or self.surplus)


def index_called(name: str) -> Index:
    """Return an index by its engine's name. Raises EngineError for one that isn't set up."""
    if name == EMBEDDED:
        from magazine.search.engines.embedded.index import EmbeddedIndex

        return EmbeddedIndex()
    if name == SERVER and settings.SEARCH_URL:
        from magazine.search.engines.elasticsearch.index import ServerIndex

        return ServerIndex()
    raise EngineError(f"No search index called {name!r} is set up.")


def bring_up_to_date() -> None:
    """Apply all changes to each index; one that can't be reached is left to the next time."""
    for name in engine_names():
        try:
            index = index_called(name)
            if not index.exists():
                rebuild(name)
            while _apply_some(name, CHUNK):
                pass
            if name == SERVER:
                wake_server()
        except EngineError as error:
            logger.warning("The %s index is behind: %s", name, error)


def pending_for(name: str) -> frozenset[int]:
    """Return the articles whose changes an engine hasn't applied: they are left out of answers.

    The embedded index is brought up to date first where that takes a moment only.
    """
    if name == EMBEDDED:
        _make_small_index()
        try:
            _apply_some(name, AT_ONCE)
        except EngineError:
            logger.info("The embedded index is being written; its changes wait.")
    return frozenset(pk for _number, pk in _waiting(name))


def rebuild(name: str) -> int:
    """Make an index anew from what readers may see now; return how many articles it holds."""
    seen = Seen(floor=settled_number(), numbers=frozenset())
    seen = Seen(seen.floor, frozenset(number for number, _pk in changes_after(seen.floor)))
    waiting = list(SearchChange.objects.filter(is_on_server=False).values_list("pk", flat=True))
    held = index_called(name).rebuild(documents_of(), seen)
    if name == SERVER:
        _mark_on_server(waiting)
        wake_server()
    return held


def reconcile(name: str) -> Mended:
    """Compare an index with what readers may see, and mend it."""
    index = index_called(name)
    if not index.exists():
        rebuild(name)
    known = dict(index.digests())
    missing: list[int] = []
    stale: list[int] = []
    for document in documents_of():
        digest = known.pop(document.article_id, None)
        if digest == document.digest:
            continue
        (missing if digest is None else stale).append(document.article_id)
        index.apply([document], [])
    if known:
        public = Article.objects.for_readers().filter(pk__in=known)
        index.apply([], set(known).difference(public.values_list("pk", flat=True)))
    return Mended(tuple(missing), tuple(stale), tuple(sorted(known)))


def reconcile_all() -> dict[str, Mended]:
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


def _waiting(name: str) -> list[tuple[int, int]]:
    if name == SERVER:
        rows = SearchChange.objects.filter(is_on_server=False).order_by("pk")
        return list(rows.values_list("pk", "article_id"))
    seen = index_called(name).seen()
    return [row for row in changes_after(seen.floor) if row[0] not in seen.numbers]


def _apply_some(name: str, most: int) -> int:
    """Apply the changes of some articles; return how many articles that were."""
    waiting = _waiting(name)
    chosen = list(dict.fromkeys(pk for _number, pk in waiting))[:most]
    if not chosen:
        return 0
    numbers = [number for number, pk in waiting if pk in set(chosen)]
    documents = list(documents_of(chosen))
    gone = set(chosen) - {document.article_id for document in documents}
    index_called(name).apply(documents, gone, numbers)
    if name == SERVER:
        _mark_on_server(numbers)
    return len(chosen)


def _mark_on_server(numbers: list[int]) -> None:
    for start in range(0, len(numbers), 500):
        rows = SearchChange.objects.filter(pk__in=numbers[start : start + 500])
        rows.update(is_on_server=True)


def _make_small_index() -> None:
    index = index_called(EMBEDDED)
    if index.exists():
        return
    if Article.objects.for_readers().count() > SMALL:
        raise EngineError("The embedded index isn't made yet: manage.py search_index rebuild")
    rebuild(EMBEDDED)
