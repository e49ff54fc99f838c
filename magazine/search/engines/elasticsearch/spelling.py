"""Offer, for a word that no article on the server holds, the nearest ones that some hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch

from magazine.search.analysis import Word, folded
from magazine.search.engines.elasticsearch.document import forms_shown
from magazine.search.engines.elasticsearch.queries import held_anywhere
from magazine.search.nearness import (
    MOST_OFFERED,
    distance,
    edits_allowed,
    is_mendable,
    is_near,
    is_offered,
)

# What a server may propose for a word, and what is looked at more closely.
MOST_PROPOSED = 50
MOST_LOOKED_AT = 8
# Articles in which the accents of a word are looked up.
SAMPLE = 3

Ask = Callable[[Callable[[Elasticsearch], Any]], Any]


def nearest(words: Collection[Word], ask: Ask) -> Mapping[str, tuple[str, ...]]:
    """Return, by exact form, at most three words for each that no article holds, best first."""
    typed = _unknown([word for word in words if is_mendable(word.exact)], ask)
    if not typed:
        return {}
    proposed = _proposed(typed, ask)
    wanted = sorted({plain for found in proposed.values() for plain in found})
    held = dict(zip(wanted, _looked_up(wanted, ask), strict=True))
    found: dict[str, tuple[str, ...]] = {}
    for word, others in proposed.items():
        ranked = sorted((distance(word, plain), -held[plain][0], plain) for plain in others)
        forms = [form for *_order, plain in ranked for form in held[plain][1]]
        if forms:
            found[word] = tuple(forms[:MOST_OFFERED])
    return found


def _unknown(words: Sequence[Word], ask: Ask) -> list[str]:
    """Return the typed words that no article holds, in whatever way they may be meant."""
    asked = [
        {"query": held_anywhere(word).to_dict(), "size": 0, "terminate_after": 1} for word in words
    ]
    answers = each_of(asked, ask)
    pairs = zip(words, answers, strict=True)
    held = {word.exact for word, answer in pairs if answer["hits"]["total"]["value"]}
    return sorted({word.exact for word in words} - held)


def _proposed(words: Sequence[str], ask: Ask) -> dict[str, list[str]]:
    """Return, without accents, the words that the server's index holds or held, near to each."""
    suggest = {
        word: {
            "text": folded(word),
            "term": {
                "field": "words",
                "suggest_mode": "always",
                "max_edits": edits_allowed(word),
                "prefix_length": 0,
                "min_word_length": 1,
                "size": MOST_PROPOSED,
                "shard_size": MOST_PROPOSED,
            },
        }
        for word in words
    }
    answer = ask(
        lambda server: (
            server.search(
                index=settings.SEARCH_INDEX,
                size=0,
                suggest=suggest,
                allow_partial_search_results=False,
            ).body
        )
    )
    found = {}
    for word in words:
        rows = [row for part in answer["suggest"][word] for row in part["options"]]
        near = [
            (distance(word, row["text"]), -row["freq"], row["text"])
            for row in rows
            if is_offered(row["text"]) and is_near(word, row["text"])
        ]
        found[word] = [plain for *_order, plain in sorted(near)][:MOST_LOOKED_AT]
    return found


def _looked_up(plain_words: Sequence[str], ask: Ask) -> list[tuple[int, list[str]]]:
    """Return how many articles hold a word now, and how it is written in some of them.

    What only deleted articles held is still proposed; none holds it.
    """
    asked = [
        {
            "query": {"bool": {"filter": {"match": {"words": plain}}}},
            "size": SAMPLE,
            "track_total_hits": True,
        }
        for plain in plain_words
    ]
    found = []
    for plain, answer in zip(plain_words, each_of(asked, ask), strict=True):
        rows = answer["hits"]["hits"]
        forms = _forms_of(plain, (row["_source"] for row in rows))
        found.append((answer["hits"]["total"]["value"], forms or [plain] if rows else []))
    return found


def _forms_of(plain: str, sources: Iterable[Mapping[str, Any]]) -> list[str]:
    forms = Counter(form for source in sources for form in forms_shown(source, plain))
    return [form for form, _count in forms.most_common()]


def each_of(asked: Sequence[Mapping[str, Any]], ask: Ask) -> list[Mapping[str, Any]]:
    """Return the answers to several searches, asked at once."""
    if not asked:
        return []
    lines: list[Mapping[str, Any]] = []
    for each in asked:
        lines += [{"allow_partial_search_results": False}, each]
    answers: list[Mapping[str, Any]] = ask(
        lambda server: server.msearch(index=settings.SEARCH_INDEX, searches=lines).body["responses"]
    )
    # Where one fails, it has no hits: the reader of the answer says so.
    return answers
