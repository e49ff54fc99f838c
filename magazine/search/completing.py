"""Offer names and titles that go on as somebody began to type; nothing that isn't public."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils import timezone

from magazine.models import Article, Byline, CaseStudy, InterviewedPerson, Topic
from magazine.search.analysis import Word, folded, is_stop_word, words_of
from magazine.search.engines import ask
from magazine.search.engines.base import Engine, Found
from magazine.search.plan import Alternative, Group, Plan
from magazine.search.query import SearchQuery, Sort
from magazine.search.upkeep import pending_for
from magazine.search.visible import found_public

FEWEST_SIGNS = 2
MOST_NAMES = 3
MOST_TITLES = 5
# Articles that are looked at for their titles: an article is also found by its names.
MOST_ARTICLES = 30
NAMED = ("person", "organisation", "topic")


@dataclass(frozen=True)
class Completion:
    """A name or a title that goes on as was typed.

    `facet` is `person`, `organisation` or `topic`, and `value` what it is chosen by; else both
    are empty and `article` is an article that readers may see.
    """

    label: str
    facet: str = ""
    value: str = ""
    article: Article | None = None


def complete(query: SearchQuery) -> tuple[Completion, ...]:
    """Return at most three names and five titles that hold every word of a beginning.

    The last word may be unfinished. Raises EngineError where no engine answers.
    """
    words = words_of(query.text)
    if not words or len(words[-1].exact) < FEWEST_SIGNS:
        return ()

    def answered(engine: Engine) -> Found:
        return _found(_plan(words), engine)

    found, _name, _is_fallback = ask(answered)
    return (*_names(found, words), *_titles(found, words))


def _plan(words: list[Word]) -> Plan:
    """Return the plan that looks for every word that says something, and what the last begins."""
    wanted = [*(word for word in words[:-1] if not is_stop_word(word.exact)), words[-1]]
    return Plan(
        groups=tuple(Group((Alternative((word,)),)) for word in wanted),
        excluded=(),
        phrases=(),
        needed=len(wanted),
        facets=(),
        sort=Sort.RELEVANCE,
        size=MOST_ARTICLES,
        cursor=None,
        day=timezone.localdate(),
        is_prefix=True,
    )


def _found(plan: Plan, engine: Engine) -> Found:
    """Return what an engine finds for a plan, without what readers may not see any more."""
    plan = replace(plan, without=pending_for(engine.name))
    found, _used = found_public(plan, lambda tried: (engine.find(tried), tried))
    return found


def _titles(found: Found, words: list[Word]) -> list[Completion]:
    """Return the titles that go on as was typed, best first."""
    ids = [hit.article_id for hit in found.hits]
    articles = Article.objects.for_readers().in_bulk(ids)
    titles = [
        Completion(articles[pk].title, article=articles[pk])
        for pk in ids
        if pk in articles and goes_on(articles[pk].title, words)
    ]
    return titles[:MOST_TITLES]


def _names(found: Found, words: list[Word]) -> list[Completion]:
    """Return the names among the facets that go on as was typed, the most frequent first."""
    rows = [
        (-count, folded(label), name, value, label)
        for name in NAMED
        for value, label, count in found.facets.get(name, ())
        if goes_on(label, words)
    ]
    names: dict[str, Completion] = {}
    for _count, plain, name, value, label in sorted(rows):
        # A topic may be called like an organisation: one line says it.
        if plain not in names and IS_PUBLIC[name](value, label):
            names[plain] = Completion(label, facet=name, value=value)
        if len(names) == MOST_NAMES:
            break
    return list(names.values())


def goes_on(label: str, words: list[Word]) -> bool:
    """Tell whether a name or title has all the words, and one that begins with the last."""
    held = [folded(word.exact) for word in words_of(label)]
    *before, last = [folded(word.exact) for word in words]
    begins = any(word.startswith(last) for word in held)
    return begins and all(word in held for word in before if not is_stop_word(word))


def _public() -> QuerySet[Article]:
    return Article.objects.for_readers().values("pk")


def _is_person(value: str, label: str) -> bool:
    signs = Byline.objects.filter(contributor__name=label, article__in=_public())
    answers = InterviewedPerson.objects.filter(name=label, interview__in=_public())
    return signs.exists() or answers.exists()


def _is_organisation(value: str, label: str) -> bool:
    cases = CaseStudy.objects.filter(organisation__slug=value, pk__in=_public())
    people = InterviewedPerson.objects.filter(organisation__slug=value, interview__in=_public())
    return cases.exists() or people.exists()


def _is_topic(value: str, label: str) -> bool:
    return Topic.objects.filter(slug=value, articles__in=_public()).exists()


# Whether an article for readers has the name: asked of the database, whatever the index says.
IS_PUBLIC: Mapping[str, Callable[[str, str], bool]] = {
    "person": _is_person,
    "organisation": _is_organisation,
    "topic": _is_topic,
}
