"""What strangers may not see is nowhere: no list, no feed, no address."""

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import ContributorFactory, TopicFactory

SECRETS = ["brouillon", "programme", "prive", "papier"]


@pytest.fixture
def secrets(magazine):
    """One article in each state that readers may not see, in an issue with one that they may."""
    by, about = ContributorFactory(slug="ombre"), [TopicFactory(slug="secret")]
    shared = {"by": by, "about": about}
    articles = [
        magazine.article(title="Introuvable brouillon", slug="brouillon", live=False, **shared),
        magazine.article(
            title="Introuvable programmé",
            slug="programme",
            live=False,
            go_live_at="2099-01-01T08:00:00Z",
            **shared,
        ),
        magazine.article(title="Introuvable privé", slug="prive", **shared),
        magazine.article(title="Introuvable papier", slug="papier", channel="print", **shared),
    ]
    PageViewRestriction.objects.create(page=articles[2].page_ptr, restriction_type="login")
    magazine.issue(*articles, magazine.article(title="Visible", slug="visible"), number=7)
    return {article.slug: article for article in articles}


@pytest.mark.parametrize("slug", SECRETS)
def test_address_is_unknown(client, secrets, slug):
    assert client.get(f"/entretiens/{slug}/").status_code == 404
    assert client.get(f"/a/{secrets[slug].pk}/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/entretiens/", "/numeros/", "/numeros/numero-7/", "/entretiens/visible/"),
        *("/recherche/?q=introuvable", "/recherche/?q=papier", "/flux.atom", "/sitemap.xml"),
    ],
)
def test_no_list_names_it(client, secrets, address):
    response = client.get(address)
    assert response.status_code == 200
    page = response.content.decode()
    assert "Introuvable" not in page
    assert not [slug for slug in SECRETS if f"/{slug}/" in page]


def test_people_and_topics_without_public_article_are_unknown(client, secrets):
    assert client.get("/signatures/ombre/").status_code == 404
    assert client.get("/sujets/secret/").status_code == 404
    assert "ombre" not in client.get("/sitemap.xml").content.decode()


def test_an_issue_in_the_making_is_unknown(client, magazine):
    magazine.issue(magazine.article(), number=8, live=False, title="Le silence")
    assert client.get("/numeros/numero-8/").status_code == 404
    for address in ("/", "/numeros/", "/sitemap.xml"):
        page = client.get(address).content.decode()
        assert "Le silence" not in page
        assert "numero-8" not in page


def test_a_private_section_is_not_among_the_counters(client, magazine):
    PageViewRestriction.objects.create(page=magazine.section.page_ptr, restriction_type="login")
    assert "Entretiens" not in client.get("/").content.decode()
    assert client.get("/entretiens/").status_code == 404


def test_short_address_leads_to_a_public_article(client, magazine):
    article = magazine.article(slug="visible")
    response = client.get(f"/a/{article.pk}/")
    assert (response.status_code, response["Location"]) == (301, "/entretiens/visible/")
