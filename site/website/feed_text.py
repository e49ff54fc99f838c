"""Set the whole text of an article for those who read it in a feed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.template.loader import render_to_string

from magazine.models import Article, CaseStudy, InterviewedPerson
from magazine.rendering import render_body
from magazine.typography import typeset
from website.addresses import with_full_addresses

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Facts:
    """What only some kinds have, by the article's id: a case, people interviewed."""

    cases: dict[int, CaseStudy] = field(default_factory=dict)
    people: dict[int, list[InterviewedPerson]] = field(default_factory=dict)


def facts_of(articles: Sequence[Article]) -> Facts:
    """Return the facts of all articles at once, in three queries at most."""
    cases = _of_kind(articles, "case_study")
    interviews = _of_kind(articles, "interview")
    told: dict[int, list[InterviewedPerson]] = {}
    if interviews:
        people = InterviewedPerson.objects.filter(interview__in=interviews)
        for person in people.select_related("organisation").order_by("sort_order"):
            told.setdefault(person.interview_id, []).append(person)
    studies = CaseStudy.objects.filter(pk__in=cases).select_related("organisation")
    studies = studies.defer("body").prefetch_related("figures") if cases else studies.none()
    return Facts(cases={study.pk: study for study in studies}, people=told)


def _of_kind(articles: Iterable[Article], kind: str) -> list[int]:
    return [article.pk for article in articles if article.kind == kind]


def whole_text(article: Article, facts: Facts) -> str:
    """Return the article as HTML that stands alone: absolute addresses, typeset, nothing for paper.

    A paid one opens with its mention and advertiser.
    """
    body = render_body(article, "feed")
    context = {
        "article": article,
        "body": body,
        "case": facts.cases.get(article.pk),
        "people": facts.people.get(article.pk, ()),
        "corrections": article.corrections.all(),
    }
    html = render_to_string("website/feed_text.html", context)
    return NOT_IN_XML.sub("", with_full_addresses(html))


def plain(text: str) -> str:
    """Return a text typeset, without the signs that XML forbids."""
    return NOT_IN_XML.sub("", typeset(text))
