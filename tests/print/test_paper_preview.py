"""The paper preview shows the pages that the press would set, or why it can't."""

import io
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from PIL import Image

from magazine.models import Article
from magazine.previews import Draft, newest_draft, paper_of
from print import paper_draft, paper_preview, paper_store
from print.editions import find_profile, open_edition
from print.models import Placement, PressProfile
from print.page_pictures import PPI, PictureOfPageError, draw_pages
from print.remedies import Phrase
from print.typesetter import Limits, TypesetError
from tests.factories import PictureFactory, paragraphs

TEXT = "L'attente est un métier : on y revient chaque matin, on s'y tient droit. " * 6


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture
def draft(magazine):
    return magazine.article(live=False, title="La file", body=paragraphs(TEXT, TEXT))


@pytest.fixture
def at_once(settings):
    """Jobs are done while one waits."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def pages_of(article):
    return paper_of(article).pages(newest_draft(article))


@pytest.mark.render
def test_the_pages_of_a_draft_are_pictures_of_the_trimmed_sheet(draft, at_once):
    assert pages_of(draft).state == "waiting"
    shown = pages_of(draft)
    assert shown.state == "ready"
    png = paper_of(draft).picture(newest_draft(draft), shown.digest, 1)
    with Image.open(io.BytesIO(png)) as picture:
        assert picture.size == (shown.pages[0].width, shown.pages[0].height)
        profile = PressProfile.objects.first()
        wanted = (profile.trim_width_mm, profile.trim_height_mm)
        assert [round(side / PPI * 25.4) for side in picture.size] == list(wanted)
        assert picture.getextrema() != ((255, 255),) * 3


@pytest.mark.render
def test_a_draft_in_an_issue_is_set_on_that_issues_sheet(magazine, draft, at_once):
    narrow = PressProfile.objects.order_by("trim_width_mm").first()
    open_edition(magazine.issue(draft, number=8, live=False), narrow)
    pages_of(draft)
    shown = pages_of(draft)
    assert round(shown.pages[0].width / PPI * 25.4) == narrow.trim_width_mm
    assert shown.place.endswith(f"8 · {narrow.name}")


@pytest.mark.render
def test_a_draft_opens_on_the_side_that_its_placement_wants(magazine, draft, at_once):
    issue = magazine.issue(draft, number=8, live=False)
    edition = open_edition(issue, find_profile("fanzine-a4"))
    Placement.objects.create(
        edition=edition, position=1, kind="article", entry=issue.entries.get(), opens="verso"
    )
    pages_of(draft)
    [page] = pages_of(draft).pages[:1]
    assert (page.side, page.folio) == ("verso", "00")


def test_pages_are_asked_for_once(draft, monkeypatch):
    asked = []
    monkeypatch.setattr(
        paper_preview, "set_pages", SimpleNamespace(enqueue=lambda *ids: asked.append(ids))
    )
    assert {pages_of(draft).state for _time in range(3)} == {"waiting"}
    assert asked == [(draft.pk, draft.latest_revision_id)]


def test_a_job_that_does_not_come_is_said_to_be_late(draft, monkeypatch):
    assert not pages_of(draft).is_late
    monkeypatch.setattr(paper_preview, "LATE_AFTER", -1)
    assert pages_of(draft).is_late


def test_what_the_typesetter_refuses_is_told_with_its_remedy(draft, at_once, monkeypatch):
    def refuse(_draft):
        raise TypesetError(
            "on page %(page)s, « %(text)s » runs off the page: shorten it or let it break",
            page=1,
            text="Donaudampf",
        )

    monkeypatch.setattr(paper_preview, "set_paper_draft", refuse)
    pages_of(draft)
    shown = pages_of(draft)
    assert shown.state == "refused"
    assert "Donaudampf" in shown.remedy
    assert "page 1" in shown.remedy


def test_a_refusal_is_tried_again_after_a_while(draft, at_once, monkeypatch):
    monkeypatch.setattr(paper_preview, "set_paper_draft", _refuse)
    pages_of(draft)
    assert pages_of(draft).state == "refused"
    monkeypatch.setattr(paper_preview, "REFUSED_FOR", -1)
    assert pages_of(draft).state == "waiting"


def _refuse(_draft):
    raise TypesetError("the text is too deeply nested: simplify it")


def test_a_lost_picture_is_told(magazine):
    picture = PictureFactory()
    article = magazine.article(live=False, lead_picture=picture)
    picture.file.storage.delete(picture.file.name)
    type(picture).objects.update(file_hash="")
    shown = pages_of(Article.objects.get(pk=article.pk).specific)
    assert shown.state == "refused"
    assert picture.title in shown.remedy


def test_without_a_press_profile_one_is_asked_for(draft):
    PressProfile.objects.all().delete()
    shown = pages_of(draft)
    assert shown.state == "refused"
    assert shown.remedy


def test_pages_of_another_draft_are_not_handed_out(magazine, draft):
    other = magazine.article(live=False)
    page = paper_preview.previews.PagePicture(1, "00", "recto", 1, 1)
    paper_store.keep(draft.pk, "d1", draft.latest_revision_id, [(page, b"png")])
    paper = paper_of(draft)
    own = newest_draft(draft)
    assert paper.picture(own, "d1", 1) == b"png"
    assert paper.picture(newest_draft(other), "d1", 1) is None
    assert paper.picture(own, "d1", 2) is None
    draft.save_revision()
    assert paper.picture(newest_draft(draft), "d1", 1) is None
    assert paper.picture(Draft(draft, None), "d1", 1) == b"png"


def test_pictures_of_old_drafts_are_dropped(draft):
    page = paper_preview.previews.PagePicture(1, "00", "recto", 1, 1)
    for number in range(9):
        paper_store.keep(draft.pk, f"d{number}", 1, [(page, b"png")])
    left = [n for n in range(9) if storages["press"].exists(f"previews/{draft.pk}/d{n}/1.png")]
    assert left == [3, 4, 5, 6, 7, 8]


def test_a_refusal_survives_its_storage_with_its_facts():
    inner = Phrase("too long by %(signs)s signs", signs=3)
    told = paper_store._told(Phrase("%(label)s: %(remedy)s", label="Titre", remedy=inner))
    assert str(paper_store._phrase(told)) == "Titre: too long by 3 signs"


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7 broken"])
def test_pages_that_cannot_be_drawn_are_refused_in_one_line(pdf):
    with pytest.raises(PictureOfPageError) as refusal:
        draw_pages(pdf, pdf, 5, Limits(seconds=20, memory_mb=600))
    assert "\n" not in refusal.value.remedy


def test_drawing_stops_at_its_limit_of_memory():
    with pytest.raises(PictureOfPageError):
        draw_pages(b"", b"", 5, Limits(seconds=20, memory_mb=1))


def test_another_texts_change_leaves_the_digest(magazine, draft):
    paper = paper_draft.read_paper_draft(draft, draft.latest_revision)
    magazine.article(live=False).save_revision()
    assert paper_draft.read_paper_draft(draft, draft.latest_revision).digest == paper.digest
    draft.title = "La file est un pacte"
    draft.save_revision()
    assert paper_draft.read_paper_draft(draft, draft.latest_revision).digest != paper.digest
