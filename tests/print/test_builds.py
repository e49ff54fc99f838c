"""A small issue, built for the press from the magazine's own models."""

import hashlib
import io
import json
import subprocess
from pathlib import Path

import pikepdf
import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from wagtail.models import Revision

from magazine.models import Contributor, Issue
from print.editions import find_profile, open_edition
from print.models import Edition, PressFile, PressProfile
from print.press_reading import unprintable_colours
from tests.factories import (
    ContributorFactory,
    InterviewFactory,
    OpinionFactory,
    PictureFactory,
    block,
    paragraphs,
    picture_file,
)

pytestmark = pytest.mark.render
TEXT = "L'attente est un métier : on y revient chaque matin, on s'y tient droit. " * 6


@pytest.fixture
def issue(magazine):
    """An issue of three articles, one of them for the web only; eight pages will do."""
    PressProfile.objects.update(least_extent=8, least_ppi=36, low_ppi=36)
    author = ContributorFactory(name="Inès Carpentier", portrait=PictureFactory())
    opinion = magazine.article(
        OpinionFactory, title="Prenez un ticket", by=author, body=paragraphs(TEXT, TEXT)
    )
    interview = magazine.article(
        InterviewFactory,
        title="La file est un pacte",
        lead_picture=PictureFactory(),
        body=[
            block("question_answer", question="Pourquoi ?", speaker="", answer=f"<p>{TEXT}</p>"),
            *paragraphs("Seulement sur papier.", channel="print"),
            *paragraphs("Seulement sur le web.", channel="web"),
        ],
    )
    web_only = magazine.article(title="Pour le web", channel="web")
    return magazine.issue(opinion, interview, web_only, number=7, title="L'attente")


def build(*options):
    answer = io.StringIO()
    call_command("build_press", "7", "--profile", "fanzine-a4", "--json", *options, stdout=answer)
    return json.loads(answer.getvalue())


def text_of(path):
    run = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    return run.stdout.replace("\N{SOFT HYPHEN}", "")


def folios(issue):
    return list(issue.entries.values_list("position", "first_folio", "last_folio"))


def test_the_file_holds_what_is_for_paper_and_is_ready_for_the_press(issue):
    report = build()
    data = Path(report["path"]).read_bytes()
    assert report["sha256"] == hashlib.sha256(data).hexdigest()
    assert report["pages"] % 4 == 0
    text = " ".join(text_of(report["path"]).split())
    assert "Seulement sur papier." in text
    assert "Seulement sur le web." not in text
    assert "Pour le web" not in text
    assert "L’attente" in text
    with pikepdf.open(report["path"]) as pdf:
        assert unprintable_colours(pdf) == ()
        assert len(pdf.pages) == report["pages"]


def test_the_same_inputs_give_the_same_file_and_no_second_one(issue):
    first = build()
    assert build() == first
    assert build("--again")["sha256"] == first["sha256"]
    assert PressFile.objects.count() == 1


def test_changed_text_gives_another_file_and_keeps_the_first(issue):
    first = build()
    entry = issue.entries.get(position=1)
    article = entry.article.specific
    article.body = paragraphs("Tout autre chose.")
    article.save_revision().publish()
    second = build()
    assert second["sha256"] != first["sha256"]
    assert Path(first["path"]).exists()


def test_only_final_builds_write_folios_for_readers(issue):
    build()
    assert folios(issue) == [(1, None, None), (2, None, None), (3, None, None)]
    build("--final")
    (first, second, web) = folios(issue)
    assert first[1] == 4
    assert second[1] == first[2] + 1
    assert web == (3, None, None)
    entry = issue.entries.get(position=1)
    assert entry.printed_revision == entry.article.latest_revision


def test_a_file_with_errors_cannot_be_final(issue):
    PressProfile.objects.filter(slug="fanzine-a4").update(least_ppi=150, low_ppi=225)
    report = build()
    assert report["errors"] > 0
    with pytest.raises(CommandError, match=r"before it is final|avant"):
        build("--final")
    assert folios(issue) == [(1, None, None), (2, None, None), (3, None, None)]
    assert not PressFile.objects.get().is_final


def test_every_build_records_revision_and_folios_of_each_placement(issue):
    build()
    made = PressFile.objects.get()
    rows = list(made.printed.all())
    assert [row.kind for row in rows][:4] == ["cover", "contents", "article", "article"]
    assert rows[-1].last_folio == made.pages
    covered = [n for row in rows for n in range(row.first_folio, row.last_folio + 1)]
    assert covered == list(range(1, made.pages + 1))
    assert all((row.revision is not None) == (row.kind == "article") for row in rows)


