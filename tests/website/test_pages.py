"""Every page of the readers' site, as a reader and a strict parser see it."""

from itertools import pairwise

import pytest

from tests.website.reading_magazine import fill, parsed, shown_text

KINDS = ["feature", "interview", "case_study", "opinion", "paid"]


@pytest.fixture
def filled(magazine):
    return fill(magazine)


@pytest.fixture
def addresses(filled):
    kinds, _ = filled
    return {
        "home": "/",
        "section": "/entretiens/",
        "archive": "/numeros/",
        "issue": "/numeros/l-attente/",
        "contributor": "/signatures/ines/",
        "topic": "/sujets/telephone/",
        "legal": "/mentions-legales/",
        "search": "/recherche/?q=attente",
        "empty search": "/recherche/",
        "lost": "/rien/",
        **{kind: article.get_url() for kind, article in kinds.items()},
    }


PAGES = [
    *("home", "section", "archive", "issue", "contributor", "topic", "legal", "search"),
    *("empty search", "lost", *KINDS),
]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound_html_without_cookie_or_third_party(client, addresses, name):
    response = client.get(addresses[name])
    assert response.status_code == (404 if name == "lost" else 200)
    tree = parsed(response)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert sorted(set(ids)) == sorted(ids)
    assert all("alt" in image.attrib for image in tree.iter("img"))
    assert all(image.get("width") and image.get("height") for image in tree.iter("img"))
    levels = [int(e.tag[1]) for e in tree.iter() if e.tag in {"h1", "h2", "h3", "h4"}]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    labels = {element.get("aria-labelledby") for element in tree.iter()} - {None}
    assert labels <= set(ids)
    assert not response.cookies
    loaded = [e.get("src") for e in tree.iter() if e.tag in {"img", "script", "iframe"}]
    sheets = {"stylesheet", "preload"}
    loaded += [e.get("href") for e in tree.iter("link") if e.get("rel") in sheets]
    assert all(address.startswith("/") for address in loaded if address)


@pytest.mark.parametrize("name", ["home", "section", "archive", "issue", "contributor", "topic"])
def test_straight_apostrophes_are_typeset(client, addresses, name):
    text = shown_text(client.get(addresses[name]))
    assert "L'" not in text
    assert "’" in text


def test_article_shows_its_head_and_its_web_blocks(client, filled):
    kinds, _ = filled
    response = client.get(kinds["feature"].get_url())
    text = shown_text(response)
    for shown in (
        "L’heure du guichet",
        "L’enquête",
        "B 703",
        "Inès Carpentier",
        "16 novembre 2026",
        "9 h 30",
        "Väntrum",
        "Stockholm",
        "L’encadré",
        "Un manteau, non.",
        "12 min",
        "Téléphone",
    ):
        assert shown in text.replace("\u202f", " ").replace("\xa0", " ")
    assert "Réservé au papier" not in text
    assert "https://video.example.org/ancien" not in response.content.decode()


def test_contents_of_a_long_piece_lead_to_its_crossheads(client, filled):
    kinds, _ = filled
    tree = parsed(client.get(kinds["feature"].get_url()))
    targets = [a.get("href") for a in tree.findall(".//nav[@class='prose-contents']//a")]
    assert targets == ["#lheure-du-guichet", "#lheure-du-guichet-2"]
    ids = {element.get("id") for element in tree.iter()}
    assert {target[1:] for target in targets} <= ids


def test_kinds_show_what_they_add(client, filled):
    kinds, _ = filled
    assert "sociologue, Boulangerie Ravel" in shown_text(client.get(kinds["interview"].get_url()))
    case = shown_text(client.get(kinds["case_study"].get_url())).replace("\u202f", " ")
    assert "Boulangerie Ravel" in case
    assert "Faire d’une queue une terrasse." in case
    assert "des clients" in case


def test_article_leads_to_its_neighbours_in_the_issue(client, filled):
    kinds, _ = filled
    tree = parsed(client.get(kinds["feature"].get_url()))
    links = {a.get("rel"): a.get("href") for a in tree.findall(".//nav[@class='queue']/a")}
    assert links == {"prev": kinds["interview"].get_url(), "next": kinds["case_study"].get_url()}


def test_printed_folios_are_shown_once_known(client, filled):
    kinds, issue = filled
    issue.entries.filter(position=3).update(first_folio=12, last_folio=14)
    assert "7, p. 12-14" in shown_text(client.get(kinds["feature"].get_url())).replace(
        "\xa0", " "
    ).replace("\u202f", " ")
    assert "p. 12-14" in shown_text(client.get(issue.get_url())).replace("\xa0", " ")


def test_mention_of_a_paid_article_stands_ahead_of_its_title_everywhere(client, addresses):
    for name in ("paid", "home", "issue", "section", "topic", "search"):
        address = "/recherche/?q=ailleurs" if name == "search" else addresses[name]
        body = client.get(address).content.decode().split("<main", 1)[1]
        title = body.index("attendaient")
        assert body.rfind("Atelier Cadence", 0, title) > 0


def test_links_of_a_paid_article_are_sponsored(client, addresses):
    tree = parsed(client.get(addresses["paid"]))
    outside = [a for a in tree.iter("a") if (a.get("href") or "").startswith("https://cadence")]
    assert [a.get("rel") for a in outside] == ["sponsored"]


def test_canonical_address_is_the_original_where_editors_say_so(client, filled):
    kinds, _ = filled
    article = kinds["feature"]
    assert _canonical(client, article) == f"http://localhost:8000{article.get_url()}"
    article.provenance_is_canonical = True
    article.save()
    assert _canonical(client, article) == "https://example.org/vantrum"


def _canonical(client, article):
    tree = parsed(client.get(article.get_url()))
    return tree.find(".//link[@rel='canonical']").get("href")


def test_pages_wear_the_inks_of_their_issue(client, filled):
    kinds, issue = filled
    issue.ink_dark, issue.ink_bright = "#4B2E83", "#FFD23F"
    issue.save()
    for address in ("/", issue.get_url(), kinds["opinion"].get_url()):
        style = parsed(client.get(address)).find("body").get("style")
        assert "--ink-dark:#4B2E83;--ink-bright:#FFD23F" in style


def test_a_site_without_issue_or_article_still_opens(client, magazine):
    for address in ("/", "/entretiens/", "/numeros/", "/mentions-legales/", "/recherche/?q=rien"):
        response = client.get(address)
        assert response.status_code == 200
        parsed(response)


def test_mail_of_a_contributor_is_a_link(client, addresses):
    tree = parsed(client.get(addresses["contributor"]))
    assert "mailto:ines@guichet.example" in {a.get("href") for a in tree.iter("a")}
