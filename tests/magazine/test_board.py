"""The planning board as editors see it: rows, lateness, order, filters, CSV, and who may."""

import csv
import datetime as dt
import io
import re
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Revision
from wagtail.users.models import UserProfile

from magazine import roles
from magazine.desk.board_rows import days_late, read_rows
from magazine.models import Article, PlannedPiece
from magazine.planning import order_of, plan_article, plan_piece
from magazine.planning_order import stamp_of
from magazine.stages import Stage
from tests.factories import ContributorFactory, SectionFactory, block, paragraphs

BOARD, IDEAS = "/admin/conducteur/8/", "/admin/conducteur/idees/"


@pytest.fixture
def editor(client, magazine):
    """An editor-in-chief at the desk."""
    user = get_user_model().objects.create_superuser("ines", "ines@guichet.example", "x")
    client.force_login(user)
    return user


@pytest.fixture
def issue(magazine):
    """An issue in the making, of two articles of which one has no text yet."""
    author = ContributorFactory(name="Maud Kerivel")
    written = magazine.article(
        title="Écrit", by=author, live=False, standfirst="", body=paragraphs("Dix signes.")
    )
    empty = magazine.article(title="Vide", live=False, standfirst="", body=[])
    return magazine.issue(written, empty, number=8, title="Le silence", live=False)


def plan(issue, title, **planned):
    """A row of the board; by its title if it is an article of the contents."""
    article = Article.objects.filter(title=title).first()
    piece = plan_article(issue, article) if article else plan_piece(title, issue)
    PlannedPiece.objects.filter(pk=piece.pk).update(**planned)
    return PlannedPiece.objects.get(pk=piece.pk)


def today(days=0):
    return timezone.localdate() + dt.timedelta(days)


def shown(page):
    """The titles of the rows, top to bottom."""
    cells = re.findall(r'class="board-title">(.*?)</th>', page.content.decode(), re.DOTALL)
    return [" ".join(unescape(re.sub("<[^>]*>", " ", cell)).split()) for cell in cells]


def lines_of(response):
    """The rows of a CSV answer, as a French spreadsheet reads them."""
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize(
    ("due", "stage", "late"),
    [
        (dt.date(2027, 3, 29), Stage.PLANNED, 0),
        (dt.date(2027, 3, 28), Stage.COMMISSIONED, 0),
        (dt.date(2027, 3, 27), Stage.COMMISSIONED, 1),
        (dt.date(2027, 2, 28), Stage.PLANNED, 28),
        (dt.date(2027, 3, 27), Stage.WRITTEN, 0),
        (dt.date(2027, 3, 27), Stage.RELEASED, 0),
        (None, Stage.PLANNED, 0),
    ],
)
def test_a_text_is_late_from_the_day_after_it_was_due(due, stage, late):
    # The night of 28 March 2027 is one hour short in France: days are counted, not hours.
    assert days_late(due, stage, dt.date(2027, 3, 28)) == late


def test_rows_tell_what_was_planned_and_what_has_become_of_it(magazine, issue):
    due = today(-3)
    plan(issue, "Écrit", planned_signs=8, due_on=due)
    plan(issue, "Vide", due_on=due, planned_pages="1.50")
    plan(issue, "À venir", commissioned_on=due, author=ContributorFactory(name="Nora"))
    written, empty, coming = read_rows(issue)
    assert (written.stage, written.late_days, written.signs, written.signs_off) == (
        Stage.WRITTEN,
        0,
        11,
        3,
    )
    assert [author.name for author in written.authors] == ["Maud Kerivel"]
    assert written.section == magazine.section
    assert (empty.stage, empty.late_days, empty.signs) == (Stage.PLANNED, 3, 0)
    assert (coming.stage, coming.article, coming.kind) == (
        Stage.COMMISSIONED,
        None,
        "Article libre",
    )
    assert [author.name for author in coming.authors] == ["Nora"]


