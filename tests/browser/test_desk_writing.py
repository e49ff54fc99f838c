"""Write with notes in the editor, by keyboard, and see the length while one types."""

import re

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from magazine.length import length_of
from magazine.models import Article, PlannedPiece
from tests.factories import InterviewFactory, Magazine, block

SOON = 60_000


@pytest.fixture
def interview(transactional_db):
    """A live interview with one note of its own."""
    magazine = Magazine()
    return magazine.article(
        InterviewFactory,
        title="La file est un pacte",
        body=[
            block(
                "paragraph", text='<p>Il dit 😀 « <b>non</b> »<footnote id="a">Une.</footnote>.</p>'
            ),
            block("question_answer", question="Pourquoi ?", speaker="", answer="<p>Parce que.</p>"),
            block("list", style="bullets", items=["<p>Un</p>", "<p>Deux</p>"]),
            block("sidebar", title="À côté", text="<p>Ligne<br/>suivante</p><ul><li>a</li></ul>"),
            block("pull_quote", quote="Ne compte pas", author="", role=""),
        ],
    )


@pytest.fixture
def desk(chromium, live_server, settings, interview):
    """Open the editing form of an article as an editor."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.LANGUAGE_CODE = "fr"
    get_user_model().objects.create_superuser("chef", "chef@guichet.example", "ticket-42")
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 1440, "height": 1000}, locale="fr-FR"
    )
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("input[name=username]", "chef")
    page.fill("input[name=password]", "ticket-42")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    page.goto(f"/admin/pages/{interview.pk}/edit/")
    page.wait_for_selector(".Draftail-Editor [contenteditable=true]")
    # Wagtail first looks at the form as it is, then for what changes.
    page.wait_for_timeout(4000)
    yield page
    # Let what the form still asks be answered before the tables are emptied.
    page.goto("about:blank")
    page.wait_for_timeout(500)
    context.close()


def editor_of(page: Page, field: str):
    wrapper = page.locator(f"input[name='{field}'] ~ [data-draftail-editor-wrapper]")
    return wrapper.locator("[contenteditable=true]")


def publish(page: Page) -> None:
    # The editor hands its text to the form a quarter of a second after the last key.
    page.wait_for_timeout(1000)
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name=re.compile("^Publier$")).click()
    expect(page.locator(".messages .success")).to_be_visible(timeout=SOON)


def test_note_is_written_edited_and_deleted_by_keyboard(desk, interview, live_server):
    editor = editor_of(desk, "body-1-value-answer")
    editor.click()
    desk.keyboard.press("Control+End")
    desk.keyboard.press("Control+Alt+f")
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("textbox")).to_be_focused()
    desk.keyboard.type("Voir *L'Attente*, p. 12.")
    desk.keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)
    badges = desk.locator(".note-badge")
    expect(badges).to_have_count(2)
    desk.keyboard.press("Shift+ArrowLeft")
    desk.keyboard.press("Enter")
    expect(dialog.get_by_role("textbox")).to_have_value("Voir *L'Attente*, p. 12.")
    desk.keyboard.press("End")
    desk.keyboard.type(" Et https://exemple.example/a.")
    desk.keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)
    expect(editor).to_be_focused()
    desk.keyboard.type(" Vraiment.")
    expect(editor).to_contain_text("Vraiment.")

    badges.nth(0).click()
    expect(dialog.get_by_role("textbox")).to_have_value("Une.")
    dialog.get_by_role("button", name=re.compile("Supprimer|Delete")).click()
    expect(badges).to_have_count(1)
    publish(desk)

    desk.goto(Article.objects.get(pk=interview.pk).get_url(None) or "/")
    call = desk.locator(".note-call a")
    expect(call).to_have_text("1")
    note = desk.locator("#note-1")
    expect(note.locator("i")).to_have_text("L’Attente")
    expect(note.locator("a[href='https://exemple.example/a']")).to_have_count(1)
    expect(desk.locator(".exchange .answer")).to_contain_text("Parce que1. Vraiment.")
    expect(desk.locator(".prose")).to_contain_text("Il dit 😀 «\u00a0non\u00a0».")


def test_length_counts_while_one_types_as_python_does(desk, interview):
    figures = desk.locator("[data-length-figures]")
    before = length_of(interview.specific)
    expect(figures).to_contain_text(re.compile(rf"^{before.signs}\D"))
    editor_of(desk, "body-0-value-text").click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" Été 1 987 « aujourd'hui »")
    expect(figures).to_contain_text(re.compile(rf"^{before.signs + 26}\D"), timeout=5000)
    publish(desk)
    after = length_of(Article.objects.get(pk=interview.pk).specific)
    assert after.signs == before.signs + 26


def test_length_stands_against_what_was_planned(desk, interview):
    PlannedPiece.objects.create(title="Plan", article=interview.article_ptr, planned_signs=50)
    desk.reload()
    expect(desk.locator("[data-length-planned]")).to_contain_text("50")
    expect(desk.locator("[data-length-planned]")).to_have_class(re.compile("length-panel-over"))


def test_pasting_a_paragraph_into_another_block_keeps_its_note(desk, interview):
    editor_of(desk, "body-0-value-text").click()
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Control+c")
    editor_of(desk, "body-1-value-answer").click()
    desk.keyboard.press("Control+End")
    desk.keyboard.press("Control+v")
    expect(desk.locator(".note-badge")).to_have_count(2)
    publish(desk)
    body = Article.objects.get(pk=interview.pk).specific.body
    assert '<footnote id="a">Une.</footnote>' in body[1].value["answer"].source
    desk.goto(Article.objects.get(pk=interview.pk).get_url(None))
    expect(desk.locator("#note-2")).to_contain_text("Une.")
