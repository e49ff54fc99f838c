"""Searching by the API: the page's own answer, as data."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from magazine import models
from magazine.search.engines.base import EngineError
from tests.factories import paragraphs
from tests.website.api_magazine import BASE, Magazine, make_magazine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def settled(settings) -> None:
    settings.BASE_URL = BASE


@pytest.fixture
def magazine() -> Magazine:
    made = make_magazine()
    rank = made.add(
        models.Interview,
        "La file",
        made.interviews,
        slug="la-file",
        body=paragraphs("Rien.", "Chacun tient sa place dans la file."),
    )
    made.enter(made.released, rank, 1, first_folio=8, last_folio=12)
    made.add(models.Opinion, "Contre la file", standfirst="L'avis d'un client < pressé.")
    made.add(models.Feature, "Une file cachée", live=False)
    return made


def asked(client: Client, **question: Any) -> dict[str, Any]:
    response = client.get("/api/v1/search/", question)
    assert response.status_code == 200
    return response.json()


def refused(client: Client, question: str, status: int = 400) -> str:
    response = client.get(f"/api/v1/search/?{question}")
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response["Cache-Control"] == "no-store"
    return response.json()["detail"]


def test_a_hit_is_an_article_as_lists_have_it_with_its_passages(
    magazine: Magazine, client: Client
) -> None:
    answer = asked(client, q="file place")
    assert (answer["count"], answer["asked"], answer["engine"]) == (1, 2, "embedded")
    hit = answer["results"][0]
    [listed] = client.get("/api/v1/articles/?slug=la-file").json()["results"]
    assert {name: hit[name] for name in listed} == listed
    assert (hit["title_html"], hit["pinned"]) == ("La <mark>file</mark>", False)
    passage = hit["passages"][0]
    assert "<mark>place</mark>" in passage["html"]
    assert passage["kind"] == "paragraph"
    assert passage["url"].startswith(f"{hit['url']}#{passage['anchor']}")
    assert hit["issue"]["first_folio"] == 8


def test_filters_may_be_repeated_and_their_counts_leave_them_out(
    magazine: Magazine, client: Client
) -> None:
    one = asked(client, q="file", kind="interview")
    assert [hit["kind"] for hit in one["results"]] == ["interview"]
    [kinds] = [facet for facet in one["facets"] if facet["name"] == "kind"]
    counts = {value["value"]: (value["count"], value["chosen"]) for value in kinds["values"]}
    assert counts == {"interview": (1, True), "opinion": (1, False)}
    assert {value["label"] for value in kinds["values"]} == {"Entretien", "Opinion"}
    assert asked(client, q="file", kind=["interview", "opinion"])["count"] == 2
    assert asked(client, q="file", topic="inconnu")["count"] == 0


def test_next_leads_on_until_it_is_null(magazine: Magazine, client: Client) -> None:
    first = asked(client, q="file", limit=1, sort="newest")
    second = client.get(first["next"].removeprefix(BASE)).json()
    assert second["next"] is None
    titles = [hit["title"] for hit in (*first["results"], *second["results"])]
    assert sorted(titles) == ["Contre la file", "La file"]


def test_an_answer_that_is_still_the_same_is_304(
    magazine: Magazine, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = {"q": "file", "limit": 1}
    first = client.get("/api/v1/search/", question)
    assert first.json()["next"]
    assert first["Server-Timing"].startswith("search;dur=")
    monkeypatch.setattr("django.core.signing.time.time", lambda: 2_000_000_000)
    again = client.get("/api/v1/search/", question, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    monkeypatch.undo()
    magazine.add(models.Feature, "Une file de plus")
    changed = client.get("/api/v1/search/", question, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_asking_nothing_finds_nothing(magazine: Magazine, client: Client) -> None:
    answer = asked(client)
    assert (answer["count"], answer["results"], answer["next"]) == (0, [], None)


def test_what_cannot_be_asked_is_a_problem_in_english(magazine: Magazine, client: Client) -> None:
    assert "200" in refused(client, f"q={'a' * 201}")
    for question in (
        *("sort=best", "cursor=x", "limit=0", "limit=51", "limit=x", "kind=%00", "q=a&q=b"),
        *("page=2", "facet=kind", "person=" + "a" * 201),
    ):
        assert refused(client, question)
    assert "no order called “best”" in refused(client, "q=file&sort=best")


def test_odd_words_are_answered(magazine: Magazine, client: Client) -> None:
    for words in ("\x00", "*:*", '"', "((", "\u202e", "🦆", "title:file", "-file", "%"):
        asked(client, q=words)


def test_without_an_engine_the_answer_is_503(
    magazine: Magazine, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(query: Any) -> None:
        raise EngineError("down")

    monkeypatch.setattr("website.api.search.find", fail)
    assert "search" in refused(client, "q=file", 503)
