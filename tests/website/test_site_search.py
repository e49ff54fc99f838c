"""The search page: what it shows of an answer, how it is narrowed, and odd questions."""

import re

import pytest
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import PageViewRestriction

from magazine.models import InterviewedPerson
from magazine.search.engines.base import EngineError
from tests.factories import (
    ContributorFactory,
    InterviewFactory,
    OpinionFactory,
    OrganisationFactory,
    TopicFactory,
    block,
    paragraphs,
)
from tests.website.reading_magazine import parsed, shown_text

ANSWERED = [
    "",
    " ",
    "a",
    "'",
    "\"'`",
    "\x00",
    "attente\x00",
    "%00",
    "<script>alert(1)</script>",
    "\u202e\u200b\ud7ff",
    "(((",
    "' OR 1=1 --",
    "*:*",
    "title:attente AND NOT (kind:x) NEAR/3 ^2 ~",
    'attente OR "',
    "-attente",
    "\\",
    "🦆",
]
TOO_LONG = ["a" * 10_000, "mot " * 3_000, "é\u0301" * 200, "mot " * 30]


def found(client, words="", **asked):
    tree = parsed(client.get("/recherche/", {"q": words, **asked}))
    return [a.get("href") for a in tree.findall(".//h3[@class='board-title']/a")]


def links(response, kind):
    tree = parsed(response)
    return {
        "".join(a.itertext()).strip(): a.get("href")
        for a in tree.findall(f".//*[@class='{kind}']//a")
    }


def inputs(response):
    tree = parsed(response)
    return [
        (field.get("name"), field.get("value"), field.get("checked") is not None)
        for field in tree.findall(".//form[@id='ask']//input")
    ]


@pytest.fixture
def files(magazine):
    """Three articles on files: two interviews, one of them in issue 7, and an opinion."""
    topic = TopicFactory(title="File", slug="file")
    ravel = OrganisationFactory(name="Boulangerie Ravel", slug="ravel", sector="Commerce")
    printed = magazine.article(
        InterviewFactory,
        title="La file est un pacte",
        standfirst="Agnès regarde la file.",
        by=ContributorFactory(name="Théo Marchetti", slug="theo"),
        about=[topic],
        body=[
            *paragraphs("Rien ici.", "On y tient sa place dans la file comme un rang."),
            block("question_answer", question="Pourquoi ?", speaker="", answer="<p>Voilà !</p>"),
        ],
    )
    printed.people.add(InterviewedPerson(name="Agnès Delorme", organisation=ravel))
    printed.save()
    other = magazine.article(
        InterviewFactory,
        title="Une file de voitures",
        about=[topic],
        published_at="2025-03-01T08:00:00Z",
    )
    opinion = magazine.article(
        OpinionFactory, title="Contre la file", published_at="2024-03-01T08:00:00Z"
    )
    magazine.issue(printed, number=7, title="L'attente")
    printed.issue_entries.update(first_folio=8, last_folio=12)
    return {"printed": printed, "other": other, "opinion": opinion}


def test_odd_words_are_answered(client, magazine):
    magazine.article()
    for words in ANSWERED:
        response = client.get("/recherche/", {"q": words})
        assert response.status_code == 200, words
        assert "<script>alert" not in response.content.decode()
        parsed(response)


def test_too_many_words_are_refused_and_the_form_is_kept(client, magazine):
    for words in TOO_LONG:
        response = client.get("/recherche/", {"q": words, "kind": "interview"})
        assert response.status_code == 400, words
        kept = {name: value for name, value, _checked in inputs(response)}
        assert kept["q"] == " ".join(words.split())
        assert kept["kind"] == "interview"
        assert parsed(response).find(".//*[@role='alert']") is not None


def test_a_question_that_nobody_can_ask_by_the_page_is_refused(client, files):
    for asked in (
        {"sort": "best"},
        {"cursor": "x"},
        {"cursor": "W10:1xVDz9:forged"},
        {"kind": "\x00"},
        {"person": "a" * 300},
        {"topic": [f"t{number}" for number in range(40)]},
    ):
        response = client.get("/recherche/", {"q": "file", **asked})
        assert response.status_code == 400, asked
        parsed(response)


