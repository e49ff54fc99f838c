"""Say how a server keeps an article: what is searched, what is counted, what is shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from elasticsearch.dsl import Document, Integer, Keyword, Long, MetaField, Object, Text

from magazine.search.analysis import Word, folded, words_of
from magazine.search.engines.base import KeptText
from magazine.search.engines.elasticsearch.analysis import EXACT, FOLDED, START, STARTS, STEMS
from magazine.search.query import FACETS
from magazine.search.texts import HEADINGS, VERSION, ArticleDocument, Passage

# Raised whenever the same document would be kept in another way: indexes are made again.
SERVER_VERSION = f"{VERSION}.1"


def _stems(*copied_to: str, is_naming: bool = False) -> Text:
    """Return a field of stems; what names an article is searched while somebody types too."""
    fields = {
        "folded": Text(analyzer=FOLDED, index_options="docs", norms=False),
        "starts": Text(analyzer=STARTS, search_analyzer=START, index_options="docs", norms=False),
    }
    return Text(analyzer=STEMS, copy_to=[*copied_to, "words"], fields=fields if is_naming else {})


class ArticleOnServer(Document):
    """An article as the server keeps it.

    Only `shown` can be read again; the rest is searched. `day` is the ordinal of the date that
    readers see. `words` hold every word without accents, to tell what is nearly one of them.
    `labels` hold what values are sorted by, value and label, with tabs between.
    """

    article_id = Long()
    day = Integer()
    digest = Keyword(index=False)
    title = _stems("exact_title", is_naming=True)
    kicker = _stems("exact_title")
    standfirst = _stems("exact_body")
    people = _stems("exact_title", is_naming=True)
    subjects = _stems("exact_title", is_naming=True)
    headings = _stems("exact_body")
    body = _stems("exact_body")
    exact_title = Text(analyzer=EXACT, index_options="freqs")
    exact_body = Text(analyzer=EXACT, index_options="freqs")
    words = Text(analyzer=FOLDED, index_options="docs", norms=False)
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
    naming = [document.kicker, *document.people, *document.organisations, *document.subjects]
    content: dict[str, Any] = {
        "article_id": document.article_id,
        "digest": document.digest,
        "title": _composed([document.title]),
        "kicker": _composed([document.kicker]),
        "standfirst": _composed([document.standfirst]),
        "people": _composed([*document.people, *document.organisations]),
        "subjects": _composed(document.subjects),
        "headings": _composed(each.text for each in passages if each.kind in HEADINGS),
        "body": _composed(each.text for each in passages if each.kind not in HEADINGS),
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
            "naming": naming,
        },
    }
    if document.published:
        content["day"] = document.published.toordinal()
    return content


def read_label(counted: str) -> tuple[str, str]:
    """Return value and label of what the server counted."""
    _order, value, label = counted.split("\t")
    return value, label


def words_shown(source: Mapping[str, Any]) -> Iterator[Word]:
    """Return the words of a document that the server gives back."""
    shown = source["shown"]
    passages = (text for _kind, text, _block in shown["passages"])
    for text in (shown["title"], shown["standfirst"], *shown["naming"], *passages):
        yield from words_of(text)


def kept_text(source: Mapping[str, Any]) -> KeptText:
    """Return what the server gives back of a document."""
    shown = source["shown"]
    return KeptText(
        title=shown["title"],
        standfirst=shown["standfirst"],
        passages=tuple(Passage(kind, text, block) for kind, text, block in shown["passages"]),
    )


def _as_counted(value: str, label: str) -> str:
    parts = (folded(label or value), value, label)
    return "\t".join(" ".join(part.split("\t")) for part in parts)


def _composed(texts: Iterable[str]) -> list[str]:
    """Return texts whose accents are part of their letters: a server doesn't compose them."""
    return [unicodedata.normalize("NFC", text) for text in texts if text]
