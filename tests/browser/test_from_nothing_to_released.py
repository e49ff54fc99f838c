"""An interview in Chromium, in French: from nothing to the issue that readers hold."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from magazine.models import Interview, Picture
from magazine.models.planning import PieceKind
from magazine.picture_sizes import make_missing_sizes
from magazine.planning import plan_piece
from tests.factories import ContributorFactory, Magazine, PictureFactory, picture_file
from tests.magazine.desk_world import member

SOON = 60_000
ANSWER = "input[name='body-0-value-answer'] ~ [data-draftail-editor-wrapper] [contenteditable=true]"
STANDFIRST = "Agnès Noiret étudie les files depuis vingt ans. Elle n’aime pas attendre."
PLANNED, TITLE = "Un entretien sur la file", "La file est un pacte"
ALT = "Trois personnes devant un guichet fermé."


@pytest.fixture
def issue(transactional_db):
    """An empty issue 9 on whose board one interview is planned, and a picture to open it."""
    magazine = Magazine()
    # An earlier journey emptied the tables, and the roles and steps of the migration with them.
    founded = import_module("magazine.migrations.0003_roles_and_workflow")
    founded.found_roles(apps)
    founded.found_workflow(apps)
    PictureFactory(title="Le guichet 9", file=picture_file(size=(3000, 2000)))
    issue = magazine.issue(live=False, number=9, title="La patience")
    maud, kind = ContributorFactory(name="Maud Kerivel", slug="maud"), PieceKind.INTERVIEW
    plan_piece(PLANNED, issue, section=magazine.section, author=maud, kind=kind)
    return issue


@pytest.fixture
def window(chromium, live_server, settings):
    """Open a window of one's own: `window(script=False)`."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.LANGUAGE_CODE = "fr"
    expect.set_options(timeout=SOON)
    opened = []

    def open_window(*, script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": 1440, "height": 1000},
            java_script_enabled=script,
            locale="fr-FR",
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(SOON)
        return page

    yield open_window
    expect.set_options(timeout=None)
    for context in opened:
        # Let what a form still asks be answered before the tables are emptied.
        context.pages[0].goto("about:blank")
        context.pages[0].wait_for_timeout(500)
        context.close()


def sit_down(page: Page) -> None:
    """Sign in as the editor-in-chief."""
    member("chief", "ines")
    page.goto("/admin/login/")
    page.fill('[name="username"]', "ines")
    page.fill('[name="password"]', "x")
    page.click('button[type="submit"]')
    page.wait_for_url("**/admin/")


def open_article(page: Page) -> None:
    """Wait until the article's form listens to what is typed."""
    page.wait_for_selector("#id_kicker")
    # Wagtail first looks at the form as it is, then for what changes.
    page.wait_for_timeout(4000)


def write(page: Page) -> None:
    """Type an interview, all but its standfirst."""
    page.fill("#id_kicker", "Sociologie")
    page.fill("#id_title", TITLE)
    page.get_by_role("button", name="Ajouter un(e) Personne interrogée").click()
    page.fill("#id_people-0-name", "Agnès Noiret")
    page.locator("#id_lead_picture-chooser").get_by_role("button", name="Choisir une image").click()
    page.locator(".modal-content").get_by_text("Le guichet 9").click()
    expect(page.locator("#id_lead_picture-title")).to_have_text("Le guichet 9")
    page.fill("#id_lead_caption", "Au guichet 9, un lundi matin.")
    page.fill("#id_lead_alt", ALT)
    page.locator("#body-root").get_by_title("Insérer un bloc").first.click()
    page.get_by_role("option", name="Question et réponse").click()
    page.fill("[name='body-0-value-question']", "Pourquoi fait-on la queue ?")
    page.locator(ANSWER).click()
    page.keyboard.type("Parce que personne n'ose partir")
    page.keyboard.press("Control+Alt+f")
    note = page.get_by_role("dialog")
    expect(note.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("Voir *L'Attente*, p. 12.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(ANSWER)).to_be_focused()
    page.keyboard.type(".")
    # Draftail hands its text to the form a moment later.
    whole = re.compile(r"partir(†|\\u2020)\.")
    expect(page.locator("[name='body-0-value-answer']")).to_have_value(whole)


def save(page: Page) -> None:
    """Save the draft by its button, once no autosave is under way to cross it."""
    page.wait_for_timeout(2000)
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    with page.expect_event("load"):
        page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.locator(".messages .success")).to_be_visible()
    open_article(page)


def take_step(page: Page, name: str) -> Locator:
    """Choose a step of the workflow under "Plus d'actions"; return what the desk answers."""
    # The toggle listens once it says that it is closed.
    page.locator("footer .w-dropdown__toggle[aria-expanded=false]").click()
    with page.expect_event("load"):
        page.get_by_role("button", name=re.compile(f"^{name}")).first.click()
    return page.locator(".messages")


def test_an_interview_is_written_refused_mended_released_and_read(window, issue):
    desk, reader = window(), window(script=False)
    release = reverse("release_issue", args=[issue.pk])
    sit_down(desk)
    desk.goto("/admin/conducteur/9/")
    desk.get_by_role("button", name=f"Commencer l’article {PLANNED}").click()
    desk.locator(".messages").get_by_role("link", name="Ouvrir l’article").click()
    open_article(desk)
    form = desk.url
    write(desk)
    save(desk)

    # Reread and corrected; what is missing keeps it from the layout.
    expect(take_step(desk, "Soumettre à ")).to_contain_text("soumise")
    desk.goto(form)
    take_step(desk, "Approuver$")
    desk.goto(form)
    refusal = take_step(desk, "Approuver$")
    expect(refusal).to_contain_text("une chose est à reprendre d’abord")
    expect(refusal).to_contain_text("Il n’y a pas de chapeau. Écrivez deux ou trois phrases")
    expect(refusal).to_contain_text("Votre texte est enregistré")
    expect(desk.locator("#id_kicker")).to_have_value("Sociologie")
    expect(desk.locator("#id_lead_picture-title")).to_have_text("Le guichet 9")
    expect(desk.locator(ANSWER)).to_contain_text("Parce que personne n'ose partir")
    expect(desk.locator(".note-badge")).to_have_count(1)
    desk.goto(release)
    expect(desk.locator(".release-blocks")).to_contain_text("aucun texte n’est prêt")
    expect(desk.get_by_role("button", name="Faire paraître")).to_have_count(0)

    # The finding leads to the field; mended, it is gone.
    desk.goto(form)
    open_article(desk)
    toggle = desk.locator('[data-side-panel-toggle="readiness"]')
    expect(toggle.locator("[data-side-panel-toggle-counter]")).to_be_visible()
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    report = desk.locator("[data-desk-checks-report]")
    expect(report.locator(".checks-blocking")).to_have_count(1)
    report.locator('[data-desk-checks-place="standfirst"]').click()
    expect(desk.locator("#id_standfirst")).to_be_focused()
    desk.keyboard.type(STANDFIRST)
    expect(report.locator(".checks-blocking")).to_have_count(0)
    save(desk)
    take_step(desk, "Approuver$")
    desk.goto(form)
    expect(take_step(desk, "Approuver(?! avec)")).to_contain_text(TITLE)

    article = Interview.objects.get()
    assert reader.goto(article.get_url()).status == 404
    assert reader.goto(issue.get_url()).status == 404
    desk.goto(release)
    expect(desk.get_by_text("Rien ne le retient.")).to_be_visible()
    desk.locator("#release-confirmed").check()
    desk.get_by_role("button", name=re.compile("Faire paraître le n°\\s9")).click()
    expect(desk.get_by_text(re.compile("Paru le"))).to_be_visible()

    # The job that a worker would do by now.
    make_missing_sizes(Picture.objects.get(), ["webp"])
    # A reader, without script, without account.
    reader.goto(desk.get_by_role("link", name="Le voir sur le site").get_attribute("href"))
    reader.get_by_role("link", name=TITLE).first.click()
    expect(reader.locator("h1 .title")).to_have_text(TITLE)
    expect(reader.locator(".standfirst")).to_contain_text("étudie les files")
    expect(reader.locator("article.piece")).to_contain_text("Maud Kerivel")
    expect(reader.locator(".exchange .answer")).to_contain_text("n’ose partir1.")
    expect(reader.locator("a[role=doc-noteref]")).to_have_text("1")
    expect(reader.locator("#note-1 i")).to_have_text("L’Attente")
    picture = reader.get_by_role("img", name=ALT)
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 400
