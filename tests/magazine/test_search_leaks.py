"""Nothing that readers may not see shows in the search: after every verb, in both engines."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import PageViewRestriction

from magazine.channels import Channel
from magazine.models import Feature, InterviewedPerson
from magazine.scheduler import run_due
from magazine.search.answering import search
from magazine.search.completing import complete
from magazine.search.query import read_query
from magazine.search.upkeep import bring_up_to_date, check, rebuild
from magazine.trash import throw_away
from tests.factories import (
    ContributorFactory,
    FeatureFactory,
    InterviewFactory,
    OrganisationFactory,
    SectionFactory,
    TopicFactory,
    paragraphs,
)

LATER = dt.timedelta(hours=1)
ENGINES = ("embedded", "elasticsearch")


@pytest.fixture(params=ENGINES)
def engine(request):
    if request.param == "elasticsearch":
        request.getfixturevalue("search_server")
    return request.param


@pytest.fixture
def world(magazine, engine, monkeypatch):
    """A magazine of one article, indexed; no editors' checks: they have their own tests."""
    monkeypatch.setattr("magazine.checks.registry._registered", {})
    magazine.article(title="Guichet ouvert", body=paragraphs("On y attend."))
    rebuild(engine)
    return World(magazine, engine)


@dataclass
class World:
    """The magazine, and the engine that is asked about it."""

    magazine: object
    engine: str

    def article(self, word, factory_class=FeatureFactory, **fields):
        """An article on the guichet that has a word all over it, and nobody else has."""
        name = word.capitalize()
        fields = {
            "title": f"{name} au guichet",
            "slug": word,
            "kicker": name,
            "standfirst": f"Du {word}.",
            "body": paragraphs(f"Tout le {word} du guichet."),
            "by": ContributorFactory(name=f"{name} Durand", slug=f"{word}-durand"),
            "about": [TopicFactory(title=name, slug=word)],
        } | fields
        return self.magazine.article(factory_class, **fields)

    def public(self, word, **fields):
        """Such an article, which readers may see and find."""
        article = self.article(word, **fields)
        bring_up_to_date()
        assert self.ask(word).total == 1, word
        assert [each.typed for each in self.ask(_mistyped(word)).nearly] == [_mistyped(word)]
        assert complete(read_query(word[:5])), word
        return article

    def ask(self, text, **facets):
        """What readers get for a question."""
        return search(read_query(text, facets), self.engine)

    def shows_nothing_of(self, word):
        """Ask in every way, before the index knows of it and after."""
        self._asked_in_every_way(word)
        bring_up_to_date()
        assert check(self.engine).is_good
        self._asked_in_every_way(word)

    def _asked_in_every_way(self, word):
        typo = _mistyped(word)
        for text, total in ((word, 0), (f'"{word} au guichet"', 0), (typo, 0), ("guichet", 1)):
            results = self.ask(text)
            assert (text, results.total, len(results.hits)) == (text, total, total)
            assert word not in _said(results), text
        for text in (f"{typo} guichet", f"{typo} attend"):
            assert word not in _said(self.ask(text)), text
        for name, value in (("person", f"{word}-durand"), ("topic", word)):
            results = self.ask("", **{name: [value]})
            assert results.total == 0
            assert word not in _said(results).replace(value, ""), name
        assert complete(read_query(word[:5])) == ()


def _mistyped(word):
    return f"{word[:3]}j{word[4:]}"


def _said(results):
    """All that readers are told, in small letters; their own question left out."""
    told = [results.suggestion, results.nearly, results.hits]
    told += [
        (value.label, value.count)
        for facet in results.facets
        for value in facet.values
        if value.label != value.value or value.count
    ]
    return repr(told).lower()


def restrict(page):
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="sésame"
    )


def republish(article, **fields):
    article = Feature.objects.get(pk=article.pk)
    for name, value in fields.items():
        setattr(article, name, value)
    article.save_revision().publish()


