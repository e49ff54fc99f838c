"""The feeds: whole texts as Atom and as JSON Feed, of all articles and of each part."""

import datetime as dt
import json
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from magazine.correcting import correct
from magazine.models import Picture
from magazine.picture_sizes import make_missing_sizes
from tests.factories import (
    ContributorFactory,
    FeatureFactory,
    InterviewFactory,
    OpinionFactory,
    TopicFactory,
    paragraphs,
)
from tests.website.reading_magazine import fill
from website.feeds import ARTICLES_A_LEAF

ATOM = "{http://www.w3.org/2005/Atom}"
HOST = "http://localhost:8000"
EVERY_FEED = [
    "/flux",
    "/flux/rubrique/entretiens",
    "/flux/sujet/telephone",
    "/flux/signature/ines",
    "/flux/type/interview",
    "/flux/numero/7",
]


@pytest.fixture
def filled(magazine):
    kinds, issue = fill(magazine)
    for picture in Picture.objects.all():
        make_missing_sizes(picture)
    return kinds, issue


def titles(response):
    return [item["title"] for item in response.json()["items"]]


def test_atom_carries_whole_typeset_texts_with_full_addresses(client, filled):
    kinds, _ = filled
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
    assert f'src="{HOST}/media/' in content.text
    links = {link.get("rel"): link.get("href") for link in entry.iter(f"{ATOM}link")}
    assert links["alternate"] == f"{HOST}{kinds['feature'].get_url()}"
    assert links["via"] == "https://example.org/vantrum"
    [author] = entry.iter(f"{ATOM}author")
    assert [part.text for part in author] == ["Inès Carpentier", f"{HOST}/signatures/ines/"]


def test_json_feed_says_the_same(client, filled):
    response = client.get("/flux.json")
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = response.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["language"]) == ("Guichet", "fr")
    assert (feed["home_page_url"], feed["feed_url"]) == (f"{HOST}/", f"{HOST}/flux.json")
    [item] = [item for item in feed["items"] if item["title"] == "L’heure du guichet"]
    atom = ElementTree.fromstring(client.get("/flux.atom").content)
    entries = {entry.find(f"{ATOM}id").text: entry for entry in atom.iter(f"{ATOM}entry")}
    assert item["content_html"] == entries[item["id"]].find(f"{ATOM}content").text
    assert item["external_url"] == "https://example.org/vantrum"
    assert item["authors"] == [{"name": "Inès Carpentier", "url": f"{HOST}/signatures/ines/"}]
    assert item["tags"] == ["Téléphone"]
    assert item["_couture"]["issue"] == 7


def test_facts_of_a_case_and_people_interviewed_are_in_the_text(client, filled):
    told = {
        item["title"]: item["content_html"] for item in client.get("/flux.json").json()["items"]
    }
    assert "<dt>Organisation</dt><dd>Boulangerie Ravel</dd>" in told["Chez Ravel"]
    assert "<strong>38\xa0%</strong> des clients" in told["Chez Ravel"]
    interview = next(text for title, text in told.items() if "pacte" in title)
    assert "<li>Agnès, sociologue, Boulangerie Ravel</li>" in interview


