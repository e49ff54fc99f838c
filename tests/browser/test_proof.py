"""The editor-in-chief opens an edition, arranges it, has a proof made, and takes it home."""

import hashlib
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.test import Client
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from print import jobs
from print.editions import align_placements, open_edition
from print.models import PressBuild, PressFile, PressProfile
from tests.magazine.desk_world import member

SOON = 60_000


@pytest.fixture
def profile(transactional_db):
    """A small sheet that four pages will do."""
    return PressProfile.objects.create(
        name="Essai A5", slug="essai", trim_width_mm=148, trim_height_mm=210, least_extent=4,
        columns=2, picture_ppi=72, low_ppi=50, least_ppi=40,
    )  # fmt: skip


@pytest.fixture
def desk(reader, issue, profile, live_server):
    """Open a page of the desk as the editor-in-chief, in English."""
    # An earlier journey emptied the tables, and the roles of the migrations with them.
    import_module("magazine.migrations.0003_roles_and_workflow").found_roles(apps)
    import_module("print.migrations.0003_press_permissions").open_press(apps)
    user = member("chief", "ines")
    speaks = UserProfile.get_for_user(user)
    speaks.preferred_language = "en"
    speaks.save()
    client = Client()
    client.force_login(user)
    session = client.cookies[configured.SESSION_COOKIE_NAME].value

    def open_page(path, **options):
        page = reader("/healthz", **options)
        cookie = {"name": configured.SESSION_COOKIE_NAME, "value": session}
        page.context.add_cookies([{**cookie, "url": live_server.url}])
        page.goto(path)
        return page

    return open_page


@pytest.fixture
def edition(issue, profile):
    edition = open_edition(issue, profile)
    align_placements(edition)
    return edition


def titles(page):
    """The titles of the placements, top to bottom."""
    return page.locator("#placements tbody .press-title").all_inner_texts()


def test_a_proof_is_made_looked_at_and_downloaded(desk, profile):
    page = desk("/admin/")
    page.get_by_role("button", name="Press", exact=True).click()
    page.get_by_role("link", name="Editions", exact=True).click()
    page.get_by_label("Open an edition on").select_option(label="Essai A5")
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_role("button", name="Make a proof").wait_for()
    assert titles(page)[2:5] == ["Prenez un ticket", "La file est un pacte", "Le serveur vocal"]

    page.get_by_role("button", name="Move “La file est un pacte” up").focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="place 3 of 7").wait_for()
    assert titles(page)[2:4] == ["La file est un pacte", "Prenez un ticket"]
    held = page.evaluate("document.activeElement.innerText.trim()")
    assert held == "Move “La file est un pacte” up"

    page.get_by_role("button", name="Make a proof").click()
    expect(page.locator(".press-status")).to_contain_text("Waiting for a worker")
    page.get_by_role("button", name="Cancel").wait_for()
    jobs.run(PressBuild.objects.get().pk)
    job = PressBuild.objects.get()
    assert (job.state, job.message) == (PressBuild.State.DONE, "")

    # The page learns of it by itself, its folios too.
    cover = page.locator("#placements tbody tr").first
    expect(cover.locator(".press-number").first).to_have_text("1", timeout=SOON)
    page.get_by_role("link", name="See its pages and its report").click(timeout=SOON)
    made = PressFile.objects.get()
    expect(page.locator(".press-line")).to_contain_text(f"{made.pages} pages")
    expect(page.get_by_role("img", name="Picture of page").first).to_be_visible()
    assert page.locator(".press-spread img").count() == made.pages
    drawn = page.locator(".press-spread img").first
    drawn.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.press-spread img').naturalWidth > 100")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Press file", exact=True).click()
    data = Path(fetched.value.path()).read_bytes()
    assert hashlib.sha256(data).hexdigest() == made.sha256
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Preflight report as a page").click()
    assert "data:image/jpeg" in Path(fetched.value.path()).read_text()


def test_a_placement_is_dragged_by_mouse_and_a_stale_list_says_so(desk, edition):
    page = desk(f"/admin/presse/editions/{edition.pk}/")
    rows, grips = page.locator("#placements tbody tr"), page.locator("[data-grip]")
    grips.nth(2).drag_to(rows.nth(2), target_position={"x": 60, "y": 3})
    page.get_by_role("status").filter(has_text="place 3 of 7").wait_for()
    assert titles(page)[2:4] == ["La file est un pacte", "Prenez un ticket"]
    edition.placements.filter(kind="contents").update(opens="verso")
    page.get_by_role("button", name="Leave out Le serveur vocal").click()
    page.get_by_role("status").filter(has_text="Somebody has changed this list").first.wait_for()
    assert "left out of this edition" not in page.locator("#placements").inner_text()


def test_placements_are_arranged_without_script(desk, edition):
    page = desk(f"/admin/presse/editions/{edition.pk}/", script=False)
    page.get_by_role("button", name="Move “Prenez un ticket” down").click()
    assert titles(page)[2:4] == ["La file est un pacte", "Prenez un ticket"]
    page.get_by_label("Where “Prenez un ticket” opens").select_option(label="On a right-hand page")
    page.get_by_role("button", name="Let “Prenez un ticket” open there").click()
    assert "“Prenez un ticket” opens: On a right-hand page." in page.inner_text(".messages")
    page.get_by_role("button", name="Put in a blank page").click()
    assert len(titles(page)) == 8


@pytest.mark.parametrize("width", [360, 1440])
def test_the_edition_is_no_wider_than_the_window_and_its_buttons_can_be_hit(desk, edition, width):
    page = desk(f"/admin/presse/editions/{edition.pk}/", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        "[...document.querySelectorAll('#main button, #main select')].filter(b => {"
        "const r = b.getBoundingClientRect();"
        "return r.width && (r.width < 24 || r.height < 24)}).map(b => b.outerHTML)"
    )
    assert small == []
