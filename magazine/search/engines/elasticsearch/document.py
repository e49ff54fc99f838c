"""Say how a server keeps an article: what is searched, what is counted, what is shown."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from elasticsearch.dsl import Document, Integer, Keyword, Long, MetaField, Object, Text

from magazine.search import ranking
from magazine.search.accents import held_terms
from magazine.search.analysis import LIGATURES, ODD, folded, without_unseen, words_of
from magazine.search.engines.base import KeptText
from magazine.search.engines.elasticsearch.analysis import (
    AS_MADE,
    EXACT,
    FOLDED,
    START,
    STARTS,
    STEMS,
)
from magazine.search.passages import ACCENTED
from magazine.search.passages import FOLDED as UNACCENTED
from magazine.search.query import FACETS
from magazine.search.texts import HEADINGS, VERSION, ArticleDocument, Passage

# Raised whenever the same document would be kept in another way: indexes are made again. What
# words are worth is part of what is kept.
WEIGHTS = [getattr(ranking, name) for name in sorted(dir(ranking)) if name.isupper()]
SERVER_VERSION = f"{VERSION}.3.{zlib.crc32(repr(WEIGHTS).encode())}"

WITHOUT_ACCENTS = str.maketrans(ACCENTED, UNACCENTED)


def _naming() -> Text:
    """Return a field of what names an article, which is searched while somebody types too."""
    folded_words = Text(analyzer=FOLDED, index_options="docs", norms=False)
    starts = Text(analyzer=STARTS, search_analyzer=START, index_options="docs", norms=False)
    return Text(analyzer=STEMS, fields={"folded": folded_words, "starts": starts})


class ArticleOnServer(Document):
    """An article as the server keeps it.

    `texts` lead each text once to `stems`, `exact` and `words`; what weighs more than the running
    text stands in the first two as often as it weighs, so that one list of articles tells what a
    word is worth in each. `told` are the terms of forms that accents tell from others with their
    stem, as often. `words` hold every word without accents, for what is nearly one of them.
    `labels` hold what values are sorted by, value and label, with tabs between; `day` is the
    ordinal of the date that readers see. Only `shown` can be read again.
    """

    article_id = Long()
    day = Integer()
    digest = Keyword(index=False)
    texts = Text(index=False, norms=False, copy_to=["stems", "exact", "words"])
    stems = Text(analyzer=STEMS)
    exact = Text(analyzer=EXACT, index_options="freqs", similarity=EXACT)
    told = Text(analyzer=AS_MADE, index_options="freqs", norms=False, similarity=AS_MADE)
    words = Text(analyzer=FOLDED, index_options="docs", norms=False)
    title = _naming()
    people = _naming()
    subjects = _naming()
    facets = Object(properties={name: Keyword() for name in FACETS})
    labels = Object(properties={name: Keyword(eager_global_ordinals=True) for name in FACETS})
    shown = Object(enabled=False)

    class Meta:
        dynamic = MetaField("strict")
        source = MetaField(includes=["shown"])
        meta = MetaField(version=SERVER_VERSION)


def kept(document: ArticleDocument) -> dict[str, Any]:
    """Return what is sent to the server of a document."""
    passages = document.passages
    people = _composed([*document.people, *document.organisations])
    subjects = _composed(document.subjects)
    title, kicker = _composed([document.title]), _composed([document.kicker])
    standfirst = _composed([document.standfirst])
    headings = _composed(each.text for each in passages if each.kind in HEADINGS)
    running = (each.text for each in passages if each.kind not in HEADINGS)
    body = _composed([*running, *document.hint_words])
    weighed = [
        (title, ranking.TITLE, ranking.EXACT_TITLE),
        (kicker, ranking.STANDFIRST, ranking.EXACT_TITLE),
        (standfirst, ranking.STANDFIRST, ranking.EXACT_BODY),
        (people, ranking.PEOPLE, ranking.EXACT_TITLE),
        (subjects, ranking.SUBJECTS, ranking.EXACT_TITLE),
        (headings, ranking.HEADINGS, ranking.EXACT_BODY),
        (body, ranking.BODY, ranking.EXACT_BODY),
    ]
    content: dict[str, Any] = {
        "article_id": document.article_id,
        "digest": document.digest,
        "texts": [text for texts, _stem, _exact in weighed for text in texts],
        "stems": [text for texts, weight, _exact in weighed for text in _again(texts, weight)],
        "exact": [
            text
            for texts, _stem, weight in weighed
            for text in _again(texts, weight / ranking.EXACT_BODY)
        ],
        "told": " ".join(
            term for texts, weight, _exact in weighed for term in _told(texts) * round(weight)
        ),
        "title": title,
        "people": people,
        "subjects": subjects,
        "facets": {
            name: [value for value, _label in pairs] for name, pairs in document.facets.items()
        },
        "labels": {
            name: [_as_counted(value, label) for value, label in pairs]
            for name, pairs in document.facets.items()
        },
        "shown": {
            "title": document.title,
            "standfirst": document.standfirst,
            "passages": [[each.kind, each.text, each.block] for each in passages],
            "naming": [*kicker, *people, *subjects],
        },
    }
    if document.published:
        content["day"] = document.published.toordinal()
    return content


def read_label(counted: str) -> tuple[str, str]:
    """Return value and label of what the server counted."""
    _order, value, label = counted.split("\t")
    return value, label


def forms_shown(source: Mapping[str, Any], plain: str) -> Iterator[str]:
    """Return how a word is written, accents and all, in a document that the server gives back."""
    shown = source["shown"]
    passages = (text for _kind, text, _block in shown["passages"])
    start = plain[:1] if any(parts in plain for parts in LIGATURES.values()) else plain
    for text in (shown["title"], shown["standfirst"], *shown["naming"], *passages):
        # Most texts don't hold it: that is seen sooner than they are taken apart.
        if ODD.search(text) or start in text.lower().translate(WITHOUT_ACCENTS):
            yield from (each.exact for each in words_of(text) if folded(each.exact) == plain)


def kept_text(source: Mapping[str, Any]) -> KeptText:
    """Return what the server gives back of a document."""
    shown = source["shown"]
    return KeptText(
        title=shown["title"],
        standfirst=shown["standfirst"],
        passages=tuple(Passage(kind, text, block) for kind, text, block in shown["passages"]),
    )


def _told(texts: Iterable[str]) -> list[str]:
    """Return the terms that say more than a stem does."""
    return [
        term for text in texts for word in words_of(text) for term in held_terms(word.exact)[1:]
    ]


def _again(texts: list[str], weight: float) -> list[str]:
    """Return texts as often again as they weigh more than the running text."""
    return texts * (round(weight) - 1)


def _as_counted(value: str, label: str) -> str:
    parts = (folded(label or value), value, label)
    return "\t".join(" ".join(part.split("\t")) for part in parts)


def _composed(texts: Iterable[str]) -> list[str]:
    """Return texts whose accents are part of their letters: a server doesn't compose them."""
    return [unicodedata.normalize("NFC", without_unseen(text)) for text in texts if text]
