"""While reading: a note opens beside its word, the contents mark the place, the issue goes on."""

import pytest

from tests.factories import FeatureFactory, Magazine, block, paragraphs

NOTE = "Registre d'<i>avant</i>"
LONG = "On attend, et l'on compte ceux qui attendent devant soi. " * 40


@pytest.fixture
def issue(transactional_db):
    """An issue of two articles; the first is long, has a note and a table of contents."""
    magazine = Magazine()
    noted = f'<p>Le registre<footnote id="n1">{NOTE}</footnote> se tient. {LONG}</p>'
    first = magazine.article(
        FeatureFactory,
        title="Le registre",
        slug="le-registre",
        show_contents=True,
        body=[
            block("crosshead", text="Le matin"),
            block("paragraph", text=noted),
            block("crosshead", text="Le soir"),
            *paragraphs(*[LONG] * 6),
        ],
    )
    second = magazine.article(title="Le guichet", slug="le-guichet", body=paragraphs("On ferme."))
    return magazine.issue(first, second, number=7, title="L'attente", slug="numero-7")


@pytest.fixture
def address(issue):
    return issue.entries.get(position=1).article.specific.url


def test_a_note_opens_beside_its_word_and_closes_by_keyboard(reader, address):
    page = reader(address, width=1440)
    call = page.locator(".note-call a")
    assert call.get_attribute("aria-expanded") == "false"
    call.focus()
    page.keyboard.press("Enter")
    note = page.get_by_role("note")
    assert "Registre d’avant" in note.inner_text()
    assert call.get_attribute("aria-expanded") == "true"
    word, beside = call.bounding_box(), note.bounding_box()
    assert beside["x"] > word["x"] + word["width"]
    assert abs(beside["y"] - word["y"]) < 30
    assert "#" not in page.url
    page.keyboard.press("Escape")
    assert note.count() == 0
    assert page.evaluate("document.activeElement.closest('.note-call') !== null")


def test_on_a_telephone_the_note_stands_under_its_paragraph(reader, address):
    page = reader(address, width=360)
    page.locator(".note-call a").click()
    note = page.get_by_role("note").bounding_box()
    paragraph = page.locator(".text p").first.bounding_box()
    assert note["width"] > 300
    assert note["y"] + note["height"] <= paragraph["y"] + paragraph["height"] + 1


def test_without_script_a_note_is_followed_and_come_back_from(reader, address):
    page = reader(address, script=False)
    page.locator(".note-call a").click()
    assert page.url.endswith("#note-1")
    page.locator("#note-1 .note-back").click()
    assert page.url.endswith("#renvoi-1")


def test_the_contents_mark_the_place_that_is_read(reader, address):
    page = reader(address, width=1440)
    marked = page.locator(".prose-contents [aria-current]")
    page.locator(".crosshead").first.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 400)")
    page.wait_for_function("document.querySelector('.prose-contents [aria-current]')")
    assert marked.all_inner_texts() == ["Le matin"]
    page.locator(".crosshead").last.evaluate("head => head.scrollIntoView()")
    page.wait_for_function(
        "document.querySelector('.prose-contents [aria-current]').innerText === 'Le soir'"
    )
    assert marked.count() == 1


def test_an_issue_is_read_from_the_cover_to_the_last_article_by_keyboard(reader, issue):
    page = reader("/numeros/numero-7/")

    def follow(link):
        for _turn in range(60):
            page.keyboard.press("Tab")
            if link.evaluate("link => link === document.activeElement"):
                page.keyboard.press("Enter")
                return
        raise AssertionError("the link can't be reached by Tab")

    follow(page.locator(".board-title a").first)
    page.wait_for_url("**/le-registre/")
    assert page.locator("h1 .title").inner_text() == "Le registre"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    follow(page.locator(".queue-following"))
    page.wait_for_url("**/le-guichet/")
    assert page.locator(".queue-following").count() == 0
    follow(page.locator(".queue-all a"))
    page.wait_for_url("**/numeros/numero-7/")


def test_an_article_is_passed_on_by_plain_links(reader, address, live_server):
    page = reader(address, permissions=["clipboard-read", "clipboard-write"])
    links = page.locator(".pass-on a")
    assert links.all_inner_texts() == ["Par courriel", "LinkedIn", "Bluesky", "WhatsApp"]
    assert "Le%20registre" in links.first.get_attribute("href")
    page.locator("[data-copy]").click()
    page.get_by_text("Copiée").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith(address)