def test_rows_follow_the_draft_that_is_being_written(magazine, issue):
    draft = Article.objects.get(title="Vide").specific.get_latest_revision_as_object()
    draft.title = "Rempli"
    draft.body = [block("paragraph", text="<p>Six mots</p>")]
    draft.save_revision()
    row = read_rows(issue)[1]
    assert (row.title, row.signs, row.stage) == ("Rempli", 8, Stage.WRITTEN)


def test_planned_is_not_scheduled(client, editor, issue):
    article = Article.objects.get(title="Écrit")
    moment = timezone.now() + dt.timedelta(days=30)
    Revision.objects.filter(pk=article.latest_revision_id).update(approved_go_live_at=moment)
    rows = read_rows(issue)
    assert [row.scheduled_at for row in rows] == [moment, None]
    page = client.get(BOARD).content.decode()
    assert "Programmé pour le" in page
    assert moment.astimezone(timezone.get_current_timezone()).strftime("%d/%m/%Y") in page


def test_late_is_said_in_words_on_the_board(client, editor, issue):
    plan(issue, "À venir", due_on=today(-1))
    page = client.get(BOARD).content.decode()
    assert "1 jour de retard" in " ".join(page.split())


def test_the_board_sorts_by_any_column_and_says_so(client, editor, issue):
    plan(issue, "Été", due_on=today(2))
    plan(issue, "Vide", due_on=today(1))
    assert shown(client.get(BOARD)) == ["Écrit", "Vide", "Été"]
    assert shown(client.get(f"{BOARD}?sort=title")) == ["Écrit", "Été", "Vide"]
    assert shown(client.get(f"{BOARD}?sort=-title")) == ["Vide", "Été", "Écrit"]
    assert shown(client.get(f"{BOARD}?sort=due")) == ["Vide", "Été", "Écrit"]
    assert shown(client.get(f"{BOARD}?sort=-due")) == ["Été", "Vide", "Écrit"]
    page = client.get(f"{BOARD}?sort=-due").content.decode()
    heads = re.findall(r'aria-sort="(\w+)">\s*<a href="([^"]*)"', page)
    assert [state for state, _link in heads].count("descending") == 1
    for _state, link in heads:
        assert client.get(BOARD + link.replace("&amp;", "&")).status_code == 200


def test_the_board_is_filtered(client, editor, issue):
    other = SectionFactory(parent=issue.get_parent().get_parent(), title="Enquêtes")
    nora = ContributorFactory(name="Nora")
    plan(issue, "À venir", due_on=today(-1), section=other, author=nora)
    assert shown(client.get(f"{BOARD}?late=1")) == ["À venir"]
    assert shown(client.get(f"{BOARD}?author={nora.pk}")) == ["À venir"]
    assert shown(client.get(f"{BOARD}?section={other.pk}")) == ["À venir"]
    assert shown(client.get(f"{BOARD}?stage=written")) == ["Écrit"]
    assert shown(client.get(f"{BOARD}?stage=nonsense&sort=nonsense")) == []
    assert shown(client.get(f"{BOARD}?sort=nonsense")) == ["Écrit", "Vide", "À venir"]


def test_rows_can_only_be_moved_where_all_are_shown_in_order(client, editor, issue):
    assert 'name="up"' in client.get(BOARD).content.decode()
    for query in ("?sort=title", "?late=1", "?sort=-order"):
        assert 'name="up"' not in client.get(BOARD + query).content.decode()


def test_the_csv_holds_what_the_board_shows(client, editor, issue):
    plan(issue, "Écrit", planned_signs=8, planned_pages="1.50", due_on=dt.date(2026, 11, 16))
    plan(issue, "À venir; demain", note='Dit "oui"\nou non')
    response = client.get(f"{BOARD}csv/?stage=written")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="conducteur-8.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    (line,) = lines_of(response)
    assert line["Titre"] == "Écrit"
    assert (line["Signes"], line["Signes prévus"], line["Écart"]) == ("11", "8", "3")
    assert (line["Pages prévues"], line["Attendu le"]) == ("1,5", "2026-11-16")
    last = lines_of(client.get(f"{BOARD}csv/"))[-1]
    assert (last["Titre"], last["Note"]) == ("À venir; demain", 'Dit "oui"\nou non')


