"""Searching the site, also with what nobody means to type."""

import pytest

from tests.factories import ContributorFactory, paragraphs
from tests.website.reading_magazine import parsed, shown_text

ODD = [
    "",
    " ",
    "'",
    "\"'`",
    "\x00",
    "attente\x00",
    "%00",
    "a" * 10_000,
    "mot " * 3_000,
    "<script>alert(1)</script>",
    "\u202e\u200b\ud7ff",
    "(((",
    "' OR 1=1 --",
    "\\",
    "🦆",
    "é\u0301" * 200,
]


def found(client, words):
    tree = parsed(client.get("/recherche/", {"q": words}))
    return [a.get("href") for a in tree.findall(".//h3[@class='board-title']/a")]


@pytest.mark.parametrize("words", ODD)
def test_odd_words_are_answered(client, magazine, words):
    magazine.article()
    response = client.get("/recherche/", {"q": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    parsed(response)


@pytest.mark.parametrize("leaf", ["", "0", "-1", "x", "99999999999999999999", "²", "1e3"])
def test_odd_leaves_are_answered(client, magazine, leaf):
    magazine.article(title="L'attente")
    assert client.get("/recherche/", {"q": "attente", "page": leaf}).status_code == 200


@pytest.mark.parametrize("address", ["/recherche/?q=%ff", "/recherche/?q=%", "/recherche/?%00=1"])
def test_broken_encodings_are_answered(client, magazine, address):
    assert client.get(address).status_code == 200


def test_accents_capitals_and_ligatures_do_not_matter(client, magazine):
    article = magazine.article(title="Le cœur de l'été", body=paragraphs("RÉCLAMATION déposée"))
    for words in ("coeur", "ÉTÉ", "ete", "reclamation", "Cœur", "réclam"):
        assert found(client, words) == [article.get_url()]


def test_title_comes_before_standfirst_and_standfirst_before_body(client, magazine):
    body = magazine.article(slug="texte", body=paragraphs("La cloche sonne."))
    title = magazine.article(slug="titre", title="La cloche")
    standfirst = magazine.article(slug="chapeau", standfirst="Une cloche.")
    assert found(client, "cloche") == [article.get_url() for article in (title, standfirst, body)]


def test_every_word_is_wanted(client, magazine):
    magazine.article(title="La cloche")
    both = magazine.article(title="La cloche du comptoir")
    assert found(client, "comptoir cloche") == [both.get_url()]


def test_those_who_sign_are_found(client, magazine):
    article = magazine.article(by=ContributorFactory(name="Théo Marchetti"))
    assert found(client, "theo marchetti") == [article.get_url()]


def test_text_for_paper_only_is_not_searched(client, magazine):
    magazine.article(body=paragraphs("Grille à découper", channel="print"))
    assert found(client, "decouper") == []


def test_found_words_are_marked_and_the_rest_is_escaped(client, magazine):
    magazine.article(standfirst="Attention : 3 < 4 & l'été arrive.")
    response = client.get("/recherche/", {"q": "ete"})
    assert "3 &lt; 4 &amp; l’<mark>été</mark> arrive" in response.content.decode().replace(
        "\xa0", " "
    ).replace("\u202f", " ")


def test_long_lists_come_in_leaves_of_twenty(client, magazine):
    for number in range(21):
        magazine.article(title=f"La file {number}")
    assert len(found(client, "file")) == 20
    second = client.get("/recherche/", {"q": "file", "page": "2"})
    assert "2 / 2" in shown_text(second)


def test_search_pages_are_not_for_robots(client, magazine):
    tree = parsed(client.get("/recherche/?q=x"))
    assert tree.find(".//meta[@name='robots']").get("content") == "noindex, follow"
