"""Proofs in the admin: ordered, told of, looked at, and fetched."""

import json

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from print.editions import find_profile, open_edition
from print.models import PressBuild
from print.work import gather
from tests.print.press_desk_world import (
    PDF,
    keep,
    sit_down,
    small_edition,
    text,
)


@pytest.fixture
def edition(magazine):
    return small_edition(magazine)


@pytest.fixture
def chief(client):
    return sit_down(client, "chief")


def test_a_proof_is_ordered_its_state_shown_and_it_is_called_off(edition, chief):
    address = reverse("press:edition", args=[edition.pk])
    chief.post(reverse("press:build", args=[edition.pk]), {"proof": "1"})
    chief.post(reverse("press:build", args=[edition.pk]), {"proof": "1"})
    job = PressBuild.objects.get()
    assert (job.state, job.is_final, job.by.get_username()) == ("waiting", False, "chief")
    assert "Waiting for a worker" in text(chief.get(address))
    PressBuild.objects.update(state="running", step="type", done=3, total=12)
    page = text(chief.get(address))
    assert "Setting the pages in type" in page
    assert "3 of 12" in page
    PressBuild.objects.update(state="waiting")
    chief.post(reverse("press:call_off", args=[edition.pk]))
    assert "Called off" in text(chief.get(address))
    answer = chief.post(reverse("press:call_off", args=[edition.pk]), follow=True)
    assert "nothing to call off" in text(answer)


def test_a_failed_build_says_why_on_the_page(edition, chief):
    PressBuild.objects.create(edition=edition, state="failed", message="La file: too deep <b>.")
    page = text(chief.get(reverse("press:edition", args=[edition.pk])))
    assert "La file: too deep &lt;b&gt;." in page
    assert "Make a proof" in page


def test_a_final_file_is_refused_while_preflight_has_errors(edition, chief):
    keep(edition, errors=2)
    page = text(chief.get(reverse("press:edition", args=[edition.pk])))
    assert "Not while preflight finds errors" in page
    answer = chief.post(reverse("press:build", args=[edition.pk]), {"final": "1"}, follow=True)
    assert "Preflight finds 2 errors" in text(answer)
    assert not PressBuild.objects.exists()


def test_a_proof_shows_its_verdict_pages_and_places(edition, chief):
    made = keep(edition)
    page = text(chief.get(reverse("press:proof", args=[made.pk])))
    assert "passes GWG 2022 SheetCMYK, 2 pages" in page
    assert "Text stands too near the trim" in page
    assert "left:10.00%;top:90.00%;width:16.67%;height:2.50%" in page
    assert reverse("press:page_picture", args=[made.pk, 1]) in page
    assert reverse("press:ink_picture", args=[made.pk, 1]) in page
    assert "This page could not be drawn." in page
    assert made.sha256 in page


def test_a_proof_says_when_it_is_out_of_date(edition, chief):
    made = keep(edition)
    made.inputs_digest = gather(edition).digest
    made.save()
    address = reverse("press:proof", args=[made.pk])
    assert "Out of date" not in text(chief.get(address))
    article = edition.issue.entries.first().article.specific
    article.standfirst = "Autre chose."
    article.save_revision().publish()
    edition.issue.entries.update(release_revision=article.latest_revision)
    assert "Out of date" in text(chief.get(address))


def test_earlier_proofs_stay_within_reach(edition, chief):
    first = keep(edition, inputs_digest="earlier")
    keep(edition)
    page = text(chief.get(reverse("press:edition", args=[edition.pk])))
    assert "1 earlier proof" in page
    assert reverse("press:proof", args=[first.pk]) in page


def test_everything_of_a_proof_is_downloaded_unaltered(edition, chief):
    made = keep(edition)
    supplement = made.supplements.get()
    for path, name in (
        (reverse("press:download", args=[made.pk]), made.download_name),
        (
            reverse("press:supplement", args=[made.pk, supplement.pk]),
            supplement.download_name,
        ),
    ):
        answer = chief.get(path)
        assert b"".join(answer.streaming_content) == PDF
        assert name in answer["Content-Disposition"]
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    report = json.loads(chief.get(reverse("press:json", args=[made.pk])).content)
    assert (report["sha256"], report["findings"][0]["rule"]) == (made.sha256, "C-SAFETY")
    page = text(chief.get(reverse("press:html", args=[made.pk])))
    assert "data:image/jpeg;base64," in page
    assert "Text stands too near the trim" in page
    shown = chief.get(reverse("press:page_picture", args=[made.pk, 1]))
    assert shown["Content-Type"] == "image/jpeg"
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")


def test_what_is_altered_gone_or_anothers_answers_404(edition, chief):
    made = keep(edition)
    other = open_edition(edition.issue, find_profile("encart-200x270"))
    theirs = keep(other)
    for path in (
        reverse("press:supplement", args=[made.pk, theirs.supplements.get().pk]),
        reverse("press:page_picture", args=[made.pk, 99]),
        reverse("press:ink_picture", args=[made.pk, 2]),
    ):
        assert chief.get(path).status_code == 404
    with storages["press"].open(made.name, "wb") as file:
        file.write(b"altered")
    assert chief.get(reverse("press:download", args=[made.pk])).status_code == 404
    storages["press"].delete(made.name)
    assert chief.get(reverse("press:download", args=[made.pk])).status_code == 404


def test_a_file_for_the_screen_has_no_report(edition, chief):
    made = keep(edition, report={}, errors=None, warnings=None)
    page = text(chief.get(reverse("press:proof", args=[made.pk])))
    assert "for the screen" in page
    assert chief.get(reverse("press:json", args=[made.pk])).status_code == 404
