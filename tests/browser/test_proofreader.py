"""An editor meets the proofreader beside the text, with a mouse or with the keyboard alone."""

import datetime as dt

import pytest
from django.conf import settings as project
from django.test import Client
from django.utils import timezone

from magazine.models import DismissedFinding, HouseWord, Proofreading
from magazine.proofreading.reading import REST, read
from magazine.proofreading.texts import texts_of
from tests.factories import Magazine, block
from tests.magazine.desk_world import member
from tests.magazine.proofreader_far_end import far_end, finding

BODY = [
    block("paragraph", text="<p>Un premier alinéa. " + "On attend longtemps. " * 60 + "</p>"),
    block("paragraph", text="<p>Ici <b>les client</b> parlent, et le zorglub se tait!</p>"),
]


@pytest.fixture
def article(transactional_db, settings):
    """An article that was read, with a mistake, an unknown word and a mend."""
    article = Magazine().article(title="La file", body=BODY)
    text = "\n\n".join(each.words for each in texts_of(article))
    rows = [
        finding(text.index("les client"), 10, instead=("les clients",)),
        finding(text.index("zorglub"), 7, kind="misspelling", rule="SPELL"),
    ]
    ago = timezone.now() - REST - dt.timedelta(seconds=1)
    Proofreading.objects.update_or_create(
        pk=article.pk, defaults={"state": "asked", "asked_at": ago}
    )
    with far_end({"matches": rows}) as (settings.PROOFREADER_URL, _asked):
        read(article.pk)
        yield article


@pytest.fixture
def desk(chromium, live_server, settings, article):
    """The page on which the article is edited, opened by an editor."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    client = Client()
    client.force_login(member("superuser"))
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": 1440, "height": 900},
        reduced_motion="reduce",
        locale="fr-FR",
    )
    context.add_cookies(
        [
            {
                "name": project.SESSION_COOKIE_NAME,
                "value": client.cookies[project.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"/admin/pages/{article.pk}/edit/")
    yield page
    context.close()


def test_findings_stand_beside_the_text_and_lead_to_their_words(desk, article):
    toggle = desk.locator('[data-side-panel-toggle="proofreader"]')
    toggle.get_by_text("2", exact=True).wait_for()
    toggle.click()
    panel = desk.locator('[data-side-panel="proofreader"]')
    assert panel.locator("mark").all_inner_texts()[:2] == ["les client", "zorglub"]
    panel.get_by_role("link", name="Paragraphe 2").first.click()
    field = desk.locator(f'[data-contentpath="{article.body[1].id}"] [contenteditable="true"]')
    assert field.evaluate("each => each === document.activeElement")
    marked = "[...CSS.highlights.get('proofreader')].map(String).join()"
    assert desk.evaluate(marked) == "les client"


def test_with_the_keyboard_a_finding_is_dismissed_and_a_word_learned(desk, article):
    desk.locator('[data-side-panel-toggle="proofreader"]').click()
    panel = desk.locator('[data-side-panel="proofreader"]')
    panel.locator('button[name="dismiss"]').first.focus()
    with desk.expect_response(lambda answer: "dismiss=" in (answer.request.post_data or "")):
        desk.keyboard.press("Enter")
    desk.wait_for_function(
        "() => document.querySelectorAll('[data-proofreader] mark').length === 3"
    )
    assert DismissedFinding.objects.filter(article=article.article_ptr).count() == 1
    assert desk.evaluate("document.activeElement.name") == "dismiss"
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.name") == "learn"
    desk.keyboard.press("Enter")
    panel.locator("mark", has_text="zorglub").first.wait_for(state="detached")
    assert HouseWord.objects.get().word == "zorglub"


def test_what_is_corrected_goes_with_the_next_autosave(desk, article):
    # Wagtail first looks at the form as it is, then for what changes.
    desk.wait_for_timeout(4000)
    desk.locator('[data-side-panel-toggle="proofreader"]').click()
    panel = desk.locator('[data-side-panel="proofreader"]')
    panel.get_by_role("link", name="Paragraphe 2").first.click()
    desk.keyboard.press("Control+A")
    desk.keyboard.type("Les clients parlent.")
    panel.get_by_text("les client", exact=True).wait_for(state="detached")
    assert "Relecture demandée" in panel.get_by_role("status").inner_text()
    assert Proofreading.objects.get(pk=article.pk).state == "asked"