@pytest.mark.parametrize("title", ["=1+1", "+33 6", "-1", "@SUM(A1)", "\t=1"])
def test_no_title_becomes_a_formula(client, editor, magazine, title):
    piece = plan_piece("x")
    PlannedPiece.objects.filter(pk=piece.pk).update(title=title, note=title)
    (line,) = lines_of(client.get(f"{IDEAS}csv/"))
    assert (line["Titre"], line["Note"]) == (f"'{title}", f"'{title}")


def test_english_speaks_commas_and_points(client, editor, issue):
    plan(issue, "Écrit", planned_pages="1.50")
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = "en"
    profile.save()
    text = client.get(f"{BOARD}csv/").content.decode("utf-8-sig")
    (line, _other) = csv.DictReader(io.StringIO(text))
    assert (line["Title"], line["Planned pages"]) == ("Écrit", "1.5")


def test_sixty_rows_cost_no_more_queries_than_two(
    client, editor, magazine, issue, django_assert_max_num_queries
):
    client.get(BOARD)
    author = ContributorFactory()
    articles = [
        magazine.article(title=f"Article {n}", by=author, live=False, body=paragraphs("Texte."))
        for n in range(40)
    ]
    entries = [(entry.article, entry.section) for entry in issue.entries.all()]
    issue.delete()
    fuller = magazine.issue(
        *(article.specific for article, _section in entries), *articles, number=8, live=False
    )
    for article in articles[:20]:
        plan_article(fuller, article)
    for n in range(18):
        plan(fuller, f"Idée {n}", author=author, section=magazine.section)
    with django_assert_max_num_queries(45):
        page = client.get(BOARD)
    assert len(shown(page)) == 60


def test_a_row_is_added_moved_edited_and_dropped(client, editor, issue):
    client.post(f"{BOARD}ajouter/", {"title": "À venir"})
    (piece,) = PlannedPiece.objects.all()
    client.post(f"{BOARD}deplacer/", {"up": f"p{piece.pk}", "seen": stamp_of(order_of(issue))})
    assert shown(client.get(BOARD)) == ["Écrit", "À venir", "Vide"]
    row = f"{BOARD}p{piece.pk}/"
    form = client.get(row).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    edited = {
        **fields,
        "planned_signs": "9\u202f000",
        "planned_pages": "2,5",
        "due_on": "2026-11-16",
    }
    assert client.post(row, edited).status_code == 302
    piece.refresh_from_db()
    assert (piece.planned_signs, str(piece.planned_pages)) == (9000, "2.50")
    assert "À venir" in client.get(f"{row}retirer/").content.decode()
    client.post(f"{row}retirer/")
    assert not PlannedPiece.objects.exists()


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unasked(client, editor, issue):
    piece = plan(issue, "À venir")
    row = f"{BOARD}p{piece.pk}/"
    form = client.get(row).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    plan(issue, "Autre")
    PlannedPiece.objects.filter(pk=piece.pk).update(note="De Bastien")
    response = client.post(row, {**fields, "note": "De moi"})
    assert "entre-temps" in response.content.decode()
    piece.refresh_from_db()
    assert piece.note == "De Bastien"
    again = response.context["form"]
    client.post(row, {name: again[name].value() or "" for name in again.fields})
    piece.refresh_from_db()
    assert piece.note == "De moi"


def test_a_board_that_changed_meanwhile_is_shown_anew_and_nothing_moves(client, editor, issue):
    seen = stamp_of(order_of(issue))
    plan_piece("D'une autre", issue)
    first = order_of(issue)[0]
    moved = {"down": first, "seen": seen, "partial": "1"}
    response = client.post(f"{BOARD}deplacer/", moved)
    assert response.status_code == 409
    assert "entre-temps" in response.content.decode()
    assert shown(response) == ["Écrit", "Vide", "D'une autre"]
    plain = client.post(f"{BOARD}deplacer/", {"down": first, "seen": seen}, follow=True)
    assert "entre-temps" in plain.content.decode()


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"up": "a999"},
        {"key": "nonsense"},
        {"up": "", "seen": "x"},
        {"key": "a1", "before": "p9"},
    ],
)
def test_a_move_of_nothing_is_refused_in_words(client, editor, issue, posted):
    response = client.post(f"{BOARD}deplacer/", {**posted, "partial": "1"})
    assert response.status_code == 409
    assert shown(response) == ["Écrit", "Vide"]


