"""A reader comments, the newsroom shows it, the reader erases it; with script and without."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model

from magazine.models import Comment
from website import comment_form

WORDS = "On n'attend jamais pour rien."


@pytest.fixture(autouse=True)
def readers_are_quick(monkeypatch):
    monkeypatch.setattr(comment_form, "LEAST", dt.timedelta(seconds=-1))


def fill(page):
    page.fill("[name=text]", WORDS)
    page.fill("[name=name]", "Mireille")
    page.check("[name=consent]")


def moderate(reader):
    """Tick the comment in the newsroom's list and show it, by keyboard."""
    get_user_model().objects.create_superuser("chef", "chef@guichet.example", "chef")
    desk = reader("/admin/login/")
    desk.fill("[name=username]", "chef")
    desk.fill("[name=password]", "chef")
    desk.click("button[type=submit]")
    desk.wait_for_url("**/admin/")
    desk.goto("/admin/commentaires/?state=waiting")
    desk.locator("[data-bulk-action-checkbox]").first.focus()
    desk.keyboard.press("Space")
    show = desk.locator("a.bulk-action-btn[href*='/show/']")
    show.focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/bulk/**")
    desk.locator("form button[type=submit].button").last.focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/commentaires/**")


@pytest.mark.parametrize("script", [True, False])
def test_a_comment_goes_from_the_reader_to_the_newsroom_and_back(reader, issue, script):
    address = issue.entries.get(position=2).article.specific.url
    page = reader(address, script=script, width=360)
    article = page.url
    assert page.context.cookies() == []
    link = page.locator("a.talk-write")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=text]")
    if script:
        assert page.evaluate("document.activeElement.name") == "text"
        page.keyboard.type("Un début")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.className") == "talk-write"
        page.keyboard.press("Enter")
        assert page.input_value("[name=text]") == "Un début"
        assert page.url == article
    assert [cookie["name"] for cookie in page.context.cookies()] == ["csrftoken"]
    fill(page)
    page.fill("[name=name]", "")
    page.click(".slip-form button")
    page.wait_for_selector("#id_name-error")
    assert page.input_value("[name=text]") == WORDS
    fill(page)
    page.click(".slip-form button")
    page.wait_for_selector(".slip-own")
    private = page.locator(".slip-address a").get_attribute("href")
    page.goto(article)
    assert WORDS[3:] not in page.locator("main").inner_text()
    moderate(reader)
    page.goto(article)
    shown = page.locator(".comment").inner_text()
    assert "Mireille" in shown
    assert "jamais pour rien" in shown
    page.goto(private)
    page.click(".slip-erase")
    page.wait_for_url("**/efface/")
    assert not Comment.objects.exists()
    page.goto(article)
    assert page.locator(".comment").count() == 0
