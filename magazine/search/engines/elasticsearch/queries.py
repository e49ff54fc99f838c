"""Say to a server what a plan looks for: a query, counts for each facet, an order."""

from __future__ import annotations

import zlib
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.aggs import Agg
from elasticsearch.dsl.query import Query

from magazine.search import ranking
from magazine.search.analysis import Word
from magazine.search.plan import Alternative, Group, Plan
from magazine.search.query import FACETS, Sort

MOST_VALUES = 50
MOST_NEIGHBOURS = 8
# Above any score, so that an article that holds more of what was asked comes first.
A_GROUP_HELD = 1_000.0
# The day of what has none, where the oldest come first: they come last.
NO_DAY = 9_999_999
# Words of a phrase are kept apart by what stands in no figure: “7” “120” isn’t “7 120”.
BETWEEN = "\n"
# What one mention in a text of usual length is worth of its rarity is 1 / this.
MENTION = 1 + ranking.SATURATION


def request_for(plan: Plan) -> Search[Any]:
    """Return what is asked for a leaf: one hit more than its size tells whether it is the last."""
    search = Search().query(query_for(plan)).sort(*_order(plan))
    search = search.extra(size=plan.size + 1, track_total_hits=True)
    chosen = _choices(plan)
    if chosen:
        search = search.post_filter("bool", filter=list(chosen.values()))
    if plan.cursor:
        search = search.extra(search_after=[plan.cursor.value, plan.cursor.article_id])
    for name in FACETS:
        others = [query for facet, query in chosen.items() if facet != name]
        if others:
            counted = search.aggs.bucket(name, "filter", filter=Q("bool", filter=others))
            counted.bucket("values", _values_of(name))
        else:
            # Counted as they are found, three times as fast.
            search.aggs.bucket(name, _values_of(name))
    return search


def value_requests_for(plan: Plan, facet: str, value: str) -> tuple[Search[Any], Search[Any]]:
    """Return what is asked for a chosen value that isn't among the counted: how many, and its name.

    How it is called is said also where nothing that is found has it.
    """
    is_it = Q("term", **{f"facets.{facet}": value})
    others = [query for name, query in _choices(plan).items() if name != facet]
    found = Search().query("bool", filter=[query_for(plan), is_it, *others])
    known = Search().query("bool", filter=[is_it], must_not=_without(plan))
    known.aggs.bucket("values", "terms", field=f"labels.{facet}", include=_label_of(value))
    return found.extra(size=0, track_total_hits=True), known.extra(size=0)


def copy_for(plan: Plan) -> str:
    """Return what leads all leaves of a question to one copy of the index: copies score apart."""
    texts = [each.text for group in plan.groups for each in group.alternatives]
    return f"question-{zlib.crc32(repr(texts).encode())}"


def query_for(plan: Plan) -> Query:
    """Return what an article must hold and must not, and what it is worth on the plan's day."""
    quoted: list[Query] = []
    free: list[Query] = []
    for group in plan.groups:
        is_last = group is plan.groups[-1]
        query = _begun(group, is_last=is_last) if plan.is_prefix else _group(group)
        (quoted if group.is_required else free).append(query)
    needed = plan.needed - len(quoted)
    is_whole = needed >= len(free)
    neighbours = [] if plan.is_prefix or len(plan.groups) < 2 else plan.phrases[:MOST_NEIGHBOURS]
    found = Q(
        "bool",
        must=[*quoted, *(free if is_whole else [])] or [Q("match_all")],
        should=[*map(_neighbours, neighbours), *([] if is_whole else free)],
        must_not=[*map(_holds, plan.excluded), *_without(plan)],
        minimum_should_match=0,
    )
    found = _newer_first(found, plan)
    if is_whole:
        return found
    held = [Q("constant_score", filter=each, boost=A_GROUP_HELD) for each in free]
    # Without anything that must be there, Lucene wants one of what should.
    counted = Q("bool", filter=[Q("match_all")], should=held, minimum_should_match=max(needed, 0))
    return Q("bool", must=[found, counted])


def held_anywhere(word: Word) -> Query:
    """Return what finds articles that hold a word's term or its exact form."""
    return Q("bool", should=[_form_of(word), Q("match", exact=word.exact)])


def _group(group: Group) -> Query:
    """Return the best of the ways to say a thing."""
    ways = [_weighed(_worth(each), each.weight) for each in group.alternatives]
    return ways[0] if len(ways) == 1 else Q("dis_max", queries=ways)


