"""Searching with the keyboard: suggestions, filters, a passage; and all of it without script."""

import pytest

SMALL = """[...document.querySelectorAll('main a, main summary, main label.choice, main button')]
    .filter(each => each.offsetParent && !each.closest('.board-title'))
    .filter(each => each.getBoundingClientRect().height < 24)
    .map(each => each.textContent.trim())"""


def active(page):
    """The option that a screen reader is told of."""
    key = page.get_attribute("#q", "aria-activedescendant")
    return page.locator(f"[id='{key}']").inner_text() if key else None


def begin(page, typed):
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially(typed)
    page.wait_for_selector("[role=option]")


def test_suggestions_are_walked_with_arrows_closed_with_escape_and_followed(reader):
    page = reader("/recherche/")
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    before = page.locator("#answer").bounding_box()
    begin(page, "fil")
    assert page.locator("#answer").bounding_box() == before
    count = page.locator("[role=option]").count()
    assert page.locator("[data-combobox] [role=status]").inner_text().split()[0] == str(count)
    assert page.get_attribute("#q", "aria-expanded") == "true"
    assert active(page) is None
    page.keyboard.press("ArrowUp")
    last = active(page)
    page.keyboard.press("ArrowDown")
    assert active(page) is None
    for _ in range(count):
        page.keyboard.press("ArrowDown")
    assert active(page) == last
    assert page.locator("[role=option][aria-selected=true]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("[role=listbox]").is_hidden()
    assert page.input_value("#q") == "fil"
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Tab")
    assert page.locator("[role=listbox]").is_hidden()
    assert page.evaluate("document.activeElement.type") == "submit"
    page.locator("#q").focus()
    begin(page, "pac")
    page.keyboard.press("ArrowDown")
    assert "La file est un pacte" in active(page)
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Enter")
    page.wait_for_url("**/entretiens/**")
    assert page.locator("h1").inner_text() == "La file est un pacte"


def test_a_late_answer_is_dropped_and_enter_without_a_choice_asks(reader):
    page = reader("/recherche/")
    waiting = []
    page.route("**/suggestions?q=fil", lambda route: waiting.append(route))
    page.locator("#q").press_sequentially("fil")
    page.wait_for_timeout(300)
    begin(page, "prenez")
    assert len(waiting) == 1
    assert "Prenez un ticket" in page.locator("[role=listbox]").inner_text()
    page.locator("#q").fill("p")
    assert page.locator("[role=listbox]").is_hidden()
    begin(page, "pacte")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=pacte")
    with page.expect_request("**/recherche/suivi") as sent:
        page.locator(".board-title a").first.click()
    assert "q=pacte&article=" in sent.value.post_data
    assert page.context.cookies() == []


def test_a_filter_applies_at_once_keeps_the_focus_and_a_passage_leads_to_its_paragraph(reader):
    page = reader("/recherche/?q=attente", width=320)
    total = page.locator(".board-title").count()
    page.locator("#filter-kind > summary").focus()
    page.keyboard.press("Enter")
    page.locator("#filter-kind input[value=interview]").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/recherche/?q=attente&kind=interview")
    page.wait_for_selector(".chip")
    assert 0 < page.locator(".board-title").count() < total
    assert page.evaluate("document.activeElement.value") == "interview"
    assert page.locator("#filter-kind").get_attribute("open") is not None
    assert page.locator("#told").inner_text() == page.locator("#found").inner_text()
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SMALL) == []
    page.go_back()
    page.wait_for_function(f"document.querySelectorAll('.board-title').length === {total}")
    assert page.locator(".chip").count() == 0
    page.locator(".extract a").first.click()
    page.wait_for_url("**#*")
    paragraph = page.locator(page.evaluate("location.hash").split(":~:")[0])
    assert -5 <= paragraph.bounding_box()["y"] < page.viewport_size["height"]


def test_everything_works_without_script(reader):
    page = reader("/recherche/", script=False)
    page.locator("#q").fill("attente")
    page.locator(".ask button").click()
    page.wait_for_url("**q=attente")
    page.wait_for_load_state()
    total = page.locator(".board-title").count()
    page.locator("#filter-kind > summary").click()
    page.locator("#filter-kind input[value=interview]").check()
    page.locator(".filters-submit").click()
    page.wait_for_url("**kind=interview")
    page.wait_for_load_state()
    assert 0 < page.locator(".board-title").count() < total
    page.locator(".chip").click()
    page.wait_for_url(lambda address: "kind=" not in address)
    page.wait_for_load_state()
    assert page.locator(".board-title").count() == total
    assert page.context.cookies() == []
