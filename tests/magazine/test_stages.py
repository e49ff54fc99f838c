"""How far an article is, as the lists, its own page and its issue tell it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from magazine.models import PlannedPiece
from magazine.stages import Stage, Standing, standings_of
from tests.factories import FeatureFactory
from tests.magazine.desk_world import member, written_by


@pytest.fixture
def chief(db):
    return member("chief")


@pytest.fixture(autouse=True)
def no_checks(monkeypatch):
    """Here nothing stands against an article."""
    monkeypatch.setattr("magazine.checks.blocking", lambda article, issue=None: [])


def stages_of(articles):
    """The stage of each article, by id."""
    return {pk: standing.stage for pk, standing in standings_of(articles).items()}


def approve(article, user, *, times):
    """Approve the next steps of an article that was handed in."""
    for _ in range(times):
        state = article.specific.current_workflow_state.current_task_state
        state.task.specific.on_action(state, user, "approve")
        article = type(article).objects.get(pk=article.pk)
    return article


def empty(magazine, **fields):
    article = FeatureFactory(parent=magazine.section, live=False, body=[], **fields)
    article.save_revision()
    return article


def test_an_article_goes_from_planned_to_released(magazine, chief):
    planned, commissioned = empty(magazine), empty(magazine)
    PlannedPiece.objects.create(title="x", article=planned)
    PlannedPiece.objects.create(
        title="y", article=commissioned, commissioned_on=dt.date(2026, 11, 2)
    )
    written = written_by(magazine, chief, title="Écrit")
    by_steps = []
    for steps in range(4):
        article = written_by(magazine, chief, title=f"{steps} étapes")
        article.get_workflow().start(article, chief)
        by_steps.append(approve(article, chief, times=steps))
    live = magazine.article()
    articles = [planned, commissioned, written, *by_steps, live]
    found = stages_of(articles)
    assert [found[article.pk] for article in articles] == [
        Stage.PLANNED,
        Stage.COMMISSIONED,
        Stage.WRITTEN,
        Stage.WRITTEN,
        Stage.REREAD,
        Stage.CORRECTED,
        Stage.READY,
        Stage.RELEASED,
    ]


def test_what_is_sent_back_keeps_what_was_approved(magazine, chief):
    article = written_by(magazine, chief, title="Renvoyé")
    article.get_workflow().start(article, chief)
    article = approve(article, chief, times=1)
    state = article.current_workflow_state.current_task_state
    state.task.specific.on_action(state, chief, "reject", comment="Trop long.")
    assert stages_of([article]) == {article.pk: Stage.REREAD}


def test_a_workflow_that_is_cancelled_counts_for_nothing(magazine, chief):
    article = written_by(magazine, chief, title="Annulé")
    article.get_workflow().start(article, chief)
    article = approve(article, chief, times=1)
    article.current_workflow_state.cancel(user=chief)
    assert stages_of([article]) == {article.pk: Stage.WRITTEN}


def test_a_draft_saved_after_the_last_step_is_told(magazine, chief):
    article = written_by(magazine, chief, title="Prêt")
    article.get_workflow().start(article, chief)
    article = approve(article, chief, times=3)
    assert standings_of([article]) == {article.pk: Standing(Stage.READY)}
    article.title = "Repris"
    article.save_revision(user=chief)
    assert standings_of([article]) == {article.pk: Standing(Stage.READY, changed_since_ready=True)}


@pytest.mark.parametrize("count", [1, 12])
def test_many_articles_are_told_in_as_many_queries_as_one(magazine, chief, count):
    articles = [written_by(magazine, chief, title=f"Article {n}") for n in range(count)]
    for article in articles:
        article.get_workflow().start(article, chief)
        approve(article, chief, times=1)
    with CaptureQueriesContext(connection) as queries:
        assert len(stages_of(articles)) == count
    assert len(queries) == 3


@pytest.mark.parametrize("count", [1, 5])
def test_texts_saved_again_are_compared_in_one_more_query(magazine, chief, count):
    articles = []
    for number in range(count):
        article = written_by(magazine, chief, title=f"Article {number}")
        article.get_workflow().start(article, chief)
        article = approve(article, chief, times=3)
        article.title = "Repris"
        article.save_revision(user=chief)
        articles.append(article)
    with CaptureQueriesContext(connection) as queries:
        assert all(each.changed_since_ready for each in standings_of(articles).values())
    assert len(queries) == 4


def test_an_empty_list_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert stages_of([]) == {}


def test_the_stage_shows_in_the_explorer_on_the_article_and_in_its_issue(magazine, chief, client):
    article = written_by(magazine, chief, title="Relu")
    article.get_workflow().start(article, chief)
    approve(article, chief, times=1)
    issue = magazine.issue(article, number=7, live=False)
    client.force_login(chief)
    for address in (
        reverse("wagtailadmin_explore", args=[magazine.section.pk]),
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        reverse("wagtailadmin_pages:edit", args=[issue.pk]),
    ):
        assert str(Stage.REREAD.label) in client.get(address).content.decode(), address


def test_the_explorer_asks_no_more_for_more_articles(magazine, chief, client):
    client.force_login(chief)
    address = reverse("wagtailadmin_explore", args=[magazine.section.pk])
    counts = []
    for _ in range(3):
        for n in range(3):
            written_by(magazine, chief, title=f"Article {n}")
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(sum("magazine_step" in query["sql"] for query in queries))
    assert len(set(counts)) == 1