def test_what_the_address_says_beside_the_question_is_no_matter(client, files):
    for leaf in ("", "0", "-1", "x", "99999999999999999999", "²", "1e3"):
        assert len(found(client, "file", page=leaf, utm_source="lettre")) == 3


def test_broken_encodings_are_answered(client, magazine):
    for address in ("/recherche/?q=%ff", "/recherche/?q=%", "/recherche/?%00=1"):
        assert client.get(address).status_code == 200


def test_accents_capitals_and_ligatures_do_not_matter(client, magazine):
    article = magazine.article(title="Le cœur de l'été", body=paragraphs("RÉCLAMATION déposée"))
    for words in ("coeur", "ÉTÉ", "ete", "reclamation", "Cœur"):
        assert found(client, words) == [article.get_url()]


def test_text_for_paper_only_is_not_searched(client, magazine):
    magazine.article(body=paragraphs("Grille à découper", channel="print"))
    assert found(client, "decouper") == []


def test_found_words_are_marked_and_the_rest_is_escaped(client, magazine):
    magazine.article(title="3 < 4 & l'été", standfirst="Attention : 3 < 4 & l'été arrive.")
    page = client.get("/recherche/", {"q": "ete"}).content.decode()
    page = re.sub("[\xa0\u202f]", " ", page)
    assert "3 &lt; 4 &amp; l’<mark>été</mark></a></h3>" in page
    assert "3 &lt; 4 &amp; l’<mark>été</mark> arrive" in page


def test_a_hit_says_where_it_was_printed_and_leads_to_the_paragraph(client, files):
    response = client.get("/recherche/", {"q": "file rang"})
    printed = [p.text or "" for p in parsed(response).findall(".//p[@class='board-page']")]
    assert "n° 7, p. 8-12" in [re.sub(r"\s", " ", text) for text in printed]
    address = next(
        each for text, each in links(response, "extract").items() if "comme un rang" in text
    )
    path, _, fragment = address.partition("#")
    assert path == files["printed"].get_url()
    anchor, _, words = fragment.partition(":~:text=")
    assert f'id="{anchor}"' in client.get(path).content.decode()
    assert words


def test_filters_count_are_ticked_and_narrow(client, files):
    response = client.get("/recherche/", {"q": "file", "kind": "interview"})
    assert ("kind", "interview", True) in inputs(response)
    assert ("kind", "opinion", False) in inputs(response)
    tree = parsed(response)
    counts = {
        label.find("input").get("value"): label.find("./span[@class='choice-count']").text
        for label in tree.findall(".//*[@id='filter-kind']//label")
    }
    assert counts == {"interview": "2", "opinion": "1"}
    assert len(found(client, "file", kind="interview")) == 2
    assert len(found(client, "file", kind=["interview", "opinion"])) == 3
    assert len(found(client, "file", kind="interview", issue="7")) == 1
    assert found(client, "", organisation="ravel") == [files["printed"].get_url()]


def test_a_chip_takes_its_filter_away_and_keeps_the_rest(client, files):
    response = client.get("/recherche/", {"q": "file", "kind": ["interview", "opinion"]})
    chips = links(response, "chips")
    assert len(chips) == 2
    assert set(chips.values()) == {
        "/recherche/?q=file&kind=interview",
        "/recherche/?q=file&kind=opinion",
    }


def test_a_filter_that_nothing_has_finds_nothing_and_can_be_taken_away(client, files):
    response = client.get("/recherche/", {"q": "file", "topic": "inconnu"})
    assert response.status_code == 200
    assert "/recherche/?q=file" in links(response, "chips").values()
    assert "/recherche/?q=file" in links(response, "search-ways").values()


def test_the_order_is_chosen_by_links_and_kept_by_the_form(client, files):
    sorts = links(client.get("/recherche/", {"q": "file", "kind": "interview"}), "sorts")
    assert "/recherche/?q=file&kind=interview&sort=newest" in sorts.values()
    response = client.get("/recherche/", {"q": "file", "sort": "oldest"})
    assert ("sort", "oldest", False) in inputs(response)
    assert found(client, "file", sort="oldest") == found(client, "file", sort="newest")[::-1]