def _worth(alternative: Alternative) -> Query:
    """Return what finds the words, and is worth each one's term and exact form."""
    words = [
        Q(
            "bool",
            must=[_form_of(word)],
            should=[_weighed(Q("match", exact=word.exact), ranking.EXACT)],
        )
        for word in alternative.words
    ]
    if len(words) == 1:
        return words[0]
    return Q("bool", must=words, filter=[_holds(alternative)] if alternative.is_phrase else [])


def _holds(alternative: Alternative) -> Query:
    """Return what finds the words, in their order where it is a phrase."""
    held = [_form_of(word) for word in alternative.words]
    if alternative.is_phrase and len(held) > 1:
        held.append(_run(alternative, "stems"))
    return Q("bool", must=held)


def _form_of(word: Word) -> Query:
    """Return what finds the forms that may be meant by a word."""
    if word.term == word.stem:
        return Q("match", stems=word.exact)
    return Q("term", told=word.term)


def _run(phrase: Alternative, field: str, boost: float = 1.0) -> Query:
    text = BETWEEN.join(word.exact for word in phrase.words)
    return Q("match_phrase", **{field: {"query": text, "boost": boost}})


def _neighbours(phrase: Alternative) -> Query:
    """Return what raises a text in which words stand together, and once more names and titles."""
    anywhere = _run(phrase, "stems", ranking.PHRASE * MENTION)
    naming = [
        _run(phrase, name, ranking.PHRASE_TITLE * MENTION) for name, _worth in ranking.BEGINNINGS
    ]
    return Q("bool", should=[anywhere, Q("dis_max", queries=naming)])


def _begun(group: Group, *, is_last: bool) -> Query:
    """Return what finds words in what names an article, the typed one's last word only begun."""
    ways = []
    for place, alternative in enumerate(group.alternatives):
        *before, last = [word.exact for word in alternative.words]
        part = "starts" if is_last and place == 0 else "folded"
        for name, weight in ranking.BEGINNINGS:
            words = [Q("match", **{f"{name}.folded": word}) for word in before]
            words.append(Q("match", **{f"{name}.{part}": last}))
            held = Q("bool", filter=words)
            ways.append(Q("constant_score", filter=held, boost=weight * alternative.weight))
    return Q("dis_max", queries=ways)


def _newer_first(query: Query, plan: Plan) -> Query:
    """Multiply by 1, and by up to a fifth more for what is new."""
    if not _goes_by_score(plan):
        return Q("bool", filter=[query])
    age = {"origin": plan.day.toordinal(), "scale": ranking.HALF_LIFE_DAYS, "decay": 0.5}
    newer = {"filter": Q("exists", field="day"), "exp": {"day": age}, "weight": ranking.RECENCY}
    return Q(
        "function_score",
        query=query,
        functions=[{"weight": 1.0}, newer],
        score_mode="sum",
        boost_mode="multiply",
    )


def _goes_by_score(plan: Plan) -> bool:
    return plan.sort is Sort.RELEVANCE and bool(plan.groups)


def _order(plan: Plan) -> list[dict[str, Any]]:
    if _goes_by_score(plan):
        return [{"_score": "desc"}, {"article_id": "asc"}]
    day = {"order": "desc", "missing": 0}
    if plan.sort is Sort.OLDEST:
        day = {"order": "asc", "missing": NO_DAY}
    return [{"day": day}, {"article_id": "asc"}]


def _choices(plan: Plan) -> dict[str, Query]:
    return {name: Q("terms", **{f"facets.{name}": list(values)}) for name, values in plan.facets}


def _without(plan: Plan) -> list[Query]:
    return [Q("terms", article_id=sorted(plan.without))] if plan.without else []


def _values_of(facet: str) -> Agg[Any]:
    order = [{"_count": "desc"}, {"_key": "asc"}]
    return A("terms", field=f"labels.{facet}", size=MOST_VALUES, order=order)


def _label_of(value: str) -> str:
    """Return the pattern, in Lucene's signs, of what is counted of a value."""
    written = "".join(sign if sign.isalnum() else f"\\{sign}" for sign in value)
    return f"[^\t]*\t{written}\t[^\t]*"


def _weighed(query: Query, weight: float) -> Query:
    return query if weight == 1.0 else Q("bool", must=[query], boost=weight)
