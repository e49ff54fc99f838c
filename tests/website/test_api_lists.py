"""What a program reads of lists of articles: their order, their conditions, their cost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from magazine import models
from tests.website.api_magazine import BASE, NOVEMBER, Magazine, make_magazine, make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def settled(settings, tmp_path: Path) -> None:
    settings.BASE_URL = BASE
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def magazine() -> Magazine:
    return make_magazine()


@pytest.fixture
def read(client: Client):
    def read(address: str, status: int = 200) -> dict[str, Any]:
        response = client.get(f"/api/v1/{address}")
        assert response.status_code == status, response.content
        return response.json()

    return read


def titles(answer: dict[str, Any]) -> list[str]:
    return [article["title"] for article in answer["results"]]


def test_list_is_newest_first_and_narrowed_by_every_condition(magazine: Magazine, read) -> None:
    ines = models.Contributor.objects.create(name="Inès", slug="ines")
    topic = models.Topic.objects.create(title="Attente", slug="attente")
    before = NOVEMBER - dt.timedelta(days=1)
    old = magazine.add(models.Opinion, "Ancien", published_at=before, topics=[topic])
    new = magazine.add(models.Interview, "Récent", magazine.interviews)
    for role in ("text", "photographs"):
        models.Byline.objects.create(article_id=old.pk, contributor=ines, role=role)
    magazine.enter(magazine.released, new, 1)

    assert titles(read("articles/")) == ["Récent", "Ancien"]
    assert titles(read("articles/?kind=opinion")) == ["Ancien"]
    assert titles(read("articles/?section=entretiens")) == ["Récent"]
    assert titles(read("articles/?topic=attente")) == ["Ancien"]
    assert titles(read("articles/?contributor=ines")) == ["Ancien"]
    assert titles(read("articles/?issue=7")) == ["Récent"]
    assert titles(read("articles/?slug=ancien")) == ["Ancien"]
    assert titles(read("articles/?kind=opinion&section=entretiens")) == []
    for nobody in ("section=x", "topic=x", "contributor=x", "issue=9", "slug=x"):
        assert read(f"articles/?{nobody}") == {
            "count": 0,
            "next": None,
            "previous": None,
            "results": [],
        }


def test_list_goes_on_under_the_same_conditions(magazine: Magazine, read) -> None:
    for number in range(5):
        when = NOVEMBER + dt.timedelta(hours=number)
        magazine.add(models.Opinion, f"Texte {number}", published_at=when)
    first = read("articles/?kind=opinion&limit=2")
    assert first["count"] == 5
    assert first["previous"] is None
    assert first["next"] == f"{BASE}/api/v1/articles/?kind=opinion&limit=2&offset=2"
    second = read(first["next"].removeprefix(f"{BASE}/api/v1/"))
    last = read(second["next"].removeprefix(f"{BASE}/api/v1/"))
    assert last["next"] is None
    assert last["previous"] == second["next"].replace("offset=4", "offset=2")
    found = [titles(leaf) for leaf in (first, second, last)]
    assert found == [["Texte 4", "Texte 3"], ["Texte 2", "Texte 1"], ["Texte 0"]]


def test_list_of_twenty_costs_as_many_queries_as_a_list_of_two(
    magazine: Magazine, client: Client, django_assert_max_num_queries
) -> None:
    topic = models.Topic.objects.create(title="Attente", slug="attente")
    for number in range(20):
        person = models.Contributor.objects.create(
            name=f"N° {number}", slug=f"n-{number}", portrait=make_picture((60, 40))
        )
        article = magazine.add(
            models.Feature, f"Article {number}", lead_picture=make_picture((60, 40)), topics=[topic]
        )
        models.Byline.objects.create(article_id=article.pk, contributor=person)
        magazine.enter(magazine.released, article, number + 1)
    client.get("/api/v1/articles/")
    with django_assert_max_num_queries(15):
        assert len(client.get("/api/v1/articles/").json()["results"]) == 20