@pytest.mark.parametrize("address", EVERY_FEED)
def test_another_reader_finds_nothing_to_complain_about(client, filled, address):
    feed = feedparser.parse(client.get(f"{address}.atom").content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.entries
    for entry in feed.entries:
        assert entry.id.startswith(f"{HOST}/a/")
        assert entry.updated_parsed
        assert entry.content[0].value
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    addresses = [entry.link for entry in feed.entries]
    assert addresses == [item["url"] for item in client.get(f"{address}.json").json()["items"]]


def test_both_say_who_paid_ahead_of_the_title_and_of_the_text(client, filled):
    [paid] = [i for i in client.get("/flux.json").json()["items"] if "ailleurs" in i["title"]]
    mention = paid["title"].split(" · ")[0]
    assert mention == "Communiqué"
    opening = f"<p><strong>{mention} · Atelier Cadence</strong></p>"
    assert paid["content_html"].startswith(opening)
    assert 'rel="sponsored"' in paid["content_html"]
    assert paid["_couture"]["paid"] == {"mention": mention, "advertiser": "Atelier Cadence"}
    feed = ElementTree.fromstring(client.get("/flux.atom").content)
    entry = next(e for e in feed.iter(f"{ATOM}entry") if "ailleurs" in e.find(f"{ATOM}title").text)
    assert entry.find(f"{ATOM}content").text.startswith(opening)


def test_each_feed_carries_its_part_and_no_other(client, magazine):
    ines, topic = ContributorFactory(slug="ines"), TopicFactory(slug="telephone")
    one = magazine.article(InterviewFactory, title="Un", by=ines)
    two = magazine.article(OpinionFactory, title="Deux", about=[topic])
    magazine.article(FeatureFactory, title="Trois")
    magazine.issue(two, one, number=7)
    assert titles(client.get("/flux.json")) == ["Trois", "Deux", "Un"]
    assert titles(client.get("/flux/rubrique/entretiens.json")) == ["Trois", "Deux", "Un"]
    assert titles(client.get("/flux/signature/ines.json")) == ["Un"]
    assert titles(client.get("/flux/sujet/telephone.json")) == ["Deux"]
    assert titles(client.get("/flux/type/opinion.json")) == ["Deux"]
    assert titles(client.get("/flux/type/case_study.json")) == []
    assert titles(client.get("/flux/numero/7.json")) == ["Deux", "Un"]


@pytest.fixture
def secrets(magazine):
    """One article in each state that readers may not see, and an issue in the making."""
    shared = {"by": ContributorFactory(slug="ombre"), "about": [TopicFactory(slug="secret")]}
    hidden = [
        magazine.article(title="Introuvable brouillon", live=False, **shared),
        magazine.article(title="Introuvable programmé", live=False, **shared),
        magazine.article(title="Introuvable papier", channel="print", **shared),
        magazine.article(title="Introuvable privé", **shared),
    ]
    PageViewRestriction.objects.create(page=hidden[-1].page_ptr, restriction_type="login")
    seen = magazine.article(title="Visible")
    magazine.issue(*hidden, seen, number=7)
    magazine.issue(seen, number=8, live=False, title="Le silence")


@pytest.mark.parametrize("form", ["atom", "json"])
def test_what_is_not_public_is_in_no_feed(client, secrets, form):
    for address in ("/flux", "/flux/rubrique/entretiens", "/flux/type/feature", "/flux/numero/7"):
        response = client.get(f"{address}.{form}")
        assert response.status_code == 200
        assert "Introuvable" not in response.content.decode()
        assert "Le silence" not in response.content.decode()
    for address in ("/flux/numero/8", "/flux/signature/ombre", "/flux/sujet/secret"):
        assert client.get(f"{address}.{form}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/flux/rubrique/rien.atom",
        "/flux/sujet/rien.json",
        "/flux/signature/rien.atom",
        "/flux/type/roman.json",
        "/flux/numero/999999999999.atom",
        "/flux/numero/7e2.atom",
        "/flux/rubrique/%00.atom",
        "/flux/rubrique/entretiens.rss",
    ],
)
def test_an_unknown_feed_is_a_404_in_the_sites_clothes(client, magazine, address):
    response = client.get(address)
    assert response.status_code == 404
    assert '<header class="hall"' in response.content.decode()


def test_a_private_section_has_no_feed(client, magazine):
    magazine.article()
    PageViewRestriction.objects.create(page=magazine.section.page_ptr, restriction_type="login")
    assert client.get("/flux/rubrique/entretiens.atom").status_code == 404


