"""An editor is refused by a check, follows its link to the field and mends it, in Chromium."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from magazine import roles
from magazine.models import Article, PassedCheck
from tests.factories import ContributorFactory, Magazine, block, paragraphs

SOON = 60_000


@pytest.fixture
def unfinished(transactional_db):
    """A draft without standfirst, with letters that were misread."""
    magazine = Magazine()
    # An earlier journey emptied the tables, and the roles of the migration with them.
    if not Group.objects.exists():
        import_module("magazine.migrations.0003_roles_and_workflow").found_roles(apps)
    return magazine.article(
        title="La file est un pacte",
        live=False,
        by=ContributorFactory(),
        standfirst="",
        body=[
            *paragraphs("Une phrase. " * 30, "L’expÃ©rience de l’attente."),
            block("crosshead", text="Après"),
        ],
    )


@pytest.fixture
def sit_down(chromium, live_server, settings):
    """Sign in with a role and open a page of the admin."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.LANGUAGE_CODE = "fr"
    opened = []

    def _sit_down(role, path):
        user = get_user_model().objects.create_user("ines", "ines@guichet.example", "secret-x")
        user.groups.add(Group.objects.get(name=role))
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": 1440, "height": 900}, locale="fr-FR"
        )
        opened.append(context)
        page = context.new_page()
        page.goto(f"/admin/login/?next={path}")
        page.fill('[name="username"]', "ines")
        page.fill('[name="password"]', "secret-x")
        page.click('button[type="submit"]')
        page.wait_for_url(f"**{path}")
        return page

    yield _sit_down
    for context in opened:
        context.close()


def open_panel(page):
    page.wait_for_load_state("load")
    # Wagtail first looks at the form as it is, then for what changes.
    page.wait_for_timeout(4000)
    toggle = page.locator('[data-side-panel-toggle="readiness"]')
    expect(toggle.locator("[data-side-panel-toggle-counter]")).to_be_visible(timeout=SOON)
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    return page.locator("[data-desk-checks-report]")


def test_a_finding_leads_to_its_field_and_goes_once_it_is_mended(unfinished, sit_down):
    page = sit_down(roles.EDITOR, f"/admin/pages/{unfinished.pk}/edit/")
    report = open_panel(page)
    blocking = report.locator(".checks-blocking")
    expect(blocking).to_have_count(2)
    expect(report.locator("[data-desk-checks-form]")).to_have_count(0)

    report.locator('[data-desk-checks-place="standfirst"]').click()
    assert page.evaluate("document.activeElement.id") == "id_standfirst"
    page.keyboard.type("Deux phrases sous le titre. Les voici.")
    expect(blocking).to_have_count(1, timeout=SOON)

    report.locator("[data-desk-checks-place^='body.']").focus()
    page.keyboard.press("Enter")
    field = page.evaluate(
        "document.activeElement.closest('[data-contentpath]').dataset.contentpath"
    )
    assert field == "text"
    page.keyboard.press("Control+a")
    page.keyboard.type("L’expérience de l’attente.")
    expect(blocking).to_have_count(0, timeout=SOON)
    counter = page.locator('[data-side-panel-toggle="readiness"] [data-side-panel-toggle-counter]')
    expect(counter).to_be_hidden()
    draft = Article.objects.get(pk=unfinished.pk).specific.get_latest_revision_as_object()
    assert "expérience" in str(draft.body)


def test_a_link_from_the_page_of_checks_lands_in_the_field(unfinished, sit_down):
    page = sit_down(roles.EDITOR, f"/admin/articles/{unfinished.pk}/controles/")
    page.locator('a[href*="contentpath=body."]').first.click()
    page.wait_for_url(re.compile("/edit/#:w:contentpath=body"))
    page.wait_for_function(
        "document.activeElement.closest('[data-contentpath]')?.dataset.contentpath === 'text'"
    )


def test_the_editor_in_chief_lets_a_finding_pass_beside_the_text(unfinished, sit_down):
    page = sit_down(roles.EDITOR_IN_CHIEF, f"/admin/pages/{unfinished.pk}/edit/")
    report = open_panel(page)
    finding = report.locator(
        ".checks-blocking", has=page.locator('[data-desk-checks-place="standfirst"]')
    )
    finding.locator("summary").click()
    finding.locator("textarea").fill("Un texte sans chapeau, voulu par l’autrice.")
    finding.locator("button[type=submit]").click()
    expect(report.locator(".checks-passed")).to_contain_text("voulu par l’autrice", timeout=SOON)
    expect(report.locator(".checks-blocking")).to_have_count(1)
    assert PassedCheck.objects.get().check_code == "missing_standfirst"
    report.locator(".checks-passed button[type=submit]").click()
    expect(report.locator(".checks-blocking")).to_have_count(2, timeout=SOON)
    assert not PassedCheck.objects.exists()
