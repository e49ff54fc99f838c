"""How the API is asked: description, methods, origins, caching, and hostile questions."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from magazine import models
from tests.website.api_magazine import BASE, Magazine, make_magazine

pytestmark = pytest.mark.django_db
ADDRESSES = [
    *("", "issues/", "issues/7/", "articles/", "articles/1/", "search/", "openapi.json"),
]


@pytest.fixture(autouse=True)
def settled(settings) -> None:
    settings.BASE_URL = BASE


@pytest.fixture
def magazine() -> Magazine:
    return make_magazine()


def refused(response: Any, name: str, status: int = 400) -> str:
    """Return the words of a refusal, after a look at its form."""
    problem = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert list(problem) == ["type", "title", "status", "detail"]
    assert (response.status_code, problem["status"]) == (status, status)
    assert problem["type"] == f"urn:couture:problem:{name}"
    return problem["detail"]


def test_index_links_to_everything(client: Client) -> None:
    index = client.get("/api/v1/").json()
    assert index == {
        "title": "Couture API",
        "version": "1.0",
        "issues": f"{BASE}/api/v1/issues/",
        "articles": f"{BASE}/api/v1/articles/",
        "search": f"{BASE}/api/v1/search/",
        "openapi": f"{BASE}/api/v1/openapi.json",
        "documentation": f"{BASE}/api/v1/docs",
    }


def test_description_names_every_answer_and_resolves_every_reference(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    assert set(described["paths"]) == {
        "/api/v1/",
        "/api/v1/issues/",
        "/api/v1/issues/{number}/",
        "/api/v1/articles/",
        "/api/v1/articles/{article_id}/",
        "/api/v1/search/",
    }
    names = []
    for path in described["paths"].values():
        assert list(path) == ["get"]
        names.append(path["get"]["operationId"])
        for status, response in path["get"]["responses"].items():
            [media_type] = response["content"]
            assert media_type == (
                "application/json" if status == "200" else "application/problem+json"
            )
    assert len(set(names)) == len(names)
    schemas = described["components"]["schemas"]
    references = re.findall(r'"#/components/schemas/([^"]+)"', str(described).replace("'", '"'))
    assert set(references) <= set(schemas)
    listed = {item["name"] for item in described["paths"]["/api/v1/articles/"]["get"]["parameters"]}
    assert listed == {
        *("kind", "section", "topic", "issue", "contributor", "slug", "limit", "offset"),
    }


def test_description_tells_blocks_apart_by_their_type(client: Client) -> None:
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    blocks = schemas["Article"]["properties"]["body"]["items"]
    assert blocks["discriminator"]["propertyName"] == "type"
    assert len(blocks["oneOf"]) == len(blocks["discriminator"]["mapping"]) == 13
    for name, reference in blocks["discriminator"]["mapping"].items():
        block = schemas[reference.rsplit("/", 1)[1]]
        assert block["properties"]["type"]["const"] == name
        assert {"id", "type"} <= set(block["required"])


def test_readable_description_loads_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    assert re.findall(r'(?:src|href)="(?!/static/)', page) == []
    assert '"validatorUrl": null' in page


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(address: str, method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    response = getattr(client, method)(f"/api/v1/{address}")
    refused(response, "method-not-allowed", 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", ["", "issues/", "articles/", "openapi.json"])
def test_any_origin_may_read_and_keep_the_answer(client: Client, address: str) -> None:
    response = client.get(f"/api/v1/{address}", headers={"origin": "https://app.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Vary"] == "Accept-Encoding"
    assert not response.cookies
    again = client.get(f"/api/v1/{address}", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    head = client.head(f"/api/v1/{address}")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", response["ETag"])


def test_preflight_is_answered(client: Client) -> None:
    asked = {"origin": "https://app.example", "access-control-request-method": "GET"}
    response = client.options("/api/v1/articles/", headers=asked)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_answer_changes_its_digest_with_the_article(magazine: Magazine, client: Client) -> None:
    article = magazine.add(models.Feature, "Avant")
    before = client.get("/api/v1/articles/")["ETag"]
    article.title = "Après"
    article.save()
    assert client.get("/api/v1/articles/")["ETag"] != before


def test_unknown_parameter_is_named_with_those_that_are_known(client: Client) -> None:
    assert refused(client.get("/api/v1/articles/?author=ines"), "unknown-parameter") == (
        "Unknown parameter “author”. "
        "Known here: contributor, issue, kind, limit, offset, section, slug, topic."
    )
    assert refused(client.get("/api/v1/issues/?kind=opinion"), "unknown-parameter") == (
        "Unknown parameter “kind”. Known here: limit, offset."
    )
    for address in ("articles/1/?version=draft", "issues/7/?version=draft", "?version=draft"):
        refused(client.get(f"/api/v1/{address}"), "unknown-parameter")


@pytest.mark.parametrize(
    "question",
    [
        "limit=0",
        "limit=-1",
        "limit=101",
        "limit=",
        "limit=1e2",
        "limit=%00",
        "offset=-1",
        "offset=10001",
        "offset=9223372036854775808",
        "offset=" + "9" * 5000,
        "kind=%00",
        "kind=editorial",
        "kind=opinion&kind=opinion",
        "section=%00",
        "section=",
        "section=" + "a" * 256,
        "topic=%22",
        "topic=a%20b",
        "contributor=%F0%9F%99%82",
        "contributor=%ff",
        "slug=../../etc",
        "slug=a%0A",
        "issue=0",
        "issue=2147483648",
        "issue=sept",
        "issue=7.5",
    ],
)
def test_parameter_out_of_bounds_is_refused(client: Client, question: str) -> None:
    refused(client.get(f"/api/v1/articles/?{question}"), "invalid-parameter")


def test_more_parameters_than_anyone_needs_are_refused(client: Client) -> None:
    question = "&".join(f"a{number}=1" for number in range(10_001))
    refused(client.get(f"/api/v1/articles/?{question}"), "bad-request")


@pytest.mark.parametrize(
    ("address", "name", "status"),
    [
        ("articles/99999999999999999999/", "not-found", 404),
        ("issues/99999999999999999999/", "not-found", 404),
        ("articles/" + "9" * 5000 + "/", "not-found", 404),
        ("articles/0/", "not-found", 404),
        ("articles/-1/", "not-found", 404),
        ("articles/vraiment/", "not-found", 404),
        ("articles/%D9%A3/", "not-found", 404),
        ("elsewhere/", "not-found", 404),
        ("articles/%00/", "bad-request", 400),
        ("articles/1%00/", "bad-request", 400),
    ],
)
def test_address_that_leads_nowhere_is_a_problem(
    client: Client, address: str, name: str, status: int
) -> None:
    refused(client.get(f"/api/v1/{address}"), name, status)


def test_address_without_its_last_slash_leads_on(client: Client) -> None:
    response = client.get("/api/v1/articles?kind=opinion")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/articles/?kind=opinion")
    assert response["Access-Control-Allow-Origin"] == "*"


@bounds(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["kind", "section", "topic", "issue", "contributor", "slug", "limit"])
    | st.text(max_size=8),
    value=st.text(max_size=40),
)
def test_no_question_breaks_the_list(client: Client, name: str, value: str) -> None:
    response = client.get("/api/v1/articles/", {name: value})
    assert response.status_code in (200, 400)


def test_mistake_of_ours_is_recorded_and_told_without_a_trace(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("website.api.articles.summarise_articles", fail)
    response = client.get("/api/v1/articles/")
    assert refused(response, "server-error", 500) == "The mistake is ours; it has been recorded."
    assert "the secret of the house" in caplog.text
    assert response["Cache-Control"] == "no-store"


def test_database_that_does_not_answer_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise OperationalError("no route to host")

    monkeypatch.setattr("website.api.articles.summarise_articles", fail)
    refused(client.get("/api/v1/articles/"), "unavailable", 503)