def test_commission_and_start_are_told_and_refused_in_words(client, editor, magazine, issue):
    piece = plan(issue, "À venir")
    row = f"{BOARD}p{piece.pk}/"
    assert "auteur" in client.post(f"{row}commander/", follow=True).content.decode()
    assert "rubrique" in client.post(f"{row}commencer/", follow=True).content.decode()
    plan(issue, "À venir 2")
    PlannedPiece.objects.filter(pk=piece.pk).update(
        author=ContributorFactory(name="Nora"), section=magazine.section
    )
    assert "Nora" in client.post(f"{row}commander/", follow=True).content.decode()
    client.post(f"{row}commencer/")
    assert Article.objects.get(title="À venir").issue_entries.get().issue == issue
    assert "n’est plus" in client.post(f"{row}commander/", follow=True).content.decode()


def test_the_board_of_a_released_issue_is_read_only(client, editor, magazine):
    magazine.issue(magazine.article(title="Paru"), number=8)
    page = client.get(BOARD).content.decode()
    assert "Paru" in page
    assert "est paru" in page
    assert 'name="up"' not in page
    assert "ajouter/" not in page
    key = f"a{Article.objects.get().pk}"
    for place in ("", "retirer/", "rattacher/"):
        response = client.get(f"{BOARD}{key}/{place}", follow=True)
        assert "est paru" in response.content.decode()
    assert "est paru" in client.post(f"{BOARD}{key}/commander/", follow=True).content.decode()
    assert not PlannedPiece.objects.exists()


def test_the_first_board_is_the_next_issues_else_the_ideas(client, editor, magazine):
    assert client.get("/admin/conducteur/").url == IDEAS
    magazine.issue(number=8, live=False)
    assert client.get("/admin/conducteur/").url == BOARD


PLACES = ("/admin/conducteur/", BOARD, IDEAS, f"{BOARD}csv/", f"{BOARD}ROW/")
CHANGES = ("ajouter/", "deplacer/", "ROW/commander/", "ROW/commencer/", "ROW/retirer/")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (roles.EDITOR_IN_CHIEF, True),
        (roles.EDITOR, True),
        (roles.PRODUCTION, True),
        (roles.CONTRIBUTOR, False),
        (roles.PRINT_PARTNER, False),
    ],
)
def test_boards_are_for_those_who_plan(client, magazine, issue, role, may):
    user = get_user_model().objects.create_user("somebody")
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    key = order_of(issue)[0]
    for place in PLACES:
        response = client.get(place.replace("ROW", key), follow=role != roles.PRINT_PARTNER)
        assert (response.status_code == 200) is may, place
        assert ("Écrit" in response.content.decode()) <= may
    for change in CHANGES:
        response = client.post(BOARD + change.replace("ROW", key))
        assert response.status_code in ({302} if may else {302, 404})
        if not may:
            assert not response.headers.get("Location", "").startswith("/admin/conducteur")
            assert list(issue.entries.values_list("position", flat=True)) == [1, 2]


def test_nobody_else_is_shown_the_way(client, magazine, issue):
    assert client.get(BOARD).url.startswith("/admin/login/")
    user = get_user_model().objects.create_user("lea")
    user.groups.add(Group.objects.get(name=roles.CONTRIBUTOR))
    client.force_login(user)
    assert "conducteur" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("place", ["99/", "0/", "idees/p999/", "8/a999/", "8/p999/retirer/"])
def test_what_is_not_there_answers_404(client, editor, issue, place):
    assert client.get(f"/admin/conducteur/{place}").status_code == 404
