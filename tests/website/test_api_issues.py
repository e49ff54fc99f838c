"""What a program reads of issues: released ones, with what readers may see of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from magazine import models
from magazine.picture_sizes import make_missing_sizes
from tests.website.api_magazine import BASE, Magazine, make_magazine, make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def settled(settings, tmp_path: Path) -> None:
    settings.BASE_URL = BASE
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def magazine() -> Magazine:
    return make_magazine()


def test_issue_is_told_whole_in_the_order_of_the_paper(magazine: Magazine, client: Client) -> None:
    first = magazine.add(models.Opinion, "Prenez un ticket")
    second = magazine.add(models.Interview, "La file", magazine.interviews)
    hidden = magazine.add(models.Feature, "Papier", channel="print")
    magazine.enter(magazine.released, second, 2, first_folio=6, last_folio=9)
    magazine.enter(magazine.released, first, 1)
    magazine.enter(magazine.released, hidden, 3)
    told = client.get("/api/v1/issues/7/").json()
    articles = [entry.pop("article") for entry in told["entries"]]
    assert [article["title"] for article in articles] == ["Prenez un ticket", "La file"]
    assert articles[1]["issue"]["ticket"] == "B 702"
    assert told == {
        "number": 7,
        "title": "L’attente",
        "url": f"{BASE}/numeros/l-attente/",
        "api_url": f"{BASE}/api/v1/issues/7/",
        "cover_date_label": "Mi-novembre 2026",
        "on_sale_date": "2026-11-16",
        "cover": None,
        "cover_lines": ["Qui attend\u202f?", "Personne\u202f!"],
        "inks": {"dark": "#0B5A4A", "bright": "#FF4F7B"},
        "introduction": "<p>Prenez un ticket\u202f!</p>",
        "errata": [],
        "digital_edition": None,
        "entries": [
            {
                "position": 1,
                "ticket": "D 701",
                "section": {
                    "slug": "tribunes",
                    "title": "Tribunes",
                    "mark": "D",
                    "url": f"{BASE}/tribunes/",
                },
                "first_folio": None,
                "last_folio": None,
            },
            {
                "position": 2,
                "ticket": "B 702",
                "section": {
                    "slug": "entretiens",
                    "title": "Entretiens",
                    "mark": "B",
                    "url": f"{BASE}/entretiens/",
                },
                "first_folio": 6,
                "last_folio": 9,
            },
        ],
    }


def test_list_shows_released_issues_with_their_cover(magazine: Magazine, client: Client) -> None:
    magazine.released.cover = make_picture()
    make_missing_sizes(magazine.released.cover, ["webp"])
    magazine.released.cover_alt = "Une file d'attente"
    magazine.released.save()
    told = client.get("/api/v1/issues/").json()
    assert (told["count"], told["next"], told["previous"]) == (1, None, None)
    [issue] = told["results"]
    assert (issue["number"], issue["cover"]["alt"]) == (7, "Une file d’attente")
    assert [source["width"] for source in issue["cover"]["sources"]] == [480, 960]


def test_issue_that_is_not_public_is_answered_as_unknown(
    magazine: Magazine, client: Client
) -> None:
    unknown = client.get("/api/v1/issues/99/")
    coming = client.get("/api/v1/issues/8/")
    PageViewRestriction.objects.create(page=magazine.released, restriction_type="login")
    private = client.get("/api/v1/issues/7/")
    assert unknown.status_code == coming.status_code == private.status_code == 404
    assert unknown.content == coming.content == private.content
    assert client.get("/api/v1/issues/").json()["results"] == []


def test_issue_of_many_articles_costs_a_fixed_number_of_queries(
    magazine: Magazine, client: Client, django_assert_max_num_queries
) -> None:
    for number in range(15):
        article = magazine.add(
            models.Feature, f"Article {number}", lead_picture=make_picture((60, 40))
        )
        magazine.enter(magazine.released, article, number + 1)
    client.get("/api/v1/issues/7/")
    with django_assert_max_num_queries(22):
        assert len(client.get("/api/v1/issues/7/").json()["entries"]) == 15
