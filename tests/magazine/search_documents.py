"""Documents for the search's tests, and questions asked of the embedded index."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from magazine.search.engines.base import Found
from magazine.search.engines.embedded.engine import EmbeddedEngine
from magazine.search.plan import Plan, plan_of, synonyms_of
from magazine.search.query import read_query
from magazine.search.texts import ArticleDocument, Passage

DAY = dt.date(2026, 11, 22)


def document(article_id: int, text: str = "", **fields: Any) -> ArticleDocument:
    """An article whose body is `text`, a passage a line; facets by name: values."""
    facets = {
        name: tuple((value, value.title()) for value in values)
        for name, values in fields.pop("facets", {}).items()
    }
    empty = {
        "title": f"Article {article_id}",
        "kicker": "",
        "standfirst": "",
        "people": (),
        "organisations": (),
        "subjects": (),
        "published": DAY,
        "issue": None,
        "first_folio": None,
        "last_folio": None,
        "signs": len(text),
    }
    passages = tuple(Passage("paragraph", line, f"b{n}") for n, line in enumerate(text.split("\n")))
    return ArticleDocument(
        **{"article_id": article_id, "passages": passages, "facets": facets, **empty, **fields}
    )


def plan(text: str, *, synonyms: Any = (), size: int = 50, **fields: Any) -> Plan:
    """The plan of a question of this day; `facets`, `sort` as strings, else the plan's fields."""
    query = read_query(text, fields.pop("facets", {}), sort=fields.pop("sort", ""), size=size)
    return replace(plan_of(query, synonyms_of(synonyms), DAY), **fields)


def ask(text: str, **fields: Any) -> Found:
    """What the embedded engine finds."""
    return EmbeddedEngine().find(plan(text, **fields))


def ids(text: str, **fields: Any) -> list[int]:
    """The articles that the embedded engine finds, in order."""
    return [hit.article_id for hit in ask(text, **fields).hits]
