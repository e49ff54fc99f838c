"""Turn an article into what is searched: its fields, its passages block by block, its facets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.db.models import Prefetch
from django.utils.text import slugify
from wagtail.blocks import StructBlock

from magazine.footnotes import notes_of
from magazine.length import length_of_blocks, parts_of
from magazine.models import Article, CaseStudy, Interview, IssueEntry, Section
from magazine.rendering import anchors_of, shown_blocks
from magazine.search.texts import ArticleDocument, Passage

CHUNK = 200
SETTINGS = frozenset({"channel", "style", "width", "url", "available_until"})
TAG = re.compile(r"<[^>]*>")


def documents_of(article_ids: Iterable[int] | None = None) -> Iterator[ArticleDocument]:
    """Return the documents of articles that readers may see, by default of them all."""
    visible = Article.objects.for_readers()
    if article_ids is not None:
        visible = visible.filter(pk__in=list(article_ids))
    ids = list(visible.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        # Asked again: what was public when the list was made may not be any more.
        chunk = Article.objects.for_readers().filter(pk__in=ids[start : start + CHUNK])
        yield from _documents(chunk.order_by("pk"))


def _documents(articles: Any) -> Iterator[ArticleDocument]:
    every_entry: Any = IssueEntry.objects
    entries = every_entry.in_public_issues().select_related("issue", "section")
    fetched = articles.prefetch_related(
        "bylines__contributor",
        "topics",
        Prefetch("issue_entries", queryset=entries, to_attr="entries_for_readers"),
    )
    rows = list(fetched)
    ids = [article.pk for article in rows]
    interviews = {
        each.pk: each
        for each in Interview.objects.filter(pk__in=ids).prefetch_related("people__organisation")
    }
    cases = {
        each.pk: each
        for each in CaseStudy.objects.filter(pk__in=ids)
        .select_related("organisation")
        .prefetch_related("figures")
    }
    homes = {article.path[: -article.steplen] for article in rows}
    sections = {section.path: section for section in Section.objects.filter(path__in=homes)}
    for article in rows:
        home = sections.get(article.path[: -article.steplen])
        yield _document(article, interviews.get(article.pk), cases.get(article.pk), home)


def _document(
    article: Article, interview: Interview | None, case: CaseStudy | None, home: Section | None
) -> ArticleDocument:
    entry = article.entry
    section = (entry.section if entry else None) or home
    contributors = [byline.contributor for byline in article.bylines.all()]
    interviewed = list(interview.people.all()) if interview else []
    organisations = [person.organisation for person in interviewed if person.organisation]
    if case and case.organisation:
        organisations.append(case.organisation)
    topics = list(article.topics.all())
    sectors = [*([case.sector] if case else []), *(each.sector for each in organisations)]
    names = [*(person.name for person in interviewed), *(each.name for each in contributors)]
    shown = shown_blocks(article, "web")
    published = article.shown_date
    return ArticleDocument(
        article_id=article.pk,
        title=article.title,
        kicker=article.kicker,
        standfirst=article.standfirst,
        people=_each_once([*names, *(person.role for person in interviewed)]),
        organisations=_each_once([each.name for each in organisations]),
        subjects=_each_once(
            [*(topic.title for topic in topics), *sectors, section.title if section else ""]
        ),
        hints=_each_once(word for topic in topics for word in topic.synonyms.splitlines()),
        passages=(*_of_the_kind(case), *_passages(shown)),
        facets={
            "kind": ((article.kind, ""),),
            "issue": ((str(entry.issue.number), entry.issue.title),) if entry else (),
            "section": ((section.slug, section.title),) if section else (),
            "topic": _pairs((topic.slug, topic.title) for topic in topics),
            "person": _pairs((slugify(name), name) for name in names),
            "organisation": _pairs((each.slug, each.name) for each in organisations),
            "sector": _pairs((slugify(name), name) for name in sectors if name),
            "year": ((str(published.year), ""),) if published else (),
        },
        published=published.date() if published else None,
        issue=entry.issue.number if entry else None,
        first_folio=entry.first_folio if entry else None,
        last_folio=entry.last_folio if entry else None,
        signs=length_of_blocks(article.standfirst, shown).signs,
    )


def _of_the_kind(case: CaseStudy | None) -> Iterator[Passage]:
    if case is None:
        return
    if case.challenge:
        yield Passage("challenge", _plain(case.challenge))
    for figure in case.figures.all():
        yield Passage("figure", _plain(f"{figure.value} {figure.label}"))


def _passages(blocks: Iterable[Any]) -> Iterator[Passage]:
    blocks = list(blocks)
    for bound, anchor in zip(blocks, anchors_of(blocks), strict=True):
        if bound.block_type == "question_answer":
            yield Passage("question", _plain(bound.value["question"]), anchor)
            yield from _rich(bound.value["answer"], "answer", anchor)
        elif bound.block_type in {"paragraph", "editors_note"}:
            yield from _rich(bound.value["text"], bound.block_type, anchor)
        else:
            text = _plain(" ".join(_texts(bound)))
            if text:
                yield Passage(bound.block_type, text, anchor)


def _rich(value: Any, kind: str, anchor: str) -> Iterator[Passage]:
    """Return a rich text paragraph by paragraph, then its notes."""
    for part in parts_of(value.source):
        if text := _plain(part):
            yield Passage(kind, text, anchor)
    for note in notes_of(value.source):
        yield Passage("footnote", _plain(unescape(TAG.sub("", note))), anchor)


def _texts(bound: Any) -> Iterator[str]:
    block: StructBlock = bound.block
    for name, child in block.child_blocks.items():
        if name not in SETTINGS:
            yield from child.get_searchable_content(bound.value[name])


def _plain(text: str) -> str:
    return " ".join(text.split())


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _pairs(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple({value: (value, label) for value, label in pairs if value}.values())
