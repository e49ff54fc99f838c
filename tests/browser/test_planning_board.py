"""An editor plans an issue in French: ideas, a commission, a draft, an order made by keyboard."""

import datetime as dt

import pytest
from django.conf import settings as configured
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from magazine.models import Article, Issue, PlannedPiece, Section
from magazine.planning import plan_piece
from tests.factories import ContributorFactory, IssueFactory

BOARD = "/admin/conducteur/8/"


@pytest.fixture
def next_issue(issue):
    """An issue in the making, after a released one, and somebody to write for it."""
    coming = IssueFactory(parent=issue.get_parent(), number=8, title="Le silence", live=False)
    coming.save_revision()
    ContributorFactory(name="Maud Kerivel", slug="maud")
    return Issue.objects.get(pk=coming.pk)


@pytest.fixture
def desk(reader, next_issue, live_server):
    """Open a page of the desk as the editor-in-chief."""
    user = get_user_model().objects.create_superuser("ines", "ines@guichet.example", "x")
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


def titles(page):
    """The titles of the rows, top to bottom."""
    cells = page.locator("#board tbody .board-title").all_inner_texts()
    return [text.split("\n")[0] for text in cells]


def test_an_issue_is_planned(desk):
    page = desk("/admin/")
    page.get_by_role("link", name="Conducteur", exact=True).click()
    page.get_by_role("link", name="Idées").click()
    for title in ("Le facteur", "La clochette", "Ne quittez pas"):
        page.get_by_label("Nouvelle idée").fill(title)
        page.keyboard.press("Enter")
        page.get_by_text(f"«\u00a0{title}\u00a0» est au conducteur").wait_for()
    assert titles(page) == ["Le facteur", "La clochette", "Ne quittez pas"]
    page.wait_for_function("document.activeElement.id === 'board-title'")

    late = (timezone.localdate() - dt.timedelta(2)).isoformat()
    page.get_by_role("link", name="Le facteur", exact=True).click()
    page.get_by_label("Rubrique").select_option("Entretiens")
    page.get_by_label("Auteur").select_option("Maud Kerivel")
    page.get_by_label("Type").select_option("Entretien")
    page.get_by_label("Attendu le").fill(late)
    page.get_by_label("Signes prévus").fill("9 000")
    page.get_by_label("Numéro").select_option(label="N°\u00a08, Le silence")
    page.get_by_role("button", name="Enregistrer").click()
    assert "/admin/conducteur/8/#row-p" in page.url
    row = page.locator("#board tbody tr")
    assert "2 jours de retard" in row.inner_text()
    assert "Prévu" in row.locator(".board-stage").inner_text()

    page.get_by_role("button", name="Commander Le facteur").click()
    assert "Rien n’a été envoyé" in page.locator(".messages").inner_text()
    assert "Commandé" in row.locator(".board-stage").inner_text()

    page.get_by_role("button", name="Commencer l’article Le facteur").click()
    page.locator(".messages").get_by_role("link", name="Ouvrir l’article").wait_for()
    assert "2 jours de retard" in row.inner_text()
    assert "Commandé" in row.locator(".board-stage").inner_text()
    article = Article.objects.get(title="Le facteur")
    assert (article.kind, article.live) == ("interview", False)
    assert article.get_parent().specific == Section.objects.get(slug="entretiens")

    page.goto("/admin/conducteur/idees/")
    assert titles(page) == ["La clochette", "Ne quittez pas"]


@pytest.fixture
def planned(next_issue):
    """Three rows on the board of the next issue."""
    return [plan_piece(title, next_issue) for title in ("Un", "Deux", "Trois")]


def test_a_row_is_moved_by_keyboard_and_the_move_is_announced(desk, planned):
    page = desk(BOARD)
    page.get_by_role("button", name="Monter «\u00a0Trois\u00a0»").focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="place 2 sur 3").wait_for()
    assert titles(page) == ["Un", "Trois", "Deux"]
    assert page.evaluate("document.activeElement.innerText.trim()") == "Monter «\u00a0Trois\u00a0»"
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="place 1 sur 3").wait_for()
    # The way up ends here: the focus stays on the row.
    assert "Descendre" in page.evaluate("document.activeElement.innerText")
    page.reload()
    assert titles(page) == ["Trois", "Un", "Deux"]


def test_a_row_is_moved_without_script(desk, planned):
    page = desk(BOARD, script=False)
    page.get_by_role("button", name="Descendre «\u00a0Un\u00a0»").click()
    assert titles(page) == ["Deux", "Un", "Trois"]
    assert "place 2 sur 3" in page.locator(".messages").inner_text()


def test_a_row_is_dragged_by_mouse(desk, planned):
    page = desk(BOARD)
    grips, rows = page.locator("[data-grip]"), page.locator("#board tbody tr")
    grips.nth(2).drag_to(rows.nth(0), target_position={"x": 60, "y": 3})
    page.get_by_role("status").filter(has_text="place 1 sur 3").wait_for()
    assert titles(page) == ["Trois", "Un", "Deux"]
    bottom = rows.nth(2).bounding_box()["height"] - 3
    grips.nth(0).drag_to(rows.nth(2), target_position={"x": 60, "y": bottom})
    page.get_by_role("status").filter(has_text="place 3 sur 3").wait_for()
    assert titles(page) == ["Un", "Deux", "Trois"]


def test_a_board_that_another_editor_changed_is_shown_anew(desk, planned, next_issue):
    page = desk(BOARD)
    plan_piece("Quatre", next_issue)
    page.get_by_role("button", name="Monter «\u00a0Trois\u00a0»").click()
    page.get_by_role("status").filter(has_text="entre-temps").first.wait_for()
    assert titles(page) == ["Un", "Deux", "Trois", "Quatre"]


def test_a_session_that_ended_loses_nothing_and_says_so(desk, planned):
    page = desk(BOARD)
    page.context.clear_cookies(name=configured.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Monter «\u00a0Trois\u00a0»").click()
    page.get_by_role("status").filter(has_text="rien n’a été déplacé").first.wait_for()
    assert list(PlannedPiece.objects.values_list("position", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize("width", [360, 1440])
def test_the_board_is_no_wider_than_the_window(desk, planned, width):
    page = desk(BOARD, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    table = page.locator(".board-scroll")
    assert table.evaluate("box => box.scrollWidth - box.clientWidth") <= 1
    small = page.evaluate(
        "[...document.querySelectorAll('#board button:not([hidden])')].filter(b => {"
        "const r = b.getBoundingClientRect(); return r.width < 24 || r.height < 24}).length"
    )
    assert small == 0
