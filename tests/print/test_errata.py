"""The erratum box of a press file, and the contents of an issue that is still in the making."""

import datetime as dt
import io
import json

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import storages
from django.core.management import call_command
from pypdfium2 import PdfDocument

from magazine.contents import set_contents
from magazine.models import Correction, Issue
from magazine.release import Printed, record_printing
from print.models import PressFile, PressProfile
from tests.factories import paragraphs

pytestmark = pytest.mark.render


@pytest.fixture
def issues(magazine):
    """Issue 7 was printed with a mistake; issue 8 is in the making."""
    PressProfile.objects.update(least_extent=8, least_ppi=36, low_ppi=36)
    wrong = magazine.article(title="La file est un pacte", body=paragraphs("Texte."))
    seventh = magazine.issue(wrong, number=7)
    entry = seventh.entries.get()
    record_printing(seventh, [Printed(entry.pk, wrong.live_revision_id, 8, 11)])
    Correction.objects.create(
        article=wrong.article_ptr,
        date=dt.date(2026, 11, 20),
        wrong="Nous écrivions que le guichet ouvrait à huit heures.",
        text="Il ouvre à neuf heures.",
    )
    article = magazine.article(title="On vous rappelle", live=False, body=paragraphs("Texte."))
    return seventh, magazine.issue(article, number=8, live=False)


def build(*options):
    answer = io.StringIO()
    call_command("build_press", "8", "--profile", "fanzine-a4", "--json", *options, stdout=answer)
    return json.loads(answer.getvalue())


def text_of(built):
    name = PressFile.objects.get(sha256=built["sha256"]).name
    with storages["press"].open(name, "rb") as file:
        pages = PdfDocument(file.read())
        text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    return " ".join(text.split())


def test_the_box_says_where_it_stood_what_was_wrong_and_what_is_right(issues):
    text = text_of(build())
    assert "Il ouvre à neuf heures." in text
    assert "La file est un pacte" in text
    assert "8-11" in text


def test_a_new_correction_makes_a_new_file_and_the_same_ones_the_same(issues):
    first = build()
    assert build("--again")["sha256"] == first["sha256"]
    Correction.objects.update(text="Il ouvre à dix heures.")
    assert build()["sha256"] != first["sha256"]


def test_the_final_file_marks_the_correction_as_printed(issues):
    _seventh, eighth = issues
    first = build("--final")
    assert Correction.objects.get().printed_in == eighth
    assert build("--again", "--final")["sha256"] == first["sha256"]


def test_many_corrections_take_the_room_that_they_need(issues, magazine):
    article = issues[0].entries.get().article
    for number in range(14):
        Correction.objects.create(
            article=article, wrong=f"Erreur {number}. " + "Mot " * 100, text="Juste " * 190
        )
    text = text_of(build())
    assert all(f"Erreur {number}." in text for number in range(14))


def test_contents_changed_on_the_desk_are_printed_before_the_release(issues, magazine):
    _seventh, eighth = issues
    chief = get_user_model().objects.create_superuser("chef", "chef@guichet.example", "x")
    added = magazine.article(title="La clochette", live=False, body=paragraphs("Texte."))
    set_contents(Issue.objects.get(pk=eighth.pk), [added.pk], chief)
    text = text_of(build())
    assert "La clochette" in text
    assert "On vous rappelle" not in text
