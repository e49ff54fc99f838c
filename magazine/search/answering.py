"""Answer a question: plan it, have it answered, and check each hit against the database."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from magazine.search.analysis import Word, words_of
from magazine.search.engines import ask
from magazine.search.engines.base import Engine, Found
from magazine.search.passages import Marker, mark, passages_of
from magazine.search.pins import pinned_for
from magazine.search.plan import Alternative, Group, Plan, plan_of, relaxed, with_nearly
from magazine.search.query import FACETS, Cursor, SearchQuery, Sort, write_cursor
from magazine.search.results import Facet, FacetValue, Nearly, SearchHit, SearchResults
from magazine.search.synonyms import current_synonyms
from magazine.search.upkeep import pending_for, still_pending
from magazine.search.visible import found_public, gone_among

# Fewer articles than these, and those that hold most of the words are shown too.
FEW = 10


@dataclass(frozen=True)
class _Answer:
    """What one engine made of a plan, and the plan as it was in the end."""

    found: Found
    plan: Plan
    asked: int
    nearly: Mapping[str, tuple[str, ...]]
    hits: tuple[SearchHit, ...]
    behind: int


def search(query: SearchQuery, engine: str = "") -> SearchResults:
    """Return what a question finds, for readers; `engine` names the one to ask, else the best.

    Raises EngineError where no engine answers.
    """
    start = time.perf_counter()
    if not query.asks_something:
        return _nothing(query, start)
    pinned = () if query.facets or query.cursor else pinned_for(query.text)

    def answered(by: Engine) -> _Answer:
        return _answer(query, by, pinned)

    answer, name, is_fallback = ask(answered, engine)
    found = answer.found
    last = found.hits[-1] if found.hits and not found.is_last else None
    plan = answer.plan
    return SearchResults(
        query=query,
        total=found.total,
        hits=answer.hits,
        facets=facets_of(query, found),
        suggestion=_suggestion(query, answer),
        nearly=tuple(Nearly(typed, used) for typed, used in answer.nearly.items()),
        asked=answer.asked,
        needed=plan.needed,
        cursor=write_cursor(query, Cursor(last.value, last.article_id, plan.day, plan.needed))
        if last
        else "",
        engine=name,
        is_fallback=is_fallback,
        behind=answer.behind,
        milliseconds=round((time.perf_counter() - start) * 1000, 1),
    )


def facets_of(query: SearchQuery, found: Found) -> tuple[Facet, ...]:
    """Return the facets in the house's order, what is chosen marked, also where nothing has it."""
    facets = []
    for name in FACETS:
        chosen = query.chosen(name)
        rows = list(found.facets.get(name, ()))
        rows += [(value, value, 0) for value in chosen if value not in {row[0] for row in rows}]
        values = tuple(
            FacetValue(value, label or value, count, value in chosen)
            for value, label, count in rows
        )
        if values:
            facets.append(Facet(name, values))
    return tuple(facets)


def _answer(query: SearchQuery, engine: Engine, pinned: Sequence[int]) -> _Answer:
    pending = pending_for(engine.name)
    whole = plan_of(query, current_synonyms(), timezone.localdate())
    whole = replace(whole, without=frozenset(pending))
    near = _nearly(whole, engine)
    whole = with_nearly(whole, near)
    plan = replace(whole, without=whole.without | frozenset(pinned))
    found, used = found_public(
        plan, lambda tried: _found(tried, engine), lambda: still_pending(engine.name)
    )
    marker = Marker(whole)
    shown = [(pk, 0.0, True) for pk in pinned]
    shown += [(hit.article_id, hit.value, False) for hit in found.hits]
    texts = engine.texts([pk for pk, _value, _is_pinned in shown])
    hits = tuple(
        SearchHit(
            article_id=pk,
            score=value,
            title=mark(texts[pk].title, marker.spans(texts[pk].title)),
            passages=passages_of(texts[pk], marker),
            is_pinned=is_pinned,
        )
        for pk, value, is_pinned in shown
        if pk in texts
    )
    pinned_shown = sum(hit.is_pinned for hit in hits)
    found = replace(found, total=found.total + pinned_shown)
    return _Answer(found, used, len(whole.groups), near, hits, len(pending))


def _found(plan: Plan, engine: Engine) -> tuple[Found, Plan]:
    """Return what holds every group, else, where that is little, what holds most of them."""
    whole = replace(plan, needed=len(plan.groups))
    if plan.needed < whole.needed:
        used = _relaxed(whole, engine) or whole
        return engine.find(used), used
    found = engine.find(whole)
    if plan.cursor is None and found.total < FEW:
        wider = _relaxed(whole, engine)
        more = engine.find(wider) if wider else found
        if wider and more.total > found.total:
            return more, wider
    return found, whole


def _relaxed(plan: Plan, engine: Engine) -> Plan | None:
    """Return the plan that asks for fewer groups, but for the rarest that anything holds."""
    if len(plan.groups) < 2:
        return None
    alone = replace(plan, phrases=(), needed=1, size=1, cursor=None)
    held = [
        (engine.find(replace(alone, groups=(group,))).total, number)
        for number, group in enumerate(plan.groups)
    ]
    rarest = min(((total, number) for total, number in held if total), default=None)
    return relaxed(plan, rarest[1]) if rarest else None


def _nearly(plan: Plan, engine: Engine) -> Mapping[str, tuple[str, ...]]:
    """Return the nearest words for those that were typed and that the engine doesn't hold.

    Only words that a public article holds: the engine may know others from what was public.
    """
    typed: list[Word] = []
    for group in plan.groups:
        words = [word for each in group.alternatives for word in each.words]
        is_one_word = len({word.exact for word in words}) == len(group.alternatives[0].words) == 1
        if is_one_word and not group.is_required:
            typed += words
    offered = engine.nearly(typed) if typed else {}
    found = {
        word: tuple(other for other in others if _is_public(other, plan, engine))
        for word, others in offered.items()
    }
    return {word: others for word, others in found.items() if others}


def _is_public(word: str, plan: Plan, engine: Engine) -> bool:
    """Tell whether an article that readers may see holds a word."""
    groups = (Group((Alternative(tuple(words_of(word))),)),)
    alone = Plan(
        groups, (), (), needed=1, facets=(), sort=Sort.NEWEST, size=FEW, cursor=None, day=plan.day
    )
    found = engine.find(replace(alone, without=plan.without))
    ids = {hit.article_id for hit in found.hits}
    return bool(ids - gone_among(ids))


def _suggestion(query: SearchQuery, answer: _Answer) -> str:
    """Return the question with its unknown words mended, if that finds a public article."""
    if not answer.nearly or not answer.hits or query.cursor:
        return ""
    text = query.text
    mended = {typed: used[0] for typed, used in answer.nearly.items() if used}
    for word in reversed(words_of(text)):
        if word.exact in mended:
            text = text[: word.start] + mended[word.exact] + text[word.end :]
    return text if text != query.text else ""


def _nothing(query: SearchQuery, start: float) -> SearchResults:
    return SearchResults(
        query=query,
        total=0,
        hits=(),
        facets=(),
        suggestion="",
        nearly=(),
        asked=0,
        needed=0,
        cursor="",
        engine="",
        is_fallback=False,
        behind=0,
        milliseconds=round((time.perf_counter() - start) * 1000, 1),
    )