def test_long_lists_go_on_without_repeating_or_skipping(client, magazine):
    for number in range(23):
        magazine.article(title=f"La file {number}")
    address, seen = "/recherche/?q=file", []
    while address:
        tree = parsed(client.get(address))
        seen += [a.get("href") for a in tree.findall(".//h3[@class='board-title']/a")]
        following = tree.find(".//a[@rel='next']")
        address = following.get("href") if following is not None else ""
    assert len(seen) == len(set(seen)) == 23


def test_a_word_spelled_nearly_is_mended_and_said(client, magazine):
    article = magazine.article(title="Monsieur Kœnig attend")
    response = client.get("/recherche/", {"q": "monsieur kenig"})
    assert [a.get("data-article") for a in parsed(response).findall(".//h3/a")] == [str(article.pk)]
    said = links(response, "found-said")
    assert any(address.startswith("/recherche/?q=monsieur+k") for address in said.values())
    assert "kenig" in shown_text(response)


def test_articles_that_hold_most_of_the_words_are_said_to_be_such(client, magazine):
    magazine.article(title="La cloche du comptoir")
    response = client.get("/recherche/", {"q": "cloche comptoir girafe"})
    assert len(parsed(response).findall(".//h3[@class='board-title']")) == 1
    assert "3" in "".join(parsed(response).find(".//*[@class='found-said']").itertext())


def test_somebody_named_leads_to_all_their_articles(client, files):
    said = links(client.get("/recherche/", {"q": "theo marchetti"}), "found-said")
    assert "/recherche/?person=theo-marchetti" in said.values()
    said = links(client.get("/recherche/", {"q": "ravel"}), "found-said")
    assert "/recherche/?organisation=ravel" in said.values()
    assert found(client, "", person="theo-marchetti") == [files["printed"].get_url()]


def test_a_pinned_article_comes_first_and_is_marked(client, files):
    query = Query.get("file")
    SearchPromotion.objects.create(query=query, page=files["opinion"].page_ptr, sort_order=0)
    tree = parsed(client.get("/recherche/", {"q": "File"}))
    rows = tree.findall(".//li[@class='board-row voice']") + tree.findall(".//li")
    assert found(client, "File")[0] == files["opinion"].get_url()
    assert len(found(client, "File")) == 3
    assert rows[0].find(".//p[@class='board-pinned']") is not None


def test_where_nothing_is_found_there_are_ways_to_go_on(client, files):
    response = client.get("/recherche/", {"q": '"file introuvable"'})
    assert found(client, '"file introuvable"') == []
    assert "Personne ne répond" in shown_text(response)
    assert "/recherche/?q=file+introuvable" in links(response, "search-ways").values()
    assert "/sujets/file/" in links(response, "search-topics").values()
    assert "/numeros/numero-7/" in links(response, "search-issue").values()


def test_without_an_engine_the_page_says_so_and_keeps_the_form(client, files, monkeypatch):
    def fail(query):
        raise EngineError("down")

    monkeypatch.setattr("website.searching.find", fail)
    response = client.get("/recherche/", {"q": "file", "topic": "file"})
    assert response.status_code == 503
    assert ("topic", "file", False) in inputs(response)
    assert "/numeros/numero-7/" in links(response, "search-issue").values()


def test_what_leaves_the_site_leaves_the_page(client, files):
    assert len(found(client, "file")) == 3
    PageViewRestriction.objects.create(page=files["printed"].page_ptr, restriction_type="login")
    files["other"].unpublish()
    response = client.get("/recherche/", {"q": "file"})
    assert found(client, "file") == [files["opinion"].get_url()]
    for secret in ("pacte", "Agnès", "Marchetti", "Ravel", "voitures"):
        assert secret not in response.content.decode()


def test_search_pages_are_not_for_robots_and_set_no_cookie(client, files):
    response = client.get("/recherche/?q=file")
    robots = parsed(response).find(".//meta[@name='robots']")
    assert robots.get("content") == "noindex, follow"
    assert not response.cookies


@pytest.mark.parametrize("text", ["-attente", "🙂", "*:*"])
def test_a_question_without_a_word_is_told_so(client, files, text):
    told = client.get("/recherche/", {"q": text}).content.decode()
    assert "aucun mot à chercher" in told


def test_pages_say_what_a_browser_may_load(client, files):
    held = client.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in held
    assert "unsafe-inline" not in held.partition("style-src")[0]
    assert "Content-Security-Policy" not in client.get("/admin/login/")
