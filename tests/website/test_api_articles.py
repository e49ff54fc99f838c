"""What a program reads of one article, and what it must never be told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from magazine import models
from magazine.picture_sizes import make_missing_sizes
from tests.website.api_magazine import (
    BASE,
    NOVEMBER,
    Magazine,
    body_of,
    make_magazine,
    make_picture,
)

pytestmark = pytest.mark.django_db
UNKNOWN = {
    "type": "urn:couture:problem:not-found",
    "title": "Not Found",
    "status": 404,
    "detail": "Nothing public has this address.",
}


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


def test_article_is_told_whole(magazine: Magazine, read) -> None:
    picture = make_picture(description="Une salle vide", credit="Photo Farid Benhadj")
    make_missing_sizes(picture, ["webp"])
    ines = models.Contributor.objects.create(
        name="Inès L'Huillier", slug="ines", role="autrice", mail="ines@example.org"
    )
    ministry = models.Organisation.objects.create(name="Bac d'Elle", slug="bac", sector="Transport")
    topic = models.Topic.objects.create(title="L'attente", slug="attente")
    article = models.Interview(
        title="« Vraiment ? »",
        slug="vraiment",
        kicker="Yann, capitaine",
        standfirst="Il répond: oui !",
        edition_label="Édition de la mi-novembre",
        published_at=NOVEMBER,
        lead_picture=picture,
        lead_caption="La salle, à 8 h.",
        show_contents=True,
        provenance_title="Really?",
        provenance_place="The Queue",
        provenance_date=dt.date(2026, 6, 3),
        provenance_url="https://queue.example/really",
        provenance_is_canonical=True,
        body=body_of(
            ("crosshead", {"text": "D'abord"}),
            ("paragraph", {"text": '<p data-block-key="k">Qui attend ?</p>'}),
            ("paragraph", {"text": "<p>Sur papier</p>", "channel": "print"}),
            ("paragraph", {"text": "<p>En ligne</p>", "channel": "web"}),
        ),
        bylines=[models.Byline(contributor=ines, role="interview")],
        people=[
            models.InterviewedPerson(name="Yann", role="capitaine d'un bac", organisation=ministry)
        ],
        topics=[topic],
    )
    magazine.interviews.add_child(instance=article)
    magazine.enter(magazine.released, article, 3, first_folio=8, last_folio=10)
    article = models.Interview.objects.get(pk=article.pk)
    updated = dt.datetime(2026, 11, 17, 6, 0, tzinfo=dt.UTC)
    models.Article.objects.filter(pk=article.pk).update(last_published_at=updated)

    told = read(f"articles/{article.pk}/")

    sources = told["lead_picture"].pop("sources")
    assert [(source["width"], source["height"], source["type"]) for source in sources] == [
        (480, 320, "image/webp"),
        (960, 640, "image/webp"),
        (1200, 800, "image/webp"),
    ]
    assert all(source["url"].startswith(f"{BASE}/media/images/") for source in sources)
    assert list(told).index("paid") < list(told).index("title")
    assert told == {
        "id": article.pk,
        "kind": "interview",
        "kind_label": article.kind_label,
        "paid": None,
        "title": "«\u00a0Vraiment\u202f?\u00a0»",
        "kicker": "Yann, capitaine",
        "standfirst": "Il répond\u00a0: oui\u202f!",
        "slug": "vraiment",
        "url": f"{BASE}/entretiens/vraiment/",
        "short_url": f"{BASE}/a/{article.pk}/",
        "api_url": f"{BASE}/api/v1/articles/{article.pk}/",
        "section": {
            "slug": "entretiens",
            "title": "Entretiens",
            "mark": "B",
            "url": f"{BASE}/entretiens/",
        },
        "issue": {
            "number": 7,
            "title": "L’attente",
            "url": f"{BASE}/numeros/l-attente/",
            "api_url": f"{BASE}/api/v1/issues/7/",
            "position": 3,
            "ticket": "B 703",
            "first_folio": 8,
            "last_folio": 10,
        },
        "bylines": [
            {
                "role": "interview",
                "role_label": str(models.Byline.Role.INTERVIEW.label),
                "contributor": {
                    "slug": "ines",
                    "name": "Inès L’Huillier",
                    "role": "autrice",
                    "url": f"{BASE}/signatures/ines/",
                    "portrait": None,
                },
            }
        ],
        "topics": [{"slug": "attente", "title": "L’attente", "url": f"{BASE}/sujets/attente/"}],
        "published_at": "2026-11-16T08:30:00Z",
        "updated_at": "2026-11-17T06:00:00Z",
        "edition_label": "Édition de la mi-novembre",
        "lead_picture": {
            "alt": "Une salle vide",
            "caption": "La salle, à 8\u00a0h.",
            "credit": "Photo Farid Benhadj",
            "licence": "",
            "width": 1200,
            "height": 800,
        },
        "people": [
            {
                "name": "Yann",
                "role": "capitaine d’un bac",
                "organisation": {
                    "slug": "bac",
                    "name": "Bac d’Elle",
                    "sector": "Transport",
                    "url": "",
                },
            }
        ],
        "case_study": None,
        "opinion": None,
        "provenance": {
            "title": "Really\u202f?",
            "place": "The Queue",
            "date": "2026-06-03",
            "url": "https://queue.example/really",
            "canonical": True,
        },
        "reading_time": {"minutes": 1, "signs": 43},
        "show_contents": True,
        "contents": [{"text": "D’abord", "anchor": "dabord"}],
        "body": [
            {"id": "id-1", "type": "crosshead", "text": "D’abord", "anchor": "dabord"},
            {"id": "id-2", "type": "paragraph", "html": "<p>Qui attend\u202f?</p>"},
            {"id": "id-4", "type": "paragraph", "html": "<p>En ligne</p>"},
        ],
        "footnotes": [],
        "corrections": [],
        "comments": 0,
    }


def test_each_kind_tells_what_it_adds(magazine: Magazine, read) -> None:
    study = models.CaseStudy(
        title="Chez Ravel",
        sector="Restauration",
        challenge="La queue déborde.",
        figures=[models.KeyFigure(value="38 %", label="de clients")],
    )
    magazine.opinions.add_child(instance=study)
    editorial = magazine.add(models.Opinion, "Prenez un ticket", genre="editorial")

    told = read(f"articles/{study.pk}/")
    assert (told["people"], told["case_study"], told["opinion"]) == (
        [],
        {
            "organisation": None,
            "sector": "Restauration",
            "challenge": "La queue déborde.",
            "figures": [{"value": "38\u00a0%", "label": "de clients"}],
        },
        None,
    )
    told = read(f"articles/{editorial.pk}/")
    assert (told["people"], told["case_study"], told["opinion"]) == (
        [],
        None,
        {"genre": "editorial", "genre_label": str(models.Opinion.Genre.EDITORIAL.label)},
    )


def test_paid_article_says_so_and_marks_its_links(magazine: Magazine, read) -> None:
    own = f'<a linktype="page" id="{magazine.opinions.pk}">la rubrique</a>'
    text = f'<p><a href="https://buy.example/">achetez</a>, {own}</p>'
    article = magazine.add(
        models.Feature,
        "Notre offre",
        advertiser="Ravel",
        paid_mention="communique",
        body=body_of(("paragraph", {"text": text})),
    )
    paid = {
        "mention": "communique",
        "label": str(article.get_paid_mention_display()),
        "advertiser": "Ravel",
    }
    told = read(f"articles/{article.pk}/")
    assert told["paid"] == paid
    assert told["body"][0]["html"] == (
        '<p><a rel="sponsored" href="https://buy.example/">achetez</a>, '
        f'<a href="{BASE}/tribunes/">la rubrique</a></p>'
    )
    assert read("articles/")["results"][0]["paid"] == paid


def test_link_to_a_draft_tells_no_address(magazine: Magazine, read) -> None:
    draft = magazine.add(models.Feature, "Secret", live=False)
    text = f'<p><a linktype="page" id="{draft.pk}">bientôt</a></p>'
    article = magazine.add(models.Feature, "Ouvert", body=body_of(("paragraph", {"text": text})))
    assert read(f"articles/{article.pk}/")["body"][0]["html"] == "<p><a>bientôt</a></p>"


@pytest.fixture
def hidden(magazine: Magazine) -> dict[str, models.Article]:
    """Return one article for each way of not being public."""
    private = magazine.add(models.Feature, "Privé")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    later = dt.datetime(2126, 1, 1, tzinfo=dt.UTC)
    return {
        "draft": magazine.add(models.Feature, "Brouillon", live=False),
        "scheduled": magazine.add(models.Feature, "Programmé", live=False, go_live_at=later),
        "private": private,
        "print only": magazine.add(models.Feature, "Papier", channel="print"),
    }


@pytest.mark.parametrize("why", ["draft", "scheduled", "private", "print only"])
def test_what_is_not_public_is_answered_as_unknown(
    magazine: Magazine, hidden: dict[str, models.Article], client: Client, why: str
) -> None:
    magazine.enter(magazine.released, hidden[why], 1)
    unknown = client.get("/api/v1/articles/999999/")
    answer = client.get(f"/api/v1/articles/{hidden[why].pk}/")
    assert (unknown.status_code, unknown.json()) == (404, UNKNOWN)
    assert (answer.status_code, answer.content) == (404, unknown.content)
    assert dict(answer.headers) == dict(unknown.headers)
    assert client.get("/api/v1/articles/").json()["results"] == []
    assert client.get(f"/api/v1/articles/?slug={hidden[why].slug}").json()["count"] == 0
    assert client.get("/api/v1/issues/7/").json()["entries"] == []


def test_article_of_an_issue_in_the_making_doesnt_name_it(magazine: Magazine, read) -> None:
    article = magazine.add(models.Feature, "Déjà en ligne")
    magazine.enter(magazine.coming, article, 1)
    assert read(f"articles/{article.pk}/")["issue"] is None
    assert read("articles/")["results"][0]["issue"] is None
    assert read("articles/?issue=8")["count"] == 0


def test_section_that_is_not_public_isnt_named(magazine: Magazine, read) -> None:
    article = magazine.add(models.Feature, "Ailleurs")
    secret = models.Section(title="Secrète", slug="secrete", mark="S", live=False)
    magazine.home.refresh_from_db()
    magazine.home.add_child(instance=secret)
    models.IssueEntry.objects.create(
        issue=magazine.released, article_id=article.pk, section=secret, position=1
    )
    assert read(f"articles/{article.pk}/")["section"] is None
    assert read("issues/7/")["entries"][0]["section"] is None
