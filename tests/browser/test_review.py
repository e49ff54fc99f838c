"""An editor makes a private address, a guest reads both forms of the draft and remarks."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from print import paper_preview
from print.models import PressProfile
from tests.factories import InterviewFactory, Magazine, paragraphs
from tests.magazine.desk_world import member

TEXT = "L'attente est un métier : on y revient chaque matin, on s'y tient droit. "
# The pages are set while the browser waits.
SOON = 90_000


@pytest.fixture
def article(transactional_db, settings, monkeypatch):
    """A draft; its pages are set at once."""
    at_once = SimpleNamespace(enqueue=paper_preview.make_pages)
    monkeypatch.setattr(paper_preview, "set_pages", at_once)
    settings.ALLOWED_HOSTS = ["*"]
    magazine = Magazine()
    if not Group.objects.exists():
        import_module("magazine.migrations.0003_roles_and_workflow").found_roles(apps)
    if not PressProfile.objects.exists():
        import_module("print.migrations.0001_initial").add_ready_made_profiles(apps, None)
    return magazine.article(
        InterviewFactory,
        title="La file est un pacte",
        live=False,
        body=paragraphs(TEXT, f"Un passage à reprendre. {TEXT * 3}"),
    )


@pytest.fixture
def browse(chromium, live_server, settings):
    """Open a window of one's own: `browse(script=False)`."""
    settings.BASE_URL = live_server.url
    opened = []

    def window(*, script=True, width=1440, dark=False):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale="fr-FR",
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(SOON)
        return page

    yield window
    for context in opened:
        context.close()


@pytest.fixture
def editor(browse, article):
    """An editor at the desk."""
    member("editor", "ines")
    page = browse()
    page.goto("/admin/login/")
    page.fill('[name="username"]', "ines")
    page.fill('[name="password"]', "x")
    page.click('button[type="submit"]')
    page.wait_for_load_state()
    return page


def test_a_guest_reads_the_draft_on_web_and_paper_and_remarks(editor, browse, article):
    editor.goto(f"/admin/articles/{article.pk}/relectures/")
    editor.get_by_label("Pour").fill("Agnès Noiret")
    editor.get_by_role("button", name="Créer une adresse").click()
    address = editor.get_by_label("Adresse privée").input_value()

    guest = browse(script=False)
    guest.goto(address)
    expect(guest.locator("main h1")).to_contain_text("La file est un pacte")
    guest.get_by_role("link", name="Sur papier", exact=True).click()
    guest.get_by_role("link", name="Voir si elles sont prêtes").click()
    expect(guest.locator(".review-pages img").first).to_be_visible(timeout=SOON)
    assert guest.locator(".review-pages img").first.evaluate("image => image.naturalWidth") > 500
    guest.get_by_role("link", name="Vos remarques").click()
    guest.get_by_label("Elle porte sur").select_option(label="§ 2 · " + guest_label(guest))
    guest.get_by_label("Votre remarque").fill("Je n’ai pas dit cela.")
    guest.get_by_role("button", name="Envoyer la remarque").click()
    expect(guest.get_by_text("votre remarque est arrivée")).to_be_visible()
    assert guest.context.cookies() == []

    editor.goto(f"/admin/pages/{article.pk}/edit/")
    editor.get_by_role("button", name="Afficher ou masquer les aperçus et les remarques").click()
    expect(editor.get_by_text("Je n’ai pas dit cela.")).to_be_visible()
    editor.goto(f"/admin/articles/{article.pk}/relectures/")
    editor.get_by_role("button", name="Régler").click()
    expect(editor.get_by_text("Toutes les remarques sont réglées.")).to_be_visible()
    editor.get_by_role("button", name="Fermer l’adresse").click()
    expect(editor.get_by_text("L’adresse est fermée.")).to_be_visible()

    assert guest.goto(address).status == 404
    assert "pacte" not in guest.content()


def guest_label(guest):
    """What the form calls the second paragraph."""
    option = guest.locator("option", has_text="Un passage à reprendre")
    return option.inner_text().split(" · ", 1)[1]


@pytest.mark.parametrize("width", [320, 1440])
def test_the_guests_page_is_no_wider_than_the_window(browse, article, live_server, width):
    from magazine.review import open_review

    _link, key = open_review(article, "Agnès Noiret", member("editor", "ines"))
    guest = browse(script=False, width=width)
    for address in (f"/relecture/{key}/", f"/relecture/{key}/papier/"):
        guest.goto(address)
        assert guest.evaluate("document.documentElement.scrollWidth") <= width, address


def test_previews_stand_side_by_side_and_become_tabs(editor, article):
    editor.goto(f"/admin/articles/{article.pk}/apercus/")
    panes = editor.locator("[data-previews-pane]")
    expect(panes).to_have_count(4)
    for pane in panes.all():
        expect(pane).to_be_visible()
    web = editor.frame_locator('iframe[title="Web"]')
    expect(web.locator("h1")).to_contain_text("La file est un pacte")
    paper = editor.frame_locator('iframe[title="Papier"]')
    expect(paper.locator("img").first).to_be_visible(timeout=SOON)
    api = editor.frame_locator('iframe[title="API"]')
    expect(api.locator("pre")).to_contain_text('"title": "La file est un pacte"')
    # The wide page is laid out at its true width, and made smaller to fit.
    frame = editor.locator('iframe[title="Web"]')
    assert frame.evaluate("frame => frame.contentWindow.innerWidth") == 1280
    assert frame.bounding_box()["width"] < 700

    editor.set_viewport_size({"width": 400, "height": 900})
    tabs = editor.get_by_role("tab")
    expect(tabs).to_have_count(4)
    tabs.first.focus()
    editor.keyboard.press("ArrowLeft")
    expect(editor.get_by_role("tab", name="API", exact=True)).to_be_focused()
    expect(editor.get_by_role("tabpanel", name="API", exact=True)).to_be_visible()
    expect(panes.first).to_be_hidden()