def test_what_readers_may_not_see_any_more(world):
    verbs = {
        "zirconium": lambda article: article.unpublish(),
        "mandragore": restrict,
        "ornithorynque": lambda article: article.delete(),
        "palimpseste": lambda article: throw_away(article, by=None),
        "hippocampe": lambda article: republish(article, channel=Channel.PRINT),
    }
    for word, verb in verbs.items():
        verb(world.public(word))
        world.shows_nothing_of(word)


def test_what_has_expired(world):
    republish(world.public("zirconium"), expire_at=timezone.now() + LATER)
    run_due(timezone.now() + 2 * LATER)
    world.shows_nothing_of("zirconium")


def test_a_section_that_became_private_and_one_that_articles_move_into(world):
    closed = SectionFactory(parent=world.magazine.home, slug="fermee")
    restrict(closed)
    article = world.public("zirconium")
    article.move(closed, pos="last-child")
    world.shows_nothing_of("zirconium")

    world.magazine.section = SectionFactory(parent=world.magazine.home, slug="ouverte")
    world.public("mandragore")
    restrict(world.magazine.section)
    world.shows_nothing_of("mandragore")
    world.magazine.section.delete()
    world.shows_nothing_of("mandragore")


def test_what_was_never_public(world):
    user = get_user_model().objects.create_superuser("chef", "chef@guichet.example", "x")
    world.article("zirconium", live=False)
    scheduled = world.article("mandragore", live=False, go_live_at=timezone.now() + LATER)
    scheduled.save_revision(user=user).publish()
    world.article("ornithorynque", channel=Channel.PRINT)
    for word in ("zirconium", "mandragore", "ornithorynque"):
        world.shows_nothing_of(word)


def test_a_draft_of_a_public_article(world):
    article = world.magazine.article(title="Autre", body=paragraphs("Rien."))
    bring_up_to_date()
    article.title = "Zirconium"
    article.body = paragraphs("Tout le zirconium.")
    article.save_revision()
    world.shows_nothing_of("zirconium")
    assert world.ask("autre").total == 1


def test_text_for_paper_only(world):
    body = [*paragraphs("Rien."), *paragraphs("Tout le zirconium.", channel=Channel.PRINT)]
    world.magazine.article(title="Autre", body=body)
    world.shows_nothing_of("zirconium")

    article = world.magazine.article(title="Encore", body=paragraphs("Tout le palimpseste."))
    bring_up_to_date()
    assert world.ask("palimpseste").total == 1
    republish(article, body=paragraphs("Tout le palimpseste.", channel=Channel.PRINT))
    world.shows_nothing_of("palimpseste")


def test_people_and_organisations_of_hidden_interviews(world):
    firm = OrganisationFactory(name="Zirconium & Fils", slug="zirconium", sector="Mandragore")
    interview = world.magazine.article(InterviewFactory, title="Autre", body=[])
    interview.people.add(InterviewedPerson(name="Anne Palimpseste", organisation=firm))
    interview.save()
    interview.save_revision().publish()
    bring_up_to_date()
    for word in ("zirconium", "mandragore", "palimpseste"):
        assert world.ask(word).total == 1, word
    interview.unpublish()
    for word in ("zirconium", "mandragore", "palimpseste"):
        world.shows_nothing_of(word)


def test_the_number_of_an_issue_that_is_not_out(world):
    article = world.public("zirconium")
    world.magazine.issue(article, live=False, number=99, title="Mandragore", slug="mandragore")
    for _moment in ("before", "after"):
        results = world.ask("zirconium")
        assert [facet for facet in results.facets if facet.name == "issue"] == []
        assert "mandragore" not in _said(results)
        bring_up_to_date()


def test_what_is_public_again_is_found_again(world):
    article = world.public("zirconium")
    throw_away(article, by=None)
    world.shows_nothing_of("zirconium")
    back = world.public("palimpseste")
    back.unpublish()
    world.shows_nothing_of("palimpseste")
    Feature.objects.get(pk=back.pk).get_latest_revision().publish()
    bring_up_to_date()
    assert world.ask("palimpseste").total == 1
