"""Two editors at one article, and a session that ends while typing, in Chromium."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from playwright.sync_api import expect
from wagtail.models import Page

from tests.factories import Magazine
from tests.magazine.desk_world import member

SOON = 30_000


@pytest.fixture
def article(transactional_db):
    """A draft, and the roles that another journey may have swept away."""
    magazine = Magazine()
    if not Group.objects.exists():
        import_module("magazine.migrations.0003_roles_and_workflow").found_roles(apps)
    return magazine.article(title="La file est un pacte", live=False)


@pytest.fixture
def sit_down(chromium, live_server, settings):
    """Open an article as an editor of that name."""
    settings.ALLOWED_HOSTS = ["*"]
    opened = []

    def sit(name, article):
        member("editor", name)
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": 1440, "height": 900}, locale="fr-FR"
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(SOON)
        page.goto("/admin/login/")
        log_in(page, name)
        page.goto(f"/admin/pages/{article.pk}/edit/")
        # Wagtail first looks at the form as it is, then for what changes.
        page.wait_for_timeout(4000)
        return page

    yield sit
    for context in opened:
        context.close()


def log_in(page, name):
    page.fill('[name="username"]', name)
    page.fill('[name="password"]', "x")
    page.click('button[type="submit"]')
    page.wait_for_load_state()


def saved(page):
    return page.locator(".w-autosave-indicator__state--saved")


def draft_of(article):
    return Page.objects.get(pk=article.pk).get_latest_revision_as_object()


def test_the_second_editor_is_warned_and_loses_nothing(sit_down, article):
    ines, farid = sit_down("ines", article), sit_down("farid", article)
    ines.get_by_role("textbox", name="Chapeau").fill("Ce qu’Inès écrit.")
    expect(saved(ines)).to_be_visible(timeout=SOON)
    farid.get_by_role("textbox", name="Surtitre").fill("Ce que Farid écrit.")
    expect(farid.locator(".w-autosave-indicator__state--paused")).to_be_visible(timeout=SOON)
    warning = farid.get_by_role("button", name="ines a enregistré une nouvelle version")
    expect(warning).to_be_visible(timeout=SOON)
    # Nothing of Inès’s is written over, and what Farid typed is still before him.
    assert draft_of(article).standfirst == "Ce qu’Inès écrit."
    expect(farid.get_by_role("textbox", name="Surtitre")).to_have_value("Ce que Farid écrit.")


def test_a_session_that_ends_while_typing_is_told_and_the_text_is_saved_after_all(
    sit_down, article
):
    ines = sit_down("ines", article)
    ines.get_by_role("textbox", name="Chapeau").fill("Avant.")
    expect(saved(ines)).to_be_visible(timeout=SOON)
    Session.objects.all().delete()
    ines.context.clear_cookies(name="sessionid")
    ines.get_by_role("textbox", name="Chapeau").fill("Avant et après.")
    notice = ines.get_by_role("alert").filter(has=ines.locator("[data-again]"))
    expect(notice).to_be_visible(timeout=SOON)
    ines.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(notice).to_be_visible()
    expect(ines.get_by_role("textbox", name="Chapeau")).to_have_value("Avant et après.")
    with ines.context.expect_page() as opened:
        notice.get_by_role("link").click()
    tab = opened.value
    log_in(tab, "ines")
    tab.wait_for_url("**/admin/session/")
    tab.close()
    # Coming back to the first tab asks again by itself.
    ines.bring_to_front()
    ines.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(notice).to_be_hidden()
    ines.get_by_role("button", name="Enregistrer le brouillon").click()
    ines.wait_for_load_state()
    expect(ines.locator(".messages .success")).to_be_visible(timeout=SOON)
    assert draft_of(article).standfirst == "Avant et après."
