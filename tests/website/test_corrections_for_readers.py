"""Corrections, as readers and machines find them."""

import datetime as dt
import json
import re

import pytest

from magazine.models import Correction, Issue
from magazine.release import record_printing


@pytest.fixture
def corrected(magazine):
    article = magazine.article(title="La file", slug="la-file")
    magazine.issue(article, number=7, slug="l-attente")
    Correction.objects.create(
        article=article.article_ptr,
        date=dt.date(2026, 11, 20),
        wrong="Nous écrivions : 40 ans !",
        text="Agnès en a <41>.",
    )
    return article


def print_in_the_next_issue(magazine):
    issue = magazine.issue(magazine.article(), number=8, slug="le-silence")
    record_printing(issue, [], errata=Correction.objects.values_list("pk", flat=True))
    return issue


def test_readers_see_it_with_its_date_typeset_and_escaped(client, corrected):
    page = client.get("/entretiens/la-file/").content.decode()
    assert "20 novembre 2026" in page
    assert "40\u202fans\u202f!" in page or "40\u00a0ans\u202f!" in page
    assert "Agnès en a &lt;41&gt;." in page


def test_machines_see_it_in_the_page(client, corrected):
    page = client.get("/entretiens/la-file/").content.decode()
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    [correction] = json.loads(data)["@graph"][0]["correction"]
    assert correction["@type"] == "CorrectionComment"
    assert correction["datePublished"] == "2026-11-20"


def test_the_feed_carries_it(client, corrected):
    assert "Agnès en a" in client.get("/flux.atom").content.decode()


def test_the_api_carries_it(client, corrected):
    [correction] = client.get(f"/api/v1/articles/{corrected.pk}/").json()["corrections"]
    assert correction["date"] == "2026-11-20"
    assert correction["text"] == "Agnès en a <41>."


def test_the_issue_that_printed_it_shows_its_erratum(client, magazine, corrected):
    print_in_the_next_issue(magazine)
    page = client.get("/numeros/le-silence/").content.decode()
    assert "Agnès en a &lt;41&gt;." in page
    [erratum] = client.get("/api/v1/issues/8/").json()["errata"]
    assert erratum["article"]["id"] == corrected.pk
    assert client.get("/api/v1/issues/7/").json()["errata"] == []
    assert "Agnès" not in client.get("/numeros/l-attente/").content.decode()


@pytest.mark.parametrize("change", [{"channel": "print"}, {"live": False}])
def test_of_what_readers_may_not_see_the_site_says_nothing(client, magazine, corrected, change):
    print_in_the_next_issue(magazine)
    type(corrected).objects.filter(pk=corrected.pk).update(**change)
    assert Issue.objects.filter(number=8).exists()
    assert "Agnès" not in client.get("/numeros/le-silence/").content.decode()
    assert client.get("/api/v1/issues/8/").json()["errata"] == []
