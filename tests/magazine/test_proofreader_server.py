"""The proofreader itself, started as an operator starts it, reads real French."""

import contextlib
import ctypes
import datetime as dt
import os
import select
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from django.utils import timezone

from magazine.models import HouseWord, Proofreading
from magazine.proofreading.reading import REST, read
from magazine.proofreading.sheet import sheet_of
from tests.factories import ContributorFactory, block

ROOT = Path(__file__).resolve().parents[2]
# The first start fetches 80 MB; every start reads its rules.
SECONDS_TO_ANSWER = 600
PR_SET_PDEATHSIG = 1


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end_with_parent():
    """A run of the tests that is killed outright takes the server along (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def first_line(process, seconds):
    """What the tool says when the server answers, or nothing."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        if select.select([process.stdout], [], [], 0.5)[0]:
            return process.stdout.readline()
    return ""


@pytest.fixture(scope="session")
def proofreader(tmp_path_factory):
    """The address of LanguageTool; a start that fails fails the test, with the tool's own words."""
    port = free_port()
    words = tmp_path_factory.mktemp("proofreader") / "words"
    with words.open("w") as said:
        process = subprocess.Popen(
            [ROOT / "tools/proofreader"],
            env=os.environ | {"PROOFREADER_PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
    try:
        answers = first_line(process, SECONDS_TO_ANSWER)
        assert f"PROOFREADER_URL=http://127.0.0.1:{port}" in answers, (
            f"LanguageTool didn't start; try it by hand: make proofreader\n{words.read_text()}"
        )
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


@pytest.fixture
def read_article(magazine, settings, proofreader):
    """Read an article of the given blocks with the real server; return what the desk shows."""
    settings.PROOFREADER_URL = proofreader

    def read_blocks(*blocks, **fields):
        article = magazine.article(body=list(blocks), **fields)
        ago = timezone.now() - REST - dt.timedelta(seconds=1)
        Proofreading.objects.update_or_create(
            pk=article.pk, defaults={"state": "asked", "asked_at": ago}
        )
        assert read(article.pk).was_read
        assert Proofreading.objects.get(pk=article.pk).problem == ""
        return article, sheet_of(article)

    return read_blocks


def test_mistakes_are_found_in_the_right_block_at_the_right_place(read_article):
    article, sheet = read_article(
        block("paragraph", text="<p>Tout va bien 🎫 dans ce guichet.</p>"),
        block(
            "question_answer",
            question="Pourquoi ?",
            speaker="",
            answer="<p>On attend. <b>Les client</b> attendent une réponses rapide.</p>",
        ),
    )
    place = f"body.{article.body[1].id}.answer"
    assert {finding.place for finding in sheet.findings} == {place}
    assert [finding.found for finding in sheet.findings][:2] == ["Les client", "une réponses"]
    first = sheet.findings[0]
    assert (first.before, first.after[:10]) == ("On attend. ", " attendent")
    assert "Les clients" in first.suggestions
    assert "«\u00a0client\u00a0»" in first.reason
    stored = article.proofreading.findings.first()
    assert (stored.offset, stored.found) == (11, "Les client")


def test_the_house_s_words_are_known_and_the_others_are_not(read_article):
    HouseWord.objects.create(word="omnicanal")
    ContributorFactory(name="Aïssa Doucouré", slug="aissa")
    _article, sheet = read_article(
        block("paragraph", text="<p>Aïssa Doucouré aime l'omnicanal et le zorglub.</p>")
    )
    assert [(each.found, each.can_be_learned) for each in sheet.findings] == [("zorglub", True)]


def test_what_the_typographer_mends_is_not_told_twice(read_article):
    _article, sheet = read_article(
        block("paragraph", text='<p>Il dit "bonjour!" et l\'oeuvre de la 2ème fois , la voilà.</p>')
    )
    assert sheet.findings == ()
    assert [mend.found for mend in sheet.mends] == ['"bonjour!"', "l'oeuvre", "2ème", "fois ,"]


def test_a_note_and_a_caption_are_read_too(read_article):
    _article, sheet = read_article(
        block("paragraph", text='<p>Une phrase<footnote id="a">Les client est là.</footnote>.</p>'),
        lead_caption="Une grande guichet.",
    )
    assert {finding.where for finding in sheet.findings} == {
        "Légende",
        "Paragraphe 1 · Texte · note 1",
    }
