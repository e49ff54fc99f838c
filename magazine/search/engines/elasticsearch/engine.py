"""Answer plans from Elasticsearch or OpenSearch."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from elasticsearch import Elasticsearch

from magazine.search.analysis import Word
from magazine.search.engines.base import EngineError, Found, FoundHit, KeptText
from magazine.search.engines.elasticsearch import connection
from magazine.search.engines.elasticsearch.connection import client, server_errors, shown_address
from magazine.search.engines.elasticsearch.document import (
    SERVER_VERSION,
    kept_text,
    read_label,
)
from magazine.search.engines.elasticsearch.queries import copy_for, request_for, value_requests_for
from magazine.search.engines.elasticsearch.spelling import each_of, nearest
from magazine.search.plan import Plan
from magazine.search.query import FACETS

LEAST_WAIT = 0.05


class ServerEngine:
    """Answers one question: all that it asks the server takes two seconds at most."""

    name = "elasticsearch"

    def __init__(self) -> None:
        self._until = time.monotonic() + connection.READ
        self._shown: dict[int, KeptText] = {}

    def find(self, plan: Plan) -> Found:
        """Return the leaf that a plan asks for."""
        body = request_for(plan).to_dict() | {"timeout": f"{connection.READ:g}s"}
        answer = self._ask(
            lambda server: (
                server.search(
                    index=settings.SEARCH_INDEX,
                    body=body,
                    preference=copy_for(plan),
                    allow_partial_search_results=False,
                ).body
            )
        )
        with server_errors():
            return self._found(answer, plan)

    def texts(self, article_ids: Sequence[int]) -> Mapping[int, KeptText]:
        """Return what is kept of articles, by id; what `find` brought along isn't asked again."""
        unknown = [str(pk) for pk in article_ids if pk not in self._shown]
        if unknown:
            answer = self._ask(
                lambda server: server.mget(index=settings.SEARCH_INDEX, ids=unknown).body
            )
            with server_errors():
                for row in answer["docs"]:
                    if row.get("found"):
                        self._shown[int(row["_id"])] = kept_text(row["_source"])
        return {pk: self._shown[pk] for pk in article_ids if pk in self._shown}

    def nearly(self, words: Collection[Word]) -> Mapping[str, tuple[str, ...]]:
        """Return, for each word whose term and exact form it doesn't hold, the nearest it does."""
        with server_errors():
            return nearest(words, self._ask)

    def _ask(self, question: Callable[[Elasticsearch], Any]) -> Any:
        server = client()
        seconds = self._until - time.monotonic()
        if seconds < LEAST_WAIT:
            raise EngineError(_("%(address)s takes too long.") % {"address": shown_address()})
        with server_errors():
            return question(server.options(request_timeout=seconds))

    def _found(self, answer: Mapping[str, Any], plan: Plan) -> Found:
        rows = answer["hits"]["hits"]
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise EngineError(_("The search server answers for a part of its index only."))
        if any(f"-{SERVER_VERSION}-" not in row["_index"] for row in rows):
            raise EngineError(_("The search server’s index was made by another version."))
        hits = []
        for row in rows[: plan.size]:
            value, article_id = row["sort"]
            hits.append(FoundHit(int(article_id), float(value)))
            self._shown[int(article_id)] = kept_text(row["_source"])
        return Found(
            total=answer["hits"]["total"]["value"],
            hits=tuple(hits),
            facets={name: self._counts(answer["aggregations"], name, plan) for name in FACETS},
            is_last=len(rows) <= plan.size,
        )

    def _counts(
        self, counted: Mapping[str, Any], facet: str, plan: Plan
    ) -> tuple[tuple[str, str, int], ...]:
        """Return value, label and count: the most frequent values, then chosen ones."""
        found: dict[str, tuple[str, str, int]] = {}
        for bucket in counted[facet].get("values", counted[facet])["buckets"]:
            value, label = read_label(bucket["key"])
            found[value] = (value, label, bucket["doc_count"])
        rare = [value for value in dict(plan.facets).get(facet, ()) if value not in found]
        asked = [
            each.to_dict() for value in rare for each in value_requests_for(plan, facet, value)
        ]
        answers = iter(each_of(asked, self._ask))
        for number, known in zip(answers, answers, strict=True):
            for bucket in known["aggregations"]["values"]["buckets"]:
                value, label = read_label(bucket["key"])
                found[value] = (value, label, number["hits"]["total"]["value"])
        return tuple(found.values())
