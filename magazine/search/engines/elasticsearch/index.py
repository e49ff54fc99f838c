"""Keep what the search server answers from: documents by article, in an index behind an alias."""

from __future__ import annotations

import datetime as dt
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from elasticsearch import NotFoundError
from elasticsearch.dsl import Index

from magazine.search import ranking
from magazine.search.engines.base import EngineError, Seen
from magazine.search.engines.elasticsearch.analysis import AS_MADE, EXACT, analysis
from magazine.search.engines.elasticsearch.connection import client, server_errors, shown_address
from magazine.search.engines.elasticsearch.document import (
    SERVER_VERSION,
    ArticleOnServer,
    kept,
)
from magazine.search.texts import ArticleDocument

# Seconds for the update after a save; more documents at once may take longer.
SAVE_SECONDS = 2.0
SAVE_DOCUMENTS = 10
SECONDS_A_DOCUMENT = 0.2
# Seconds for what an operator or a nightly job waits for.
LONG = 60.0
CHUNK = 200
# Chunks that a server works on at once while an index is made.
AT_ONCE = 2
DIGESTS_AT_ONCE = 5_000
LEFTOVERS_AFTER = dt.timedelta(days=1)
STAMP = "%Y%m%d%H%M%S%f"
NOT_FOUND = 404


