"""What is offered while somebody types: names, titles, and nothing that isn't public."""

import pytest
from wagtail.models import PageViewRestriction

from magazine.models import InterviewedPerson
from tests.factories import (
    CaseStudyFactory,
    ContributorFactory,
    InterviewFactory,
    OrganisationFactory,
    TopicFactory,
    paragraphs,
)


def offered(client, typed):
    response = client.get("/recherche/suggestions", {"q": typed})
    assert response.status_code == 200
    assert len(response.json()["rows"]) <= 8
    return {row["label"]: row["address"] for row in response.json()["rows"]}


@pytest.fixture
def hall(magazine):
    """A magazine whose names and titles begin alike, and two articles on paper and private."""
    mutual = OrganisationFactory(name="Mutuelle du Midi", slug="mutuelle-du-midi")
    shared = {"about": [TopicFactory(title="Musique d'attente", slug="musique")]}
    case = magazine.article(
        CaseStudyFactory, title="Le serveur muet", organisation=mutual, **shared
    )
    signed = magazine.article(by=ContributorFactory(name="Élise Muller", slug="elise"))
    hidden = magazine.article(
        InterviewFactory,
        title="Les murs du silence",
        by=ContributorFactory(name="Paul Murat", slug="paul"),
        about=[TopicFactory(title="Murmures", slug="murmures")],
    )
    hidden.people.add(
        InterviewedPerson(
            name="Lise Murail", organisation=OrganisationFactory(name="Murène", slug="murene")
        )
    )
    hidden.save()
    magazine.article(title="Murailles de papier", channel="print")
    return {"case": case, "signed": signed, "hidden": hidden}


def test_names_and_titles_go_on_as_was_typed(client, hall):
    rows = offered(client, "mu")
    titles = {"Le serveur muet", "Les murs du silence"}
    assert titles < set(rows)
    names = set(rows) - titles
    assert len(names) == 3
    assert all(rows[name].startswith("/recherche/?") for name in names)
    assert rows["Le serveur muet"] == hall["case"].get_url()
    assert offered(client, "ÉLI") == {"Élise Muller": "/recherche/?person=elise-muller"}
    assert offered(client, "elise mul") == {"Élise Muller": "/recherche/?person=elise-muller"}
    assert offered(client, "musi") == {"Musique d’attente": "/recherche/?topic=musique"}
    assert offered(client, "la mutu") == {
        "Mutuelle du Midi": "/recherche/?organisation=mutuelle-du-midi"
    }
    assert offered(client, "serveur mue") == {"Le serveur muet": hall["case"].get_url()}


def test_a_word_inside_another_and_words_of_the_body_offer_nothing(client, magazine):
    magazine.article(title="Le téléphone", body=paragraphs("Une girafe passe."))
    assert offered(client, "phone") == {}
    assert offered(client, "girafe") == {}


def test_what_is_not_public_any_more_is_offered_by_no_name(client, hall):
    assert "Les murs du silence" in offered(client, "mur")
    assert "Paul Murat" in offered(client, "murat")
    PageViewRestriction.objects.create(page=hall["hidden"].page_ptr, restriction_type="login")
    for typed in ("mur", "murat", "mura", "murm", "lise mur", "murè", "papier", "les murs"):
        assert offered(client, typed) == {}, typed


def test_a_name_is_asked_of_the_database_whatever_the_index_says(client, hall, monkeypatch):
    assert "Paul Murat" in offered(client, "murat")
    monkeypatch.setattr(
        "magazine.search.changes.SearchChange.objects.bulk_create", lambda *a, **k: 0
    )
    type(hall["hidden"]).objects.filter(pk=hall["hidden"].pk).update(live=False)
    for typed in ("mur", "murat", "murm", "lise mur", "murè"):
        assert offered(client, typed) == {}, typed


def test_odd_beginnings_are_answered(client, hall):
    for typed in ("", "m", " ", "\x00", "*", '"mu', "-mu", "a" * 10_000, "mu " * 50, "🦆", "%00"):
        offered(client, typed)
    assert offered(client, "m") == {}


def test_suggestions_may_be_kept_a_minute_and_say_how_many_they_are(client, hall):
    response = client.get("/recherche/suggestions", {"q": "musi"})
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert response.json()["told"].startswith("1 suggestion")
