"""What robots are told: the maps of the site, robots.txt, security.txt, icons, the manifest."""

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from PIL import Image
from wagtail.models import PageViewRestriction

from magazine.models import Organisation
from tests.factories import ContributorFactory, FeatureFactory, TopicFactory
from tests.website.reading_magazine import fill
from website.sitemaps import SITEMAPS

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
HOST = "http://localhost:8000"


def read(client, address):
    """The addresses of a map or an index without their host, with the day of their last change."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml"
    tree = ElementTree.fromstring(response.content)
    return {
        place.find(f"{MAP}loc").text.removeprefix(HOST): place.findtext(f"{MAP}lastmod")
        for place in tree
    }


def every_address(client):
    """Every page that the index leads to."""
    found = []
    for address in read(client, "/sitemap.xml"):
        found += read(client, address)
    return found


def test_the_index_names_the_maps_that_hold_something(client, magazine):
    fill(magazine)
    assert list(read(client, "/sitemap.xml")) == [
        *("/sitemap-pages.xml", "/sitemap-sections.xml", "/sitemap-issues.xml"),
        *("/sitemap-articles.xml", "/sitemap-topics.xml", "/sitemap-contributors.xml"),
        *("/sitemap-organisations.xml", "/sitemap-fixed.xml"),
    ]


def test_maps_list_what_readers_may_see_once_each(client, magazine):
    kinds, issue = fill(magazine)
    addresses = every_address(client)
    assert len(addresses) == len(set(addresses))
    assert set(addresses) == {
        *("/", "/entretiens/", "/numeros/", issue.get_url()),
        *(article.get_url() for article in kinds.values()),
        *("/signatures/ines/", "/sujets/telephone/", "/mentions-legales/", "/lettre/"),
        Organisation.objects.get(name="Boulangerie Ravel").get_absolute_url(),
    }


def test_maps_say_when_a_page_changed_last(client, magazine):
    kinds, _issue = fill(magazine)
    for name in ("sections", "issues", "articles", "topics", "contributors", "organisations"):
        for address, changed in read(client, f"/sitemap-{name}.xml").items():
            assert changed, address
    newest = max(article.last_published_at for article in kinds.values())
    [section] = read(client, "/sitemap-sections.xml").values()
    assert section == timezone.localtime(newest).date().isoformat()
    assert read(client, "/sitemap.xml")["/sitemap-articles.xml"].startswith(section)


def test_texts_whose_original_is_elsewhere_are_left_to_the_original(client, magazine):
    magazine.article(
        FeatureFactory,
        slug="repris",
        provenance_url="https://example.org/",
        provenance_is_canonical=True,
    )
    assert not [address for address in every_address(client) if "repris" in address]
    assert not read(client, "/sitemap-actualites.xml")


def test_nothing_that_is_not_public_is_on_any_map(client, magazine):
    shared = {"by": ContributorFactory(slug="ombre"), "about": [TopicFactory(slug="secret")]}
    private = magazine.article(slug="prive", **shared)
    PageViewRestriction.objects.create(page=private.page_ptr, restriction_type="login")
    hidden = [
        magazine.article(slug="brouillon", live=False, **shared),
        magazine.article(slug="papier", channel="print", **shared),
        private,
    ]
    magazine.issue(*hidden, number=8, live=False)
    addresses = [*every_address(client), *read(client, "/sitemap-actualites.xml")]
    for word in ("brouillon", "papier", "prive", "ombre", "secret", "numero-8"):
        assert not [address for address in addresses if word in address]


def test_the_news_are_those_of_two_days_without_what_was_paid_for(client, magazine):
    now = timezone.now()
    magazine.article(
        title="L'heure & l'été", slug="frais", published_at=now - dt.timedelta(hours=3)
    )
    magazine.article(slug="ancien", published_at=now - dt.timedelta(days=3))
    magazine.article(slug="demain", published_at=now + dt.timedelta(days=1))
    magazine.article(slug="paye", advertiser="Cadence", paid_mention="communique")
    response = client.get("/sitemap-actualites.xml")
    [url] = ElementTree.fromstring(response.content)
    assert url.findtext(f"{MAP}loc") == f"{HOST}/entretiens/frais/"
    assert url.find(f"{MAP}lastmod") is not None
    news = url.find(f"{NEWS}news")
    assert news.findtext(f"{NEWS}title") == "L’heure & l’été"
    publication = news.find(f"{NEWS}publication")
    assert [part.text for part in publication] == ["Guichet", "fr"]
    told = dt.datetime.fromisoformat(news.findtext(f"{NEWS}publication_date"))
    assert abs(told - (now - dt.timedelta(hours=3))) < dt.timedelta(seconds=2)
    assert "/sitemap-actualites.xml" in read(client, "/sitemap.xml")


def test_maps_unchanged_are_304_and_unknown_ones_404(client, magazine):
    magazine.article()
    for address in ("/sitemap.xml", "/sitemap-articles.xml", "/sitemap-actualites.xml"):
        tag = client.get(address)["ETag"]
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
        assert client.head(address).status_code == 200
    for address in (
        "/sitemap-secrets.xml",
        "/sitemap-articles.xml?p=9",
        "/sitemap-articles.xml?p=x",
    ):
        assert client.get(address).status_code == 404


def test_maps_cost_a_fixed_number_of_questions(client, magazine, django_assert_max_num_queries):
    topic = TopicFactory()
    for _ in range(12):
        magazine.article(about=[topic], by=ContributorFactory())
    for name in SITEMAPS:
        client.get(f"/sitemap-{name}.xml")
        with django_assert_max_num_queries(12):
            client.get(f"/sitemap-{name}.xml")


def test_robots_are_kept_out_of_what_is_for_one_reader_alone(client, db):
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /commentaire/",
        "Disallow: /commenter/",
        "Disallow: /imprimeur/",
        "Disallow: /lettre/confirmer/",
        "Disallow: /lettre/partir/",
        "Disallow: /recherche/",
        "Disallow: /relecture/",
        "",
        "Sitemap: http://localhost:8000/sitemap.xml",
        "Sitemap: http://localhost:8000/sitemap-actualites.xml",
    ]


def test_researchers_are_told_where_to_write(client, magazine):
    assert client.get("/.well-known/security.txt").status_code == 404
    magazine.publication.contact_mail = "redaction@guichet.example"
    magazine.publication.save()
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == "mailto:redaction@guichet.example"
    assert fields["Canonical"] == f"{HOST}/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "fr, en"
    left = dt.datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert dt.timedelta(days=90) < left < dt.timedelta(days=365)


def test_password_managers_are_led_to_the_desk(client, db):
    response = client.get("/.well-known/change-password")
    assert (response.status_code, response["Location"]) == (302, "/admin/account/")


def test_the_manifest_names_the_magazine_and_icons_that_are_there(client, magazine):
    response = client.get("/site.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    told = response.json()
    assert (told["name"], told["short_name"]) == ("Guichet · Prenez un ticket.", "Guichet")
    assert (told["lang"], told["start_url"]) == ("fr", "/")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        if icon["type"] == "image/png":
            width, height = Image.open(path).size
            assert icon["sizes"] == f"{width}x{height}"
        else:
            assert "prefers-color-scheme" in Path(path).read_text()


def test_every_page_names_its_icons(client, magazine):
    page = client.get("/").content.decode()
    for name in ("favicon.svg", "icons/favicon.ico", "icons/apple-touch-icon.png"):
        assert f'href="/static/website/{name}"' in page
        assert finders.find(f"website/{name}")
    assert '<link rel="manifest" href="/site.webmanifest">' in page
    assert page.count('name="theme-color"') == 2
    assert client.get("/favicon.ico")["Location"] == "/static/website/icons/favicon.ico"
    icon = Image.open(finders.find("website/icons/favicon.ico"))
    assert (32, 32) in icon.info["sizes"]
    touched = Image.open(finders.find("website/icons/apple-touch-icon.png"))
    assert touched.size == (180, 180)


@pytest.mark.parametrize(
    "address",
    ["/sitemap.xml", "/sitemap-actualites.xml", "/robots.txt", "/site.webmanifest", "/favicon.ico"],
)
def test_machines_get_no_cookie(client, magazine, address):
    assert not client.get(address).cookies
