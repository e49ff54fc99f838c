"""What is copied in Word is pasted as clean text, with nothing lost."""

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.utils.html import strip_tags
from playwright.sync_api import expect

from magazine.models import Feature
from tests.factories import Magazine, paragraphs

WORD = (Path(__file__).parents[1] / "data" / "word-paste.html").read_text()
SOON = 30_000
COPY = """html => {
    document.addEventListener('copy', event => {
        event.clipboardData.setData('text/html', html);
        event.clipboardData.setData('text/plain', 'texte nu');
        event.preventDefault();
    }, {once: true});
    document.execCommand('copy');
}"""


@pytest.fixture
def article(transactional_db):
    return Magazine().article(title="La file est un pacte", body=paragraphs("Avant."), live=False)


@pytest.fixture
def desk(chromium, live_server, settings, article):
    """The article's editor, as an editor sees it."""
    settings.ALLOWED_HOSTS = ["*"]
    get_user_model().objects.create_superuser("ines", "i@guichet.example", "secret-x")
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 1440, "height": 900}, locale="fr-FR"
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(SOON)
    path = f"/admin/pages/{article.pk}/edit/"
    page.goto(f"/admin/login/?next={path}")
    page.fill('[name="username"]', "ines")
    page.fill('[name="password"]', "secret-x")
    page.click('button[type="submit"]')
    page.wait_for_url(f"**{path}")
    yield page
    context.close()


def pasted(page, html):
    """Copy as Word does, and paste under the first paragraph."""
    editor = page.locator("[data-contentpath='body'] [contenteditable=true]").first
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.evaluate(COPY, html)
    page.keyboard.press("Control+V")
    expect(editor).to_contain_text("Second point")
    # Draftail hands its text to the form a moment later.
    expect(page.locator('[name="body-0-value-text"]')).to_have_value(re.compile("Second point"))
    return editor


def kept_of(page, article):
    """What the database holds once the draft was saved."""
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url.endswith("/edit/")
    ):
        page.get_by_role("button", name="Enregistrer le brouillon").click()
    page.wait_for_load_state("networkidle")
    page.goto("about:blank")
    draft = Feature.objects.get(pk=article.pk).get_latest_revision_as_object()
    return str(draft.body[0].value["text"].source)


def test_word_is_pasted_clean_and_whole(desk, article):
    pasted(desk, WORD)
    kept = kept_of(desk, article)
    assert [strip_tags(line) for line in kept.split("</p>")] == [
        "Avant.",
        "L’attente, c’est long : on y revient chaque matin.[1]",
        "Agnès Morel dit :  « On attend ».",
        "Premier point",
        "Second point, avec un lien",
        "[1] Une note de bas de page.",
        "",
    ]
    for whole in ("<b>long</b>", "<i>revient</i>", '<a href="https://exemple.fr/regles">lien</a>'):
        assert whole in kept
    for mess in ("mso", "Mso", "style=", "<o:p", "_ftn", "span", "biffé", "·"):
        assert mess not in kept


def test_the_paste_can_be_undone(desk):
    editor = pasted(desk, WORD)
    desk.keyboard.press("Control+Z")
    expect(editor).not_to_contain_text("Second point")
    expect(editor).to_contain_text("Avant.")


def test_other_pastes_are_left_alone(desk, article):
    pasted(desk, "<p>Collé <b>tel quel</b>.</p><p>Second point</p>")
    assert "Collé <b>tel quel</b>." in kept_of(desk, article)