def test_the_revision_chosen_for_release_is_the_one_printed(issue):
    entry = issue.entries.get(position=1)
    entry.release_revision = entry.article.latest_revision
    entry.save()
    article = entry.article.specific
    article.body = paragraphs("Corrigé après coup.")
    article.save_revision()
    report = build("--final")
    assert "Corrigé après coup." not in text_of(report["path"])
    entry.refresh_from_db()
    assert entry.printed_revision == Revision.objects.get(pk=entry.release_revision_id)


def test_a_second_edition_leaves_the_readers_folios_alone(issue):
    build("--final")
    before = folios(issue)
    answer = io.StringIO()
    call_command("build_press", "7", profile="encart-200x270", final=True, json=True, stdout=answer)
    assert folios(Issue.objects.get(pk=issue.pk)) == before


def refused(*arguments):
    with pytest.raises(CommandError) as refusal:
        call_command("build_press", *arguments)
    message = str(refusal.value)
    assert "\n" not in message
    assert not PressFile.objects.exists()
    assert not storages["press"].exists("") or not any(storages["press"].listdir("")[1])
    assert not Edition.objects.exists()
    return message


def test_a_lost_picture_names_itself(issue):
    picture = issue.entries.get(position=2).article.lead_picture
    picture.file.storage.delete(picture.file.name)
    assert picture.title in refused("7", "--profile", "fanzine-a4")


def test_a_picture_gone_bad_names_itself(issue):
    picture = issue.entries.get(position=2).article.lead_picture
    path = Path(picture.file.path)
    path.write_bytes(picture_file().read()[:500])
    assert path.name in refused("7", "--profile", "fanzine-a4")


def test_a_broken_profile_names_itself(issue, settings):
    profile = PressProfile.objects.get(slug="fanzine-a4")
    profile.icc.save("bad.icc", picture_file(), save=True)
    assert Path(profile.icc.name).name in refused("7", "--profile", "fanzine-a4")


def test_text_longer_than_any_page_names_its_article(magazine):
    endless = magazine.article(
        title="Sans fin", body=paragraphs(f"<b>{'x' * 40}</b><sup>{'y' * 3000}</sup>")
    )
    magazine.issue(endless, number=7)
    assert "Sans fin" in refused("7", "--profile", "fanzine-a4")


@pytest.mark.parametrize("days", ["0", "-1", "100000000"])
def test_an_address_works_for_a_day_at_least_and_a_year_at_most(issue, days):
    assert "365" in refused("7", "--profile", "fanzine-a4", "--link", "--days", days)


def test_a_picture_lost_after_a_build_is_told_all_the_same(issue):
    build()
    picture = issue.entries.get(position=2).article.lead_picture
    picture.file.storage.delete(picture.file.name)
    with pytest.raises(CommandError):
        build()


def test_every_page_of_a_paid_text_says_so(magazine):
    PressProfile.objects.update(least_extent=8, least_ppi=36, low_ppi=36)
    paid = magazine.article(
        title="Et si vos clients attendaient ailleurs ?",
        advertiser="Atelier Cadence",
        paid_mention="communique",
        body=paragraphs(*[TEXT] * 12),
    )
    magazine.issue(paid, number=7)
    report = build()
    row = PressFile.objects.get().printed.get(kind="article")
    assert row.last_folio > row.first_folio
    for folio in range(row.first_folio, row.last_folio + 1):
        command = ["pdftotext", "-f", str(folio), "-l", str(folio), report["path"], "-"]
        page = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "Communiqué" in page


def test_an_opinion_keeps_its_lead_picture(magazine):
    PressProfile.objects.update(least_extent=8, least_ppi=36, low_ppi=36)
    magazine.issue(
        magazine.article(
            OpinionFactory,
            lead_picture=PictureFactory(),
            lead_caption="Hall B.",
            body=paragraphs(TEXT),
        ),
        number=7,
    )
    assert "Hall B." in text_of(build()["path"])


def test_an_issue_without_articles_says_so(magazine):
    magazine.issue(number=7)
    refused("7", "--profile", "fanzine-a4")


def test_the_mail_of_nobody_is_on_the_pages_but_those_who_sign_are(issue):
    assert Contributor.objects.filter(name="Inès Carpentier").exists()
    assert "Inès Carpentier" in text_of(build()["path"])
    assert open_edition(issue, find_profile("fanzine-a4")).is_principal
