"""What the verbs of the planning board do to pieces, articles and an issue's contents."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model

from magazine.models import Article, Interview, Issue, PlannedPiece
from magazine.planning import (
    OrderChanged,
    PlanningError,
    commission,
    drop,
    link_article,
    move,
    move_to_issue,
    order_of,
    plan_article,
    plan_piece,
    revise,
    start_article,
)
from magazine.planning_order import stamp_of
from tests.factories import ContributorFactory, OpinionFactory


@pytest.fixture
def editor(magazine):
    return get_user_model().objects.create_superuser("ines", "ines@guichet.example", "x")


@pytest.fixture
def issue(magazine):
    """An issue in the making, of three articles."""
    articles = [magazine.article(title=title, live=False) for title in ("Un", "Deux", "Trois")]
    return magazine.issue(*articles, number=8, live=False)


def titles(issue):
    """What stands on the board, top to bottom."""
    names = {f"p{piece.pk}": piece.title for piece in PlannedPiece.objects.on_board(issue)}
    names |= {f"a{article.pk}": article.title.upper() for article in Article.objects.all()}
    return [names[key] for key in order_of(issue)]


def contents(issue):
    """The articles of an issue as the press reads them, and as the next draft will."""
    saved = [entry.article.title for entry in issue.entries.order_by("position")]
    draft = Issue.objects.get(pk=issue.pk).get_latest_revision_as_object()
    drafted = sorted(draft.entries.all(), key=lambda entry: entry.position)
    assert [entry.article.title for entry in drafted] == saved
    return saved


def put(issue, editor, title, *, before):
    """Move a row, named by its title, ahead of another."""
    keys = dict(zip(titles(issue), order_of(issue), strict=True))
    move(issue, keys[title], before=keys.get(before), seen=stamp_of(order_of(issue)), by=editor)


def test_an_idea_waits_at_the_foot_of_its_board(magazine, issue):
    plan_piece("Le standard  de nuit ", issue)
    plan_piece("Plus tard")
    assert titles(issue) == ["UN", "DEUX", "TROIS", "Le standard de nuit"]
    assert titles(None) == ["Plus tard"]


@pytest.mark.parametrize("title", ["", "   ", "x" * 161])
def test_an_idea_needs_a_title_of_a_reasonable_length(magazine, title):
    with pytest.raises(PlanningError):
        plan_piece(title)
    assert not PlannedPiece.objects.exists()


def test_moving_a_row_changes_the_contents_and_keeps_planned_rows_between(issue, editor):
    plan_piece("Idée", issue)
    put(issue, editor, "Idée", before="DEUX")
    assert titles(issue) == ["UN", "Idée", "DEUX", "TROIS"]
    assert contents(issue) == ["Un", "Deux", "Trois"]
    put(issue, editor, "TROIS", before="UN")
    assert titles(issue) == ["TROIS", "UN", "Idée", "DEUX"]
    assert contents(issue) == ["Trois", "Un", "Deux"]
    put(issue, editor, "TROIS", before=None)
    assert titles(issue) == ["UN", "Idée", "DEUX", "TROIS"]


def test_entries_stay_the_same_rows_when_they_move(issue, editor):
    before = set(issue.entries.values_list("pk", "article_id"))
    put(issue, editor, "TROIS", before="UN")
    assert set(issue.entries.values_list("pk", "article_id")) == before
    assert issue.latest_revision.user is None
    assert Issue.objects.get(pk=issue.pk).latest_revision.user == editor


def test_two_editors_at_once_lose_nothing(issue, editor):
    seen = stamp_of(order_of(issue))
    first, _second, third = order_of(issue)
    move(issue, third, before=first, seen=seen, by=editor)
    with pytest.raises(OrderChanged):
        move(issue, first, before=None, seen=seen, by=editor)
    assert titles(issue) == ["TROIS", "UN", "DEUX"]


def test_what_somebody_typed_in_the_draft_of_the_issue_is_kept(issue, editor):
    draft = issue.get_latest_revision_as_object()
    draft.title = "Le silence"
    draft.save_revision()
    put(issue, editor, "TROIS", before="UN")
    assert Issue.objects.get(pk=issue.pk).get_latest_revision_as_object().title == "Le silence"


def test_ideas_are_put_in_order_too(magazine, editor):
    for title in ("A", "B", "C"):
        plan_piece(title)
    put(None, editor, "C", before="A")
    assert titles(None) == ["C", "A", "B"]


def test_a_commission_notes_the_day_and_wants_an_author(magazine, issue):
    piece = plan_piece("Le standard", issue)
    with pytest.raises(PlanningError):
        commission(piece, dt.date(2026, 11, 20))
    revise(piece, {"author": ContributorFactory()})
    commission(piece, dt.date(2026, 11, 20))
    piece.refresh_from_db()
    assert piece.commissioned_on == dt.date(2026, 11, 20)


def test_an_article_is_started_as_planned_and_takes_the_place_of_its_row(magazine, issue, editor):
    author = ContributorFactory(name="Maud Kerivel")
    piece = plan_piece(
        "Le standard de nuit", issue, kind="interview", section=magazine.section, author=author
    )
    put(issue, editor, "Le standard de nuit", before="DEUX")
    article = start_article(piece, editor)
    assert isinstance(article, Interview)
    assert (article.live, article.owner, article.get_parent().specific) == (
        False,
        editor,
        magazine.section,
    )
    draft = Interview.objects.get().get_latest_revision_as_object()
    assert [(b.contributor, b.role) for b in draft.bylines.all()] == [(author, "interview")]
    assert titles(issue) == ["UN", "LE STANDARD DE NUIT", "DEUX", "TROIS"]
    assert contents(issue) == ["Un", "Le standard de nuit", "Deux", "Trois"]
    with pytest.raises(PlanningError):
        start_article(piece, editor)
    assert Interview.objects.count() == 1


def test_two_articles_of_one_title_get_two_addresses(magazine, issue, editor):
    pieces = [plan_piece("Le standard", issue, section=magazine.section) for _ in range(2)]
    first, second = (start_article(piece, editor) for piece in pieces)
    assert first.slug != second.slug


def test_an_article_is_not_started_without_section_or_right(magazine, issue, editor):
    piece = plan_piece("Le standard", issue)
    with pytest.raises(PlanningError):
        start_article(piece, editor)
    revise(piece, {"section": magazine.section})
    with pytest.raises(PlanningError):
        start_article(piece, get_user_model().objects.create_user("lea"))
    assert Article.objects.count() == 3


def test_an_idea_becomes_an_article_without_an_issue(magazine, editor):
    piece = plan_piece("Plus tard", kind="opinion", section=magazine.section)
    article = start_article(piece, editor)
    piece.refresh_from_db()
    assert (piece.article_id, article.kind, titles(None)) == (article.pk, "opinion", ["Plus tard"])


def test_an_article_is_linked_once(magazine, issue, editor):
    written = magazine.article(OpinionFactory, title="Écrit", live=False)
    piece, other = plan_piece("Prévu", issue), plan_piece("Autre", issue)
    link_article(piece, written, editor)
    assert titles(issue) == ["UN", "DEUX", "TROIS", "ÉCRIT", "Autre"]
    assert contents(issue) == ["Un", "Deux", "Trois", "Écrit"]
    with pytest.raises(PlanningError):
        link_article(other, written, editor)
    with pytest.raises(PlanningError):
        link_article(piece, magazine.article(live=False), editor)


def test_an_article_of_the_contents_is_linked_where_it_stands(magazine, issue, editor):
    piece = plan_piece("Prévu", issue)
    link_article(piece, Article.objects.get(title="Deux"), editor)
    assert titles(issue) == ["UN", "DEUX", "TROIS"]


def test_a_row_goes_to_another_issue_with_its_article(magazine, issue, editor):
    later = magazine.issue(number=9, live=False)
    piece = plan_article(issue, Article.objects.get(title="Deux"))
    move_to_issue(piece, later, editor)
    assert (contents(issue), contents(later)) == (["Un", "Trois"], ["Deux"])
    piece.refresh_from_db()
    move_to_issue(piece, None, editor)
    piece.refresh_from_db()
    assert (contents(later), titles(None)) == ([], ["Deux"])
    move_to_issue(piece, issue, editor)
    assert contents(issue) == ["Un", "Trois", "Deux"]


def test_a_row_does_not_go_where_its_article_already_stands(magazine, issue, editor):
    article = Article.objects.get(title="Deux")
    later = magazine.issue(article.specific, number=9, live=False)
    plan_article(later, article)
    with pytest.raises(PlanningError):
        move_to_issue(plan_article(issue, article), later, editor)
    assert contents(issue) == ["Un", "Deux", "Trois"]


def test_dropping_a_row_deletes_no_article(issue, editor):
    plan_article(issue, Article.objects.get(title="Deux"))
    plan_piece("Idée", issue)
    for key in order_of(issue)[1:]:
        drop(issue, key, editor)
    assert (titles(issue), contents(issue)) == (["UN"], ["Un"])
    assert Article.objects.count() == 3
    with pytest.raises(PlanningError):
        drop(issue, "p999", editor)


def test_what_was_printed_in_an_issue_stays_in_its_contents(issue, editor):
    entry = issue.entries.get(position=2)
    issue.entries.filter(pk=entry.pk).update(printed_revision=entry.article.latest_revision)
    with pytest.raises(PlanningError, match="Deux"):
        drop(issue, f"a{entry.article_id}", editor)
    assert contents(issue) == ["Un", "Deux", "Trois"]


def test_the_board_of_a_released_issue_can_only_be_read(magazine, editor):
    released = magazine.issue(magazine.article(title="Un"), number=7)
    idea = plan_piece("Idée")
    (key,) = order_of(released)
    for step in (
        lambda: plan_piece("Idée", released),
        lambda: plan_article(released, Article.objects.get(title="Un")),
        lambda: move(released, key, before=None, seen=stamp_of([key]), by=editor),
        lambda: drop(released, key, editor),
        lambda: move_to_issue(idea, released, editor),
    ):
        with pytest.raises(PlanningError, match="7"):
            step()
    assert (titles(released), titles(None)) == (["UN"], ["Idée"])


def test_a_locked_issue_says_so(issue, editor):
    somebody = get_user_model().objects.create_user("lea")
    Issue.objects.filter(pk=issue.pk).update(locked=True, locked_by=somebody)
    with pytest.raises(PlanningError, match="8"):
        put(issue, editor, "TROIS", before="UN")
    assert contents(issue) == ["Un", "Deux", "Trois"]


def test_a_row_that_is_gone_is_told(magazine, issue, editor):
    piece = plan_piece("Idée", issue)
    drop(issue, f"p{piece.pk}", editor)
    for step in (
        lambda: commission(piece, dt.date(2026, 11, 20)),
        lambda: revise(piece, {"note": "…"}),
        lambda: start_article(piece, editor),
        lambda: move_to_issue(piece, None, editor),
    ):
        with pytest.raises(PlanningError):
            step()
    assert not PlannedPiece.objects.exists()
