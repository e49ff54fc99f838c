"""A release that is killed, and two schedulers at once, in real processes on a real database."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Revision

from magazine.release import mark_ready
from tests.factories import Magazine

RUNNER = Path(__file__).with_name("release_runner.py")
ARTICLES = 50


@pytest.fixture
def magazine(transactional_db):
    return Magazine()


class Database:
    """The database that the other processes work on: SQLite in a file, or the tests' PostgreSQL."""

    def __init__(self, folder):
        settings = connection.settings_dict
        self.file = folder / "released.sqlite3" if connection.vendor == "sqlite" else None
        self.url = (
            f"sqlite:///{self.file}"
            if self.file
            else f"postgres://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:"
            f"{settings['PORT']}/{settings['NAME']}"
        )
        self.environment = {
            **os.environ,
            "DATABASE_URL": self.url,
            "DATA_DIR": str(folder),
            "EMAIL_URL": "dummymail://",
        }

    def __enter__(self):
        if self.file:
            # Each killed process has a copy of its own.
            connection.ensure_connection()
            with sqlite3.connect(self.file) as copy:
                connection.connection.backup(copy)
        return self

    def __exit__(self, *error):
        pass

    def start(self, *arguments):
        return subprocess.Popen(
            [sys.executable, str(RUNNER), *map(str, arguments)],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def rows(self, sql):
        if self.file:
            with sqlite3.connect(self.file) as opened:
                return opened.execute(sql).fetchall()
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()


@pytest.fixture
def elsewhere(tmp_path):
    return Database(tmp_path)


def due(page):
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=timezone.now())


@pytest.mark.parametrize(("verb", "every"), [("release", 2), ("scheduled", 7)])
def test_a_killed_release_leaves_all_or_nothing(magazine, elsewhere, verb, every):
    articles = [magazine.article(live=False) for _ in range(3)]
    issue = magazine.issue(*articles, live=False)
    for article in articles:
        mark_ready(article, article.latest_revision)
    if verb == "scheduled":
        due(issue)
    with elsewhere:
        out, _ = elsewhere.start("kill", verb, issue.pk, every).communicate(timeout=600)
    found = [json.loads(line) for line in out.splitlines()]
    nothing, last = found[:-1], found[-1]
    assert len(nothing) > 25 // every
    still_due = int(verb == "scheduled")
    assert {(each["issue"], each["articles"], each["due"]) for each in nothing} == {
        (False, 0, still_due)
    }
    assert all(each["killed"] for each in nothing)
    assert (last["issue"], last["articles"], last["due"]) == (True, 3, 0)


def test_two_schedulers_publish_each_article_once(magazine, elsewhere):
    articles = [magazine.article(live=False) for _ in range(ARTICLES)]
    for article in articles:
        due(article)
    with elsewhere:
        schedulers = [elsewhere.start("schedule") for _ in range(2)]
        for each in schedulers:
            assert each.stdout.readline() == "ready\n"
        for each in schedulers:
            each.stdin.write("\n")
            each.stdin.flush()
        said = [each.communicate(timeout=600)[0] for each in schedulers]
    assert [each.returncode for each in schedulers] == [0, 0], said
    live = elsewhere.rows("SELECT id FROM wagtailcore_page WHERE live AND depth > 3")
    assert len(live) == ARTICLES
    logged = (
        "SELECT page_id FROM wagtailcore_pagelogentry WHERE action = 'wagtail.publish.scheduled'"
    )
    once = {article.pk: 1 for article in articles}
    assert Counter(pk for (pk,) in elsewhere.rows(logged)) == once
    jobs = elsewhere.rows(
        f"SELECT args_kwargs FROM {DBTaskResult._meta.db_table} "
        "WHERE task_path = 'website.tasks.prepare_page'"
    )
    prepared = (json.loads(job) if isinstance(job, str) else job for (job,) in jobs)
    assert Counter(job["args"][0] for job in prepared) == once
