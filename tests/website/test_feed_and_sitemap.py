"""What machines read: the Atom feed, the sitemap, robots.txt, health."""

from xml.etree import ElementTree

import pytest

from magazine.search.engines.base import EngineError
from tests.factories import FeatureFactory, paragraphs
from tests.website.reading_magazine import fill

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_feed_carries_whole_typeset_texts_with_full_addresses(client, magazine):
    kinds, _ = fill(magazine)
    response = client.get("/flux.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    entries = {entry.find(f"{ATOM}title").text: entry for entry in feed.iter(f"{ATOM}entry")}
    entry = entries["L’heure du guichet"]
    content = entry.find(f"{ATOM}content")
    assert content.get("type") == "html"
    assert "L’attente commence" in content.text
    assert "Note de la rédaction." in content.text
    assert "Réservé au papier" not in content.text
    assert 'src="/' not in content.text
    assert 'src="http://localhost:8000/media/' in content.text
    address = f"http://localhost:8000{kinds['feature'].get_url()}"
    assert entry.find(f"{ATOM}link").get("href") == address


def test_feed_says_who_paid_ahead_of_the_title_and_of_the_text(client, magazine):
    fill(magazine)
    feed = ElementTree.fromstring(client.get("/flux.atom").content)
    paid = next(e for e in feed.iter(f"{ATOM}entry") if "ailleurs" in e.find(f"{ATOM}title").text)
    mention = paid.find(f"{ATOM}title").text.split(" · ")[0]
    assert mention
    content = paid.find(f"{ATOM}content").text
    assert content.startswith(f"<p><strong>{mention} · Atelier Cadence</strong></p>")
    assert 'rel="sponsored"' in content


def test_feed_survives_signs_that_xml_forbids(client, magazine):
    magazine.article(title="Un \x0btitre", standfirst="\x08", body=paragraphs("a\x0cb"))
    feed = ElementTree.fromstring(client.get("/flux.atom").content)
    assert len(list(feed.iter(f"{ATOM}entry"))) == 1


def test_empty_feed_is_a_feed(client, magazine):
    assert ElementTree.fromstring(client.get("/flux.atom").content).tag == f"{ATOM}feed"


def test_sitemap_lists_what_readers_may_see(client, magazine):
    kinds, issue = fill(magazine)
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    addresses = [
        node.text.removeprefix("http://localhost:8000")
        for node in ElementTree.fromstring(response.content).iter(f"{MAP}loc")
    ]
    assert len(addresses) == len(set(addresses))
    assert set(addresses) == {
        *("/", "/entretiens/", "/numeros/", issue.get_url()),
        *(article.get_url() for article in kinds.values()),
        *("/signatures/ines/", "/sujets/telephone/", "/mentions-legales/"),
    }


def test_sitemap_leaves_texts_whose_original_is_elsewhere_to_the_original(client, magazine):
    magazine.article(
        FeatureFactory,
        slug="repris",
        provenance_url="https://example.org/",
        provenance_is_canonical=True,
    )
    assert "repris" not in client.get("/sitemap.xml").content.decode()


def test_robots_are_kept_out_of_admin_and_search(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /recherche/",
        "Sitemap: http://localhost:8000/sitemap.xml",
    ]


def test_health_is_told_and_how_far_the_search_is_behind(client, magazine):
    magazine.article()
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (
        200,
        b"ok\nsearch: embedded, no index yet\n",
    )
    client.get("/recherche/?q=article")
    magazine.article()
    assert client.get("/healthz").content == b"ok\nsearch: embedded, 3 behind\n"


def test_health_is_told_of_a_search_that_fails(client, db, monkeypatch):
    def fail(name):
        raise EngineError("down")

    monkeypatch.setattr("magazine.search.watching.index_called", fail)
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (
        200,
        b"ok\nsearch: embedded, doesn't answer\n",
    )


@pytest.mark.parametrize("address", ["/flux.atom", "/sitemap.xml", "/robots.txt", "/healthz"])
def test_machines_get_no_cookie(client, magazine, address):
    assert not client.get(address).cookies