class ServerIndex:
    """The index behind the alias SEARCH_INDEX; the one before it is behind `…-previous`."""

    name = "elasticsearch"

    def __init__(self, patience: float | None = None) -> None:
        """Wait so many seconds to know whether there is an index, by default a reader's."""
        self._patience = patience
        self._alias: str = settings.SEARCH_INDEX
        self._previous = f"{self._alias}-previous"

    def exists(self) -> bool:
        """Tell whether there is an index, made by this version of the analysis and documents."""
        server = client(self._patience)
        with server_errors():
            try:
                found = server.indices.get_mapping(index=self._alias).body
            except NotFoundError:
                return False
            return bool(found) and all(
                self._is_one_of_ours(name) and _version(each["mappings"]) == SERVER_VERSION
                for name, each in found.items()
            )

    def apply(
        self, documents: Iterable[ArticleDocument], gone: Iterable[int], numbers: Iterable[int] = ()
    ) -> None:
        """Put documents in the place of what is known of them, forget those gone.

        Where a part of it fails, EngineError: all of it has to be applied again.
        """
        operations = [line for document in documents for line in _put(document)]
        operations += [{"delete": {"_id": str(pk)}} for pk in gone]
        if not operations:
            return
        more = max(len(operations) - SAVE_DOCUMENTS, 0)
        self._write(self._alias, operations, SAVE_SECONDS + more * SECONDS_A_DOCUMENT, refresh=True)

    def digests(self) -> Mapping[int, str]:
        """Return the digest of every document that is kept, by article."""
        server = client(LONG)
        found: dict[int, str] = {}
        order: Any = [{"article_id": "asc"}]
        after: list[Any] | None = None
        with server_errors():
            while True:
                answer = server.search(
                    index=self._alias,
                    size=DIGESTS_AT_ONCE,
                    sort=order,
                    search_after=after,
                    docvalue_fields=[{"field": "digest"}],
                    source=False,
                    allow_partial_search_results=False,
                )
                rows = answer["hits"]["hits"]
                found |= {int(row["_id"]): row["fields"]["digest"][0] for row in rows}
                if len(rows) < DIGESTS_AT_ONCE:
                    return found
                after = rows[-1]["sort"]

    def rebuild(self, documents: Iterable[ArticleDocument], seen: Seen) -> int:
        """Make a new index beside the old one, swap, keep the old one; return how many it holds."""
        server = client(LONG)
        now = dt.datetime.now(dt.UTC)
        new = f"{self._alias}-{SERVER_VERSION}-{now.strftime(STAMP)}"
        with server_errors():
            self._create(new)
        try:
            held = self._fill(new, documents)
            with server_errors():
                server.indices.put_settings(index=new, settings={"refresh_interval": "30s"})
                left = self._swap(new)
        except Exception:
            with suppress(EngineError), server_errors():
                server.indices.delete(index=new, ignore_unavailable=True)
            raise
        with server_errors():
            self._delete([*left, *self._never_finished(now)])
        return held

    def go_back(self) -> None:
        """Swap again with the index that was in use before, if one is kept."""
        with server_errors():
            before = self._behind(self._previous)
            if not before:
                raise EngineError(_("The search server keeps no index from before."))
            version = client().indices.get_mapping(index=before[0])[before[0]]["mappings"]
            if _version(version) != SERVER_VERSION:
                raise EngineError(_("The index from before was made by another version."))
            self._swap(before[0])

    def _create(self, name: str) -> None:
        index = Index(name, using=client(LONG))
        index.document(ArticleOnServer)
        index.settings(
            number_of_shards=1,
            # One copy more as soon as there is a second machine for it.
            auto_expand_replicas="0-1",
            # While it is filled nobody reads it; later each change is shown by itself.
            refresh_interval="-1",
            analysis=analysis(),
            # A mention stands there whole, though it weighs a part: more of them take longer to add
            # nothing.
            similarity={
                EXACT: {
                    "type": "BM25",
                    "k1": ranking.SATURATION / ranking.EXACT_BODY,
                    "b": ranking.EXACT_DILUTION,
                },
                # Few words of a text are told apart: how many says nothing of its length.
                AS_MADE: {"type": "BM25", "k1": ranking.SATURATION, "b": 0.0},
            },
        )
        index.create()

    def _fill(self, name: str, documents: Iterable[ArticleDocument]) -> int:
        held = 0
        remaining = iter(documents)
        under_way: deque[Future[None]] = deque()
        # The next articles are read while the server is at work on those before.
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while chunk := list(islice(remaining, CHUNK)):
                lines = [line for document in chunk for line in _put(document)]
                under_way.append(pool.submit(self._write, name, lines, LONG, refresh=False))
                held += len(chunk)
                if len(under_way) > AT_ONCE:
                    under_way.popleft().result()
            for each in under_way:
                each.result()
        server = client(LONG)
        with server_errors():
            server.indices.refresh(index=name)
            counted = server.count(index=name)["count"]
        if counted != held:
            told = {"address": shown_address(), "kept": counted, "held": held}
            raise EngineError(_("%(address)s kept %(kept)d of %(held)d articles.") % told)
        return held

    def _write(
        self, index: str, operations: list[dict[str, Any]], seconds: float, *, refresh: bool
    ) -> None:
        server = client(seconds)
        with server_errors():
            answer = server.bulk(
                index=index,
                operations=operations,
                refresh=refresh,
                timeout=f"{seconds:g}s",
                # An alias that is gone must not come back as an index without our mapping.
                require_alias=index == self._alias,
            )
            failed = list(_failures(answer["items"]))
        if failed:
            told = {"address": shown_address(), "refused": len(failed), "reason": failed[0]}
            told["given"] = len(answer["items"])
            raise EngineError(_("%(address)s refused %(refused)d of %(given)d: %(reason)s") % told)

    def _swap(self, new: str) -> list[str]:
        """Lead the alias to another index, the alias of the one before to what it leaves.

        Return the indexes to which no alias leads any more.
        """
        server = client(LONG)
        current = [name for name in self._behind(self._alias) if name != new]
        before = self._behind(self._previous)
        actions: list[dict[str, Any]] = [{"add": {"index": new, "alias": self._alias}}]
        actions += [{"remove": {"index": name, "alias": self._previous}} for name in before]
        for name in current:
            actions.append({"remove": {"index": name, "alias": self._alias}})
            actions.append({"add": {"index": name, "alias": self._previous}})
        if not current and server.indices.exists(index=self._alias):
            # Somebody wrote to the alias's name while there was none: it became an index.
            actions.insert(0, {"remove_index": {"index": self._alias}})
        server.indices.update_aliases(actions=actions)
        return [name for name in before if name != new]

    def _behind(self, alias: str) -> list[str]:
        try:
            return sorted(client(LONG).indices.get_alias(name=alias).body)
        except NotFoundError:
            return []

    def _never_finished(self, now: dt.datetime) -> Iterator[str]:
        """Return what rebuilds left that were killed; one of today may still be at work."""
        found = client(LONG).indices.get_alias(index=f"{self._alias}-*").body
        for name, each in found.items():
            if not each["aliases"] and self._is_one_of_ours(name):
                made = dt.datetime.strptime(name.rpartition("-")[2], STAMP).replace(tzinfo=dt.UTC)
                if now - made > LEFTOVERS_AFTER:
                    yield name

    def _delete(self, names: Iterable[str]) -> None:
        for name in names:
            client(LONG).indices.delete(index=name, ignore_unavailable=True)

    def _is_one_of_ours(self, name: str) -> bool:
        return bool(re.fullmatch(rf"{re.escape(self._alias)}-[0-9.]+-\d{{20}}", name))


def _put(document: ArticleDocument) -> list[dict[str, Any]]:
    return [{"index": {"_id": str(document.article_id)}}, kept(document)]


def _failures(items: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Return why parts of a bulk failed; forgetting what isn't there is none."""
    for item in items:
        [(verb, result)] = item.items()
        if result["status"] >= 300 and not (verb == "delete" and result["status"] == NOT_FOUND):
            yield f"{result['_id']}: {result['error']['type']}"


def _version(mappings: Mapping[str, Any]) -> str:
    return str(mappings.get("_meta", {}).get("version", ""))
