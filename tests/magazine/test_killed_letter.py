"""A letter whose worker is killed, and two workers at once, in real processes."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from magazine.letters import send
from magazine.models import Letter
from tests.factories import Magazine
from tests.magazine.test_letters import readers

RUNNER = Path(__file__).with_name("letter_runner.py")


class Elsewhere:
    """The database and the outbox on which the workers work."""

    def __init__(self, folder):
        settings = connection.settings_dict
        self.outbox = folder / "outbox"
        self.file = folder / "letters.sqlite3" if connection.vendor == "sqlite" else None
        self.url = (
            f"sqlite:///{self.file}"
            if self.file
            else f"postgres://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:"
            f"{settings['PORT']}/{settings['NAME']}"
        )
        if self.file:
            # The workers have a copy of their own.
            connection.ensure_connection()
            with sqlite3.connect(self.file) as copy:
                connection.connection.backup(copy)
        self.environment = {
            **os.environ,
            "DATABASE_URL": self.url,
            "DATA_DIR": str(folder),
            "EMAIL_URL": f"filemail:///{self.outbox}",
        }

    def start(self, *arguments):
        worker = subprocess.Popen(
            [sys.executable, str(RUNNER), *map(str, arguments)],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert worker.stdout.readline() == "ready\n"
        return worker

    def run(self, *workers):
        for each in workers:
            each.stdin.write("\n")
            each.stdin.flush()
        for each in workers:
            each.communicate(timeout=300)

    def to_whom(self):
        written = "".join(path.read_text() for path in self.outbox.glob("*"))
        return sorted(re.findall(r"^To: (.+)$", written, re.MULTILINE))

    def column(self, sql):
        if self.file:
            with sqlite3.connect(self.file) as opened:
                return [row[0] for row in opened.execute(sql)]
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def letter(transactional_db, admin_user):
    Magazine()
    letter = Letter.objects.create(subject="Une lettre", opening="<p>Bonjour</p>")
    readers(8)
    send(letter, admin_user)
    return letter


STATES = "SELECT state FROM magazine_letterdelivery ORDER BY id"
STATE = "SELECT state FROM magazine_letter"


@pytest.mark.parametrize("when", ["before", "after"])
def test_after_a_killed_worker_nobody_gets_the_letter_twice(letter, tmp_path, when):
    elsewhere = Elsewhere(tmp_path)
    elsewhere.run(elsewhere.start("die", letter.pk, 3, when))
    assert elsewhere.column(STATES) == ["sent", "sent", "handing", *["waiting"] * 5]
    elsewhere.run(elsewhere.start("send", letter.pk))
    assert elsewhere.column(STATES) == ["sent", "sent", "handing", *["sent"] * 5]
    got = elsewhere.to_whom()
    assert len(got) == len(set(got)) == (7 if when == "before" else 8)


def test_two_workers_at_once_send_each_mail_once(letter, tmp_path):
    elsewhere = Elsewhere(tmp_path)
    elsewhere.run(*(elsewhere.start("send", letter.pk) for _ in range(2)))
    got = elsewhere.to_whom()
    assert len(got) == len(set(got)) == 8
    assert elsewhere.column(STATES) == ["sent"] * 8
    assert elsewhere.column(STATE) == ["sent"]