def test_nothing_changed_is_a_304_and_a_change_is_not(client, magazine):
    article = magazine.article(title="Avant")
    for address in ("/flux.atom", "/flux.json"):
        tag = client.get(address)["ETag"]
        again = client.get(address, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == tag
    article.title = "Après"
    article.save_revision().publish()
    fresh = client.get("/flux.json", headers={"if-none-match": tag})
    assert (fresh.status_code, titles(fresh)) == (200, ["Après"])


def test_what_is_taken_back_is_no_304_to_those_who_ask_by_date_alone(client, magazine):
    magazine.article(title="Reste")
    newest = magazine.article(title="S'en va")
    assert len(titles(client.get("/flux.json"))) == 2
    day = timezone.now().strftime("%a, %d %b %Y %H:%M:%S GMT")
    newest.unpublish()
    response = client.get("/flux.json", headers={"if-modified-since": day})
    assert (response.status_code, titles(response)) == (200, ["Reste"])


def test_a_correction_is_told_and_dates_the_entry_anew(client, magazine, admin_user):
    article = magazine.article(title="La file")
    before = client.get("/flux.json").json()["items"][0]["date_modified"]
    today = timezone.localdate()
    correct(article, date=today, wrong="Agnès a 40 ans.", text="Agnès en a 41.", by=admin_user)
    item = client.get("/flux.json").json()["items"][0]
    assert "Agnès en a 41." in item["content_html"]
    assert item["date_modified"] > before
    feed = ElementTree.fromstring(client.get("/flux.atom").content)
    updated = [node.text for node in feed.iter(f"{ATOM}updated")]
    assert len(set(updated)) == 1
    published = next(feed.iter(f"{ATOM}published")).text
    assert dt.datetime.fromisoformat(published) <= dt.datetime.fromisoformat(updated[0])


def test_a_long_feed_comes_in_leaves(client, magazine):
    for number in range(ARTICLES_A_LEAF + 2):
        magazine.article(title=f"Article {number}")
    first = client.get("/flux.json").json()
    assert len(first["items"]) == ARTICLES_A_LEAF
    assert first["next_url"] == f"{HOST}/flux.json?page=2"
    second = client.get("/flux.json?page=2")
    assert titles(second) == ["Article 1", "Article 0"]
    assert "next_url" not in second.json()
    feed = ElementTree.fromstring(client.get("/flux.atom?page=2").content)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "alternate": f"{HOST}/",
        "self": f"{HOST}/flux.atom?page=2",
        "first": f"{HOST}/flux.atom",
        "previous": f"{HOST}/flux.atom",
        "last": f"{HOST}/flux.atom?page=2",
    }


def test_odd_questions_get_the_feed_all_the_same(client, magazine):
    magazine.article(title="Un")
    for query in ("?page=zéro", "?page=-1", "?page=99999999999999999999", "?x=" + "y" * 3000):
        assert titles(client.get(f"/flux.json{query}")) == ["Un"]
    head = client.head("/flux.atom", headers={"accept": "text/html"})
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"].startswith("application/atom+xml")
    assert client.post("/flux.atom").status_code in {403, 405}


def test_signs_that_xml_forbids_are_left_out(client, magazine):
    magazine.article(title="Un \x0btitre", standfirst="\x08<b>", body=paragraphs("a\x0cb"))
    feed = ElementTree.fromstring(client.get("/flux.atom").content)
    [entry] = feed.iter(f"{ATOM}entry")
    assert entry.find(f"{ATOM}summary").text == "&lt;b&gt;"


def test_an_empty_feed_is_a_feed_and_stays_the_same(client, magazine):
    first = client.get("/flux.atom")
    assert ElementTree.fromstring(first.content).tag == f"{ATOM}feed"
    assert client.get("/flux.atom", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert json.loads(client.get("/flux.json").content)["items"] == []


@pytest.mark.parametrize("address", ["/flux.atom", "/flux.json", "/flux/rubrique/entretiens.atom"])
def test_machines_get_no_cookie(client, magazine, address):
    assert not client.get(address).cookies
